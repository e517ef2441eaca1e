"""Where the table begins: the header row, the lines above it, and whether there is a header at all."""

import re
from collections import Counter
from dataclasses import dataclass

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.intake.layout import SERVICE_PREFIX
from clientarium.core.intake.limits import Limits
from clientarium.core.intake.months import month_of_header
from clientarium.core.intake.readers import HeadRow, Source
from clientarium.core.intake.values import Problem, read_date, read_number
from clientarium.core.intake.words import is_known_header

# So many rows show whether the day or the month comes first even in a file sorted by date.
HEAD_ROWS = 1_000
_LOOK_FOR_HEADER = 60
_LOOK_INTO = 20
_NEARLY_ALL = 0.8
_FILTER = re.compile(r"^\s*(отбор|отборы|условия отбора|фильтр|filter|selection)\s*:", re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """`header_line` 0: the file has no header, columns are called `Column 1`…; `rows` are the first rows of data."""

    header_line: int
    headers: tuple[str, ...]
    width: int
    above: tuple[HeadRow, ...]
    rows: tuple[HeadRow, ...]
    doubts: tuple[Message, ...]


def first_filled_table(source: Source) -> str:
    """Return the first sheet with anything in it: many a workbook opens with an empty one."""
    names = [table.name for table in source.tables()]
    if len(names) == 1:
        return names[0]
    filled = (name for name in names if any(any(row.cells) for row in source.head(name, rows=_LOOK_INTO)))
    return next(filled, names[0])


def head_of(
    head: list[HeadRow], *, limits: Limits, headers: frozenset[str] = frozenset(), is_first: bool = False
) -> Head:
    """Return the head of a table; `headers` are those a layout knows, `is_first`: the first row is the header.

    UserError for no table and for too wide a one.
    """
    filled = [row for row in head if any(cell.strip() for cell in row.cells)]
    if not filled:
        raise UserError(
            N_("There is not one filled row in the table."), cure=N_("Save the export again and send the new file.")
        )
    if max(len(row.cells) for row in filled) > limits.columns:
        raise UserError(
            N_("The table has %(columns)s columns; %(most)s are allowed."),
            cure=N_("Leave the columns needed and send it again."),
            columns=max(len(row.cells) for row in filled), most=limits.columns,
        )  # fmt: skip
    header = filled[0] if is_first else _header_row(filled[:_LOOK_FOR_HEADER], headers)
    below = [row for row in head if header is None or row.line > header.line]
    width = _width(below, header)
    cells = ("",) * width if header is None else (*header.cells, *[""] * width)[:width]
    names, doubts = _unique(cells)
    above = tuple(row for row in filled if header is not None and row.line < header.line)
    return Head(header.line if header else 0, names, width, above, tuple(below), (*doubts, *_filter_doubts(above)))


def _header_row(rows: list[HeadRow], headers: frozenset[str]) -> HeadRow | None:
    """The row most of whose cells are known as headers; a first row of plain words otherwise; None when it is data."""
    best = max(rows, key=lambda row: (_header_score(row, headers), -row.line))
    if _header_score(best, headers) > 0:
        return best
    widest = max(len([cell for cell in row.cells if cell.strip()]) for row in rows)
    first = next(row for row in rows if len([cell for cell in row.cells if cell.strip()]) * 2 > widest)
    return None if any(_is_value(cell) for cell in first.cells) else first


def _header_score(row: HeadRow, headers: frozenset[str]) -> float:
    cells = [cell.strip() for cell in row.cells if cell.strip()]
    known = sum(1 for cell in cells if cell in headers or month_of_header(cell) or is_known_header(cell))
    values = sum(1 for cell in cells if _is_value(cell) and not month_of_header(cell))
    # A single known word may stand in a title line («Клиент: …»); a value in the row makes it data.
    return known - 2 * values if known > 1 or len(cells) == known else 0


def _is_value(text: str) -> bool:
    text = text.strip()
    if not text:
        return False
    return not isinstance(read_number(text, ","), Problem) or not isinstance(read_date(text, "dmy"), Problem)


def _width(below: list[HeadRow], header: HeadRow | None) -> int:
    """The header's width, unless nearly all rows have another: a header may lack the loose delimiter rows end in."""
    widths = Counter(len(row.cells) for row in below if any(cell.strip() for cell in row.cells))
    if not widths:
        return len(header.cells if header else ())
    width, rows = max(widths.items(), key=lambda one: (one[1], one[0]))
    if header is None or rows >= _NEARLY_ALL * widths.total():
        return width
    return len(header.cells)


def _unique(cells: tuple[str, ...]) -> tuple[tuple[str, ...], list[Message]]:
    """Name the nameless and the second of two equal headers."""
    names: list[str] = []
    doubled: list[str] = []
    for number, cell in enumerate(cells, start=1):
        name = re.sub(r"\s+", " ", cell).strip() or f"Column {number}"
        again = 2
        base = name
        while name in names:
            name, again = f"{base} ({again})", again + 1
        if name != base and cell.strip():
            doubled.append(base)
        names.append(name)
    if not doubled:
        return tuple(names), []
    return tuple(names), [
        Message(N_("Several columns have the same header: %(headers)s."), {"headers": ", ".join(sorted(set(doubled)))})
    ]


def _filter_doubts(above: tuple[HeadRow, ...]) -> list[Message]:
    lines = [" ".join(cell.strip() for cell in row.cells if cell.strip()) for row in above]
    return [
        Message(
            N_("The report was saved with a filter (“%(line)s”): a client missing from it may still have bought."),
            {"line": line[:200]},
        )
        for line in lines
        if _FILTER.match(line)
    ]


def is_service(header: str) -> bool:
    """True for a column the workbook of refused rows has added."""
    return header.startswith(SERVICE_PREFIX)
