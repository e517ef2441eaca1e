"""Where the table of a report lies: its head lines, header rows, and what each column is called from top to bottom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from clientarium.core.intake.months import month_of_header
from clientarium.core.intake.readers.outline import Merge, ReportRow
from clientarium.core.intake.reports.amounts import amount_in
from clientarium.core.intake.reports.head import has_key
from clientarium.core.intake.values import Problem, read_date
from clientarium.core.intake.words import is_known_header

# A head with a long filter may take dozens of lines; past these there is no report.
LOOK_FOR_TABLE = 120
# The rows right under the header tell names of folders from names of levels.
_LOOK_AT_DATA = 400
_NAME_ONLY_SHARE = 0.02
_MOST_HEADER_ROWS = 15
_YEAR = re.compile(r"(19|20)\d{2}")
# What levels of reports are called; a longer text that begins so is the name of a thing.
_DIMENSION = re.compile(
    r"(вид |тип |осн\w* )?(контрагент|клиент|партн[её]р|покупател|договор|номенклатур|товар|документ|регистратор|"
    r"дата|период|месяц|день|организац|подразделен|менеджер|ответственн|сч[её]т|субконто|склад|характеристик|"
    r"групп|категори|артикул|сегмент|регион|валют|заказ|сделк|проект|код|наименован)[\w ,.()/-]{0,30}$",
    re.IGNORECASE,
)
TOTAL = re.compile(r"^(итого|итог|всего|total|grand total)\s*:?\.?$", re.IGNORECASE)


@dataclass(frozen=True)
class TablePlace:
    """Numbers are indexes into the rows: header is [top, bottom], data begins at `data`."""

    top: int
    bottom: int
    data: int


def place_of(rows: Sequence[ReportRow], merges: Sequence[Merge]) -> TablePlace | None:
    """Return where the table is; None when there is no header over rows with numbers."""
    first = next((at for at in range(min(len(rows), LOOK_FOR_TABLE)) if _has_amount(rows, at)), None)
    if first is None:
        return None
    merged = {
        line
        for merge in merges
        if merge.last_row > merge.first_row
        for line in range(merge.first_row, merge.last_row + 1)
    }
    folders = _names_folders(rows[first : first + _LOOK_AT_DATA])
    bottom = _above_names(rows, first - 1, merged=merged)
    while bottom >= 0 and (not _filled(rows[bottom]) or _is_folder_above(rows[bottom], folders=folders, merged=merged)):
        bottom -= 1
    while not merges and bottom > 0 and _is_lone_thing(rows[bottom]) and _filled(rows[bottom - 1]):
        bottom -= 1
    if bottom < 0 or has_key(rows[bottom]):
        return None
    top = bottom
    while top > 0 and bottom - top < _MOST_HEADER_ROWS and _filled(rows[top - 1]) and not has_key(rows[top - 1]):
        top -= 1
    top += _title_lines(rows[top : bottom + 1], merged=merged)
    data = next((at for at in range(bottom + 1, len(rows)) if _filled(rows[at])), first)
    return TablePlace(top, bottom, data)


def _is_group(rows: Sequence[ReportRow], at: int) -> bool:
    """True where the next filled row stands deeper: groups are among the data alone, whatever they are called."""
    below = next((row for row in rows[at + 1 :] if _filled(row)), None)
    return below is not None and any(deep > high for high, deep in zip(_depth(rows[at]), _depth(below), strict=True))


def _depth(row: ReportRow) -> tuple[int, int, int]:
    name = row.cells[_filled(row)[0]]
    return row.level, row.indent, len(name) - len(name.lstrip())


def _filled(row: ReportRow) -> list[int]:
    return [column for column, cell in enumerate(row.cells) if cell.strip()]


def _has_amount(rows: Sequence[ReportRow], at: int) -> bool:
    """True for a row with a number that is no year and no date of a header; a row of head lines never is one."""
    row = rows[at]
    if has_key(row):
        return False
    columns = _filled(row)
    values = [row.cells[column].strip() for column in columns]
    amounts = [value for value in values if amount_in(value) is not None]
    # 2 024,05 and 45 292 roubles look like May 2024 and like a date of Excel, but stand beside the name of a thing.
    is_of_thing = len(amounts) == 1 and len(values) > 1 and (_names_thing(values[0]) or _is_group(rows, at))
    numbers = amounts if is_of_thing else [value for value in amounts if not month_of_header(value)]
    if not numbers or all(_YEAR.fullmatch(number) for number in numbers):
        return False
    # 1, 2, 3… under the header number the columns.
    return numbers != [str(number) for number in range(1, len(values) + 1)] or len(values) < 3


def _names_folders(rows: Sequence[ReportRow]) -> bool:
    """True when rows with nothing but a name stand among the data: folders of a price list."""
    filled = [columns for row in rows if (columns := _filled(row))]
    alone = sum(1 for columns in filled if len(columns) == 1)
    return alone > _NAME_ONLY_SHARE * len(filled)


def _above_names(rows: Sequence[ReportRow], start: int, *, merged: set[int]) -> int:
    """Pass over lone names parted from the header by a blank row or by the end of its merged cells: they are data."""
    at, blank = start, -1
    while at >= 0 and rows[at].line not in merged and not has_key(rows[at]) and len(_filled(rows[at])) <= 1:
        blank = blank if _filled(rows[at]) else at
        at -= 1
    if blank > 0 and at >= 0 and len(_filled(rows[at])) > 1 and not has_key(rows[at]):
        return blank - 1
    under_merge = 0 <= at < start and rows[at].line in merged
    return at if under_merge else start


def _is_lone_thing(row: ReportRow) -> bool:
    """True for a lone text that names no level: a client who bought nothing stands right under the header."""
    columns = _filled(row)
    return len(columns) == 1 and not has_key(row) and _names_thing(row.cells[columns[0]].strip())


def _names_thing(text: str) -> bool:
    return (
        amount_in(text) is None and not _DIMENSION.match(text) and not is_known_header(text) and not is_date_text(text)
    )


def _is_folder_above(row: ReportRow, *, folders: bool, merged: set[int]) -> bool:
    """True for a first row of data that has no numbers: deeper than the header, or a lone name where folders are."""
    if len(_filled(row)) != 1 or row.line in merged or has_key(row):
        return False
    return bool(row.level or row.indent) or (folders and not is_known_header(row.cells[_filled(row)[0]]))


def _title_lines(rows: Sequence[ReportRow], *, merged: set[int]) -> int:
    """How many rows at the top of the block are a title and no header: one cell at the left over a wider row."""
    lines = 0
    for row, below in pairwise(rows):
        columns = _filled(row)
        if len(columns) != 1 or columns[0] > 1 or row.line in merged or is_known_header(row.cells[columns[0]]):
            break
        if len(row.cells[columns[0]]) < 12 and len(_filled(below)) > 1:
            break
        lines += 1
    return lines


def header_cells(rows: Sequence[ReportRow], place: TablePlace, merges: Sequence[Merge]) -> list[list[str]]:
    """Return the header as a full rectangle: merged cells repeat their text over all they cover."""
    width = max(len(row.cells) for row in rows[place.top :])
    block = [
        [re.sub(r"\s+", " ", cell).strip() for cell in (*row.cells, *[""] * width)][:width]
        for row in rows[place.top : place.bottom + 1]
    ]
    first = rows[place.top].line
    known = [merge for merge in merges if first <= merge.first_row <= rows[place.bottom].line]
    for merge in known:
        text = block[merge.first_row - first][merge.first_column] if merge.first_column < width else ""
        for line in range(merge.first_row - first, min(merge.last_row - first, len(block) - 1) + 1):
            for column in range(merge.first_column, min(merge.last_column, width - 1) + 1):
                block[line][column] = text
    if not known:
        _spread(block)
    return block


def _spread(block: list[list[str]]) -> None:
    """Without merges: a text of an upper row reaches right over columns that have a text of their own below."""
    for line, row in enumerate(block[:-1]):
        for column in range(2, len(row)):
            below = any(lower[column] for lower in block[line + 1 :])
            before = any(lower[column - 1] for lower in block[line + 1 :])
            if not row[column] and below and before and row[column - 1]:
                row[column] = row[column - 1]


def column_path(block: Sequence[Sequence[str]], column: int) -> tuple[str, ...]:
    """Return the texts over a column from top to bottom, repeated ones once, blanks left out."""
    path: list[str] = []
    for row in block:
        if row[column] and (not path or path[-1] != row[column]):
            path.append(row[column])
    return tuple(path)


@lru_cache(maxsize=100_000)
def is_date_text(text: str) -> bool:
    """True for a day or a month in any spelling; names repeat in a report, so each is looked at once."""
    text = text.strip()
    if not text or _YEAR.fullmatch(text) or text.isdecimal():
        return False
    return month_of_header(text) is not None or not isinstance(read_date(text, "dmy"), Problem)
