"""A table of who asks for capacity → contenders, and rows set aside with their reasons.

Columns are known by their words, in Russian or English; any other column of numbers is hours of somebody.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.intake.heads import first_filled_table
from clientarium.core.intake.limits import LIMITS, MEBIBYTE
from clientarium.core.intake.readers import HeadRow, open_source
from clientarium.core.intake.values import Problem, read_date, read_number
from clientarium.core.strategy.capacity import Contender

MOST_ROWS = 2_000
LOOK_FOR_HEADER = 20
OWN_LIMITS = replace(LIMITS, file_bytes=10 * MEBIBYTE, workbook_unpacked_bytes=100 * MEBIBYTE, columns=60)

WORDS: Mapping[str, tuple[str, ...]] = {
    "name": ("клиент", "контрагент", "проект", "заказчик", "название", "наименование", "имя", "client", "customer",
             "project", "name"),
    "margin": ("маржа", "прибыль", "валовая прибыль", "ожидаемая маржа", "margin", "profit"),
    "revenue": ("выручка", "сумма", "оборот", "revenue", "sum"),
    "cost": ("себестоимость", "затраты", "расходы", "cost"),
    "penalty": ("неустойка", "штраф", "пени", "penalty"),
    "probability": ("вероятность", "вероятность неустойки", "вероятность срыва", "риск", "probability", "risk"),
    "layer": ("слой", "layer"),
    "grade": ("категория", "класс", "grade"),
    "starts": ("начало", "старт", "start", "starts", "from"),
    "ends": ("конец", "окончание", "срок", "end", "ends", "until", "deadline"),
    "": ("№", "n", "номер", "комментарий", "примечание", "comment", "note"),
}  # fmt: skip
MEANING = {word: meaning for meaning, words in WORDS.items() for word in words}
MULTIPLES = (("тыс", 1_000), ("млн", 1_000_000))
LAYERS = {"опорный": "anchor", "рост": "growth", "тактический": "tactical", "шумовой": "noise"}
MONEY = ("margin", "revenue", "cost", "penalty")
HOURS = re.compile(r"\b(часов|часы|часа|час|ч|hours|hour|h)\b\.?", re.IGNORECASE)
BARE_HOURS = N_("hours")


@dataclass(frozen=True)
class RowFault:
    """A row set aside: where, why, and what to do."""

    line: int
    column: str
    message: Message
    cure: Message | None


@dataclass(frozen=True)
class ContenderFile:
    """`hours`: the columns of hours by name; `unused`: columns nothing was taken from; `notes`: what is to be known."""

    contenders: tuple[Contender, ...]
    hours: tuple[str, ...]
    faults: tuple[RowFault, ...]
    unused: tuple[str, ...]
    notes: tuple[Message, ...] = ()


@dataclass(frozen=True)
class _Column:
    """A column: what it means ('hours', a word of WORDS, '' nothing) and by what its sums are multiplied."""

    index: int
    header: str
    meaning: str
    multiple: int = 1

    @property
    def hours_name(self) -> str:
        return re.sub(r"\s+", " ", HOURS.sub(" ", self.header)).strip(" ,:;()-—") or BARE_HOURS


def read_contenders_text(text: str) -> ContenderFile:
    """A table pasted from a spreadsheet."""
    if not text.strip():
        raise UserError(N_("The table is empty."), cure=N_("Copy it with its heads and paste it here."))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "pasted.csv"
        path.write_text(text, encoding="utf-8")
        return read_contenders(path, name="pasted.csv")


def read_contenders(path: Path, *, name: str) -> ContenderFile:
    """Raises UserError where it is no table, names nobody or tells no margin, and past MOST_ROWS rows."""
    with TemporaryDirectory() as work:
        source = open_source(path, name=name, work=Path(work), limits=OWN_LIMITS)
        table = first_filled_table(source)
        rows = [
            row for row in source.head(table, rows=MOST_ROWS + LOOK_FOR_HEADER + 1) if any(map(str.strip, row.cells))
        ]
        mark = "," if source.format == "csv" else "."
    head = next((row for row in rows[:LOOK_FOR_HEADER] if "name" in _meanings(row)), None)
    if head is None:
        raise UserError(
            N_("No column with names was found."),
            cure=N_("The first row holds the heads; one of them is “Client” or “Project”."),
        )
    body = [row for row in rows if row.line > head.line]
    if len(body) > MOST_ROWS:
        raise UserError(N_("The table has more than %(most)s rows."), cure=N_("Leave those in doubt."), most=MOST_ROWS)
    columns = _columns(head, body, mark=mark)
    known = {column.meaning for column in columns}
    if "margin" not in known and not {"revenue", "cost"} <= known:
        raise UserError(
            N_("No column with margin was found."), cure=N_("Add a column “Margin”, or both “Revenue” and “Cost”.")
        )
    return _read(columns, body, mark=mark)


def _meanings(row: HeadRow) -> set[str]:
    return {meaning for cell in row.cells if (meaning := _meaning(cell)) is not None}


def _meaning(header: str) -> str | None:
    """What a head means; None for one that is not known. «Маржа, тыс. ₽» is margin."""
    bare = " ".join(header.casefold().replace("ё", "е").split())
    first = re.split(r"[,(]", bare)[0].strip(" .:")
    return MEANING.get(bare, MEANING.get(first))


def _columns(head: HeadRow, body: Sequence[HeadRow], *, mark: str) -> list[_Column]:
    columns: list[_Column] = []
    for index, header in enumerate(head.cells):
        meaning = _meaning(header)
        if meaning is None:
            texts = [text for row in body if (text := _cell(row, index))]
            is_number = any(_number(text, mark) is not None for text in texts)
            meaning = (
                "hours" if header.strip() and is_number and (HOURS.search(header) or _all_numbers(texts, mark)) else ""
            )
        if meaning and meaning != "hours" and meaning in {column.meaning for column in columns}:
            meaning = ""
        multiple = next((times for word, times in MULTIPLES if word in header.casefold()), 1) if meaning in MONEY else 1
        columns.append(_Column(index, header.strip(), meaning, multiple))
    return columns


def _all_numbers(texts: Sequence[str], mark: str) -> bool:
    return all(_number(text, mark) is not None for text in texts)


def _read(columns: Sequence[_Column], body: Sequence[HeadRow], *, mark: str) -> ContenderFile:
    in_percent = _is_in_percent(columns, body, mark)
    contenders: list[Contender] = []
    faults: list[RowFault] = []
    for row in body:
        reader = _Row(row, columns, mark=mark, in_percent=in_percent)
        try:
            contender = reader.contender(len(contenders) + 1)
        except UserError as error:
            reader.faults.append(RowFault(row.line, "", error.message, error.cure))
        if reader.faults:
            faults.extend(reader.faults)
        else:
            contenders.append(contender)
    hours = tuple(dict.fromkeys(column.hours_name for column in columns if column.meaning == "hours"))
    unused = tuple(column.header for column in columns if not column.meaning and column.header)
    meanings = {column.meaning for column in columns}
    is_without_odds = "penalty" in meanings and "probability" not in meanings
    notes = (Message(N_("There is no column “Probability”: penalties are not counted.")),) if is_without_odds else ()
    return ContenderFile(tuple(contenders), hours, tuple(faults), unused, notes)


def _is_in_percent(columns: Sequence[_Column], body: Sequence[HeadRow], mark: str) -> bool:
    """Whether probabilities stand as 30, not as 0.3: one above one says so of the column."""
    indexes = [column.index for column in columns if column.meaning == "probability"]
    numbers = [_number(text, mark) for index in indexes for row in body if "%" not in (text := _cell(row, index))]
    return any(number is not None and number > 1 for number in numbers)


class _Row:
    def __init__(self, row: HeadRow, columns: Sequence[_Column], *, mark: str, in_percent: bool) -> None:
        self.row, self.columns, self.mark, self.in_percent = row, columns, mark, in_percent
        self.faults: list[RowFault] = []

    def contender(self, key: int) -> Contender:
        name = self.text("name")
        if not name:
            self.fault("name", Message(N_("Nobody is named in the row.")), N_("Write the name, or remove the row."))
        layer = self.text("layer").casefold()
        needs: dict[str, float] = {}
        for column in self.columns:
            if column.meaning == "hours":
                needs[column.hours_name] = needs.get(column.hours_name, 0.0) + self.number(column)
        return Contender(
            key=key,
            name=name,
            margin=self.margin(),
            needs=needs,
            penalty=self.figure("penalty"),
            probability=self.probability(),
            layer=LAYERS.get(layer, layer),
            grade=self.text("grade").upper(),
            starts=self.day("starts"),
            ends=self.day("ends"),
            return_on_cost=self.return_on_cost(),
        )

    def return_on_cost(self) -> float | None:
        column = self.column("cost")
        cost = self.number(column) if column is not None and _cell(self.row, column.index) else 0.0
        return self.margin() / cost if cost > 0 else None

    def margin(self) -> float:
        column = self.column("margin")
        if column is not None and _cell(self.row, column.index):
            return self.number(column)
        pair = self.column("revenue"), self.column("cost")
        if None in pair or not all(column and _cell(self.row, column.index) for column in pair):
            where = "margin" if column is not None else "revenue"
            self.fault(where, Message(N_("There is no margin.")), N_("Write the margin expected of him."))
            return 0.0
        return self.figure("revenue") - self.figure("cost")

    def probability(self) -> float:
        column = self.column("probability")
        if column is None:
            return 0.0
        if self.figure("penalty") and not _cell(self.row, column.index):
            message = Message(N_("There is a penalty and no probability."))
            self.fault("probability", message, N_("Write how likely it is, for example 30 %."))
        share = self.number(column)
        return share / 100 if self.in_percent and "%" not in _cell(self.row, column.index) else share

    def figure(self, meaning: str) -> float:
        column = self.column(meaning)
        return 0.0 if column is None else self.number(column)

    def number(self, column: _Column) -> float:
        text = _cell(self.row, column.index)
        found = _number(text, self.mark) if text else 0.0
        if found is None:
            message = Message(N_("“%(text)s” is no number."), {"text": text[:40]})
            self.fault(column.meaning, message, N_("Write a number, for example 1 200,50."), column.header)
        return (found or 0.0) * column.multiple

    def day(self, meaning: str) -> date | None:
        column = self.column(meaning)
        text = "" if column is None else _cell(self.row, column.index)
        if not text:
            return None
        found = read_date(text, "dmy")
        if isinstance(found, Problem):
            message = Message(N_("“%(text)s” is no date."), {"text": text[:40]})
            self.fault(meaning, message, N_("Write a date, for example 31.12.2026."))
            return None
        return found

    def text(self, meaning: str) -> str:
        column = self.column(meaning)
        return "" if column is None else " ".join(_cell(self.row, column.index).split())[:200]

    def column(self, meaning: str) -> _Column | None:
        return next((column for column in self.columns if column.meaning == meaning), None)

    def fault(self, meaning: str, message: Message, cure: str, header: str = "") -> None:
        column = self.column(meaning)
        self.faults.append(RowFault(self.row.line, header or (column.header if column else ""), message, Message(cure)))


def _cell(row: HeadRow, index: int) -> str:
    return row.cells[index].strip() if index < len(row.cells) else ""


def _number(text: str, mark: str) -> float | None:
    """«1 200,50», «30 %», «40 ч»; None for what is no number."""
    is_share = "%" in text
    bare = HOURS.sub("", text.replace("%", "")).strip()
    for one in (mark, "." if mark == "," else ","):
        found = read_number(bare, one)
        if not isinstance(found, Problem):
            return float(found) / 100 if is_share else float(found)
    return None
