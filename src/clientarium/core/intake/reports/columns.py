"""The columns of a report: names of levels at the left, attributes, measures, and what goes across."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from clientarium.core.intake.readers.outline import ReportRow
from clientarium.core.intake.reports.amounts import amount_in
from clientarium.core.intake.reports.table import TOTAL, column_path, is_date_text
from clientarium.core.intake.words import is_known_header

_MOSTLY = 0.8
_PERSON = re.compile(r"[А-ЯЁA-Z][а-яёa-z-]+(?:\s+[А-ЯЁA-Z][а-яёa-z]*\.?){1,2}(?:\s*[А-ЯЁ]\.)?")
_LEAST_SHARE = 0.005
_CODE = re.compile(
    r"\b(код|артикул|инн|кпп|огрн|телефон|тел|штрих-?код|номер|№|дата|срок оплаты|bik|бик|code|sku|phone)\b",
    re.IGNORECASE,
)
_NOT_SUMMED = re.compile(
    r"%|процент|рентабельн|наценк|\bцена\b|средн|\bдоля\b|коэфф|\bкурс\b|уровень|дней|\bprice\b|average", re.IGNORECASE
)
_MANAGER = re.compile(r"менеджер|ответственн|продавец|manager|seller", re.IGNORECASE)
_TIME = re.compile(r"период|месяц|дата|день|квартал|неделя|month|date", re.IGNORECASE)
_BALANCE = re.compile(r"остат|сальдо|\bост\.|на начало|на конец|долг|задолж|balance", re.IGNORECASE)


@dataclass(frozen=True)
class Measure:
    """A column of numbers; `across` is the text over it when the same measures repeat («Январь 2026», «Иванова»)."""

    column: int
    name: str
    across: str = ""

    @property
    def is_summed(self) -> bool:
        """False for prices, shares and averages: their group is no sum of its rows."""
        return not _NOT_SUMMED.search(self.name)

    @property
    def is_balance(self) -> bool:
        return bool(_BALANCE.search(self.name))


@dataclass(frozen=True)
class Columns:
    """`labels` hold names of levels; `stacks` the header texts over each of them.

    `across` is the one of these texts that may name what goes across: it does when there is no level left for it.
    """

    labels: tuple[int, ...]
    stacks: dict[int, tuple[str, ...]]
    attributes: dict[int, str]
    measures: tuple[Measure, ...]
    totals: tuple[Measure, ...] = ()
    across: str = ""
    across_dates: bool = False
    names: tuple[str, ...] = field(default=())

    def depths(self) -> tuple[int, ...]:
        """How many levels the header may name, the likelier first."""
        stacked = sum(len(stack) for stack in self.stacks.values())
        return (stacked, stacked - 1) if self.across else (stacked,)

    def _is_named_across(self) -> bool:
        """True when the text at the corner says what stands beside it: «Менеджер» by people, «Период» by days."""
        texts = [measure.across for measure in self.measures if measure.across]
        if _MANAGER.search(self.across):
            return sum(map(is_person, texts)) * 2 > len(texts)
        return self.across_dates and bool(_TIME.search(self.across))

    def named_for(self, depth: int) -> "Columns":
        """The columns of a report of `depth` levels: the text at the corner names a level or what goes across."""
        if not self.across or (self.depths()[0] <= depth and not self._is_named_across()):
            return replace(self, across="")
        stacks = {column: tuple(text for text in texts if text != self.across) for column, texts in self.stacks.items()}
        return replace(self, stacks=stacks)


def columns_of(block: Sequence[Sequence[str]], rows: Sequence[ReportRow], *, named: Sequence[str]) -> Columns:
    """Return the columns under the header `block`; `named` are measures the head of the report tells."""
    width = len(block[0])
    paths = [column_path(block, column) for column in range(width)]
    shares = [_share_of_numbers(rows, column) for column in range(width)]
    labels = _labels(rows, shares, paths)
    numeric = [
        column
        for column in range(width)
        if column not in labels and shares[column] is not None and shares[column] >= _MOSTLY  # type: ignore[operator]
        and not _CODE.search(" ".join(paths[column][-1:]))
    ]  # fmt: skip
    attributes = {
        column: _own_name(column, paths)
        for column in range(width)
        if column not in labels and column not in numeric and shares[column] is not None
    }
    measures, totals = _measures(numeric, paths, named=named)
    across = [measure.across for measure in measures if measure.across]
    stacks = {column: _stack(block, column) for column in labels}
    title = _across_title(stacks, block, measures) if across else ""
    return Columns(
        labels=tuple(labels),
        stacks=stacks,
        attributes=attributes,
        measures=tuple(measures),
        totals=tuple(totals),
        across=title,
        across_dates=bool(across) and all(map(is_date_text, across)),
        names=tuple(dict.fromkeys(measure.name for measure in measures)),
    )


def _share_of_numbers(rows: Sequence[ReportRow], column: int) -> float | None:
    cells = [row.cells[column] for row in rows if column < len(row.cells) and row.cells[column].strip()]
    return sum(1 for cell in cells if amount_in(cell) is not None) / len(cells) if cells else None


def _labels(
    rows: Sequence[ReportRow], shares: Sequence[float | None], paths: Sequence[tuple[str, ...]]
) -> tuple[int, ...]:
    """Columns in which rows begin with a text; the first filled one when every row begins with a number.

    Where headed columns before it are empty in every row, it is their names that are missing, not their columns.
    """
    begins: Counter[int] = Counter()
    for row in rows:
        column = next((number for number, cell in enumerate(row.cells) if cell.strip()), None)
        if column is not None and amount_in(row.cells[column]) is None:
            begins[column] += 1
    found = [column for column, times in sorted(begins.items()) if times > _LEAST_SHARE * len(rows)]
    if found:
        # The text of an attribute begins a row only where its name is missing: columns of names stand together.
        return tuple(
            column
            for column in found
            if begins[column] * 20 >= max(begins.values()) or paths[column][:1] == paths[found[0]][:1]
        )
    first = next((column for column, share in enumerate(shares) if share is not None), 0)
    return tuple(column for column in range(first) if paths[column]) or (first,)


def _measures(
    numeric: Sequence[int], paths: Sequence[tuple[str, ...]], *, named: Sequence[str]
) -> tuple[list[Measure], list[Measure]]:
    """Return (measures, columns of totals across)."""
    tops = {column: paths[column][0] if paths[column] else "" for column in numeric}
    bottoms = {column: paths[column][-1] if paths[column] else "" for column in numeric}
    dates = [column for column in numeric if is_date_text(tops[column])]
    repeated = Counter(bottoms.values())
    if len(dates) >= 1 and all(len(paths[column]) == 1 for column in numeric):
        only = named[0] if len(named) == 1 else "Сумма"
        measures = [Measure(column, only, tops[column]) for column in dates]
        totals = [Measure(column, only) for column in numeric if column not in dates and TOTAL.match(tops[column])]
        rest = [
            Measure(column, tops[column]) for column in numeric if column not in dates and not TOTAL.match(tops[column])
        ]
        return measures + rest, totals
    people = [tops[column] for column in numeric if not TOTAL.match(tops[column])]
    if people and all(len(paths[column]) == 1 for column in numeric) and all(map(is_person, people)):
        only = named[0] if len(named) == 1 else "Сумма"
        totals = [Measure(column, only) for column in numeric if TOTAL.match(tops[column])]
        return [Measure(column, only, tops[column]) for column in numeric if not TOTAL.match(tops[column])], totals
    goes_across = [
        column for column in numeric if len(paths[column]) > 1 and _is_across(column, tops, bottoms, repeated)
    ]
    # Prices of several kinds side by side are columns of one row, not rows of several kinds.
    if not any(Measure(column, bottoms[column]).is_summed for column in goes_across):
        goes_across = []
    is_across = len({tops[column] for column in goes_across}) > 1 or any(
        is_date_text(tops[one]) or is_person(tops[one]) for one in goes_across
    )
    if is_across:
        measures = [
            Measure(column, bottoms[column], _across_text(paths[column]))
            for column in goes_across
            if not TOTAL.match(tops[column])
        ]
        totals = [Measure(column, bottoms[column]) for column in goes_across if TOTAL.match(tops[column])]
        totals += [
            Measure(column, measures[0].name)
            for column in numeric
            if column not in goes_across and TOTAL.match(bottoms[column])
        ]
        used = {measure.column for measure in (*measures, *totals)}
        return measures + [
            Measure(column, ", ".join(paths[column])) for column in numeric if column not in used
        ], totals
    return [Measure(column, _name(column, paths, repeated, bottoms)) for column in numeric], []


def is_person(text: str) -> bool:
    """True for «Иванова Мария» and «Иванова М. П.»; a name of a column that looks so is known as such."""
    return bool(_PERSON.fullmatch(text)) and not is_known_header(text)


def _is_across(column: int, tops: dict[int, str], bottoms: dict[int, str], repeated: Counter[str]) -> bool:
    """A month or a person goes across also alone: the columns of the others may be empty."""
    return is_date_text(tops[column]) or is_person(tops[column]) or repeated[bottoms[column]] > 1


def _across_text(path: tuple[str, ...]) -> str:
    """Everything over the measure; of a year over a month the month says both only together."""
    tops = path[:-1]
    dated = [text for text in tops if is_date_text(text)]
    return dated[-1] if dated else " / ".join(tops)


def _own_name(column: int, paths: Sequence[tuple[str, ...]]) -> str:
    """The lowest text over an attribute, with those above it only where another column has the same."""
    path = paths[column]
    if not path:
        return f"Column {column + 1}"
    return path[-1] if sum(1 for other in paths if other[-1:] == path[-1:]) == 1 else ", ".join(path)


def _name(column: int, paths: Sequence[tuple[str, ...]], repeated: Counter[str], bottoms: dict[int, str]) -> str:
    if not paths[column]:
        return f"Column {column + 1}"
    return bottoms[column] if repeated[bottoms[column]] == 1 else ", ".join(paths[column])


def _stack(block: Sequence[Sequence[str]], column: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(row[column] for row in block if row[column]))


def _across_title(
    stacks: dict[int, tuple[str, ...]], block: Sequence[Sequence[str]], measures: Sequence[Measure]
) -> str:
    """The text at the left in the very row of the texts across, when rows below name the levels."""
    for row in block[:-1]:
        if any(
            measure.across and row[measure.column] and row[measure.column] in measure.across for measure in measures
        ):
            texts = [row[column] for column, stack in stacks.items() if row[column] and len(stack) > 1]
            below = {text for later in block[block.index(row) + 1 :] for column in stacks if (text := later[column])}
            return next((text for text in texts if text not in below), "")
    return ""
