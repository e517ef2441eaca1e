"""A block of rows with the meanings of its columns: typed columns out, refused cells noted with their reasons."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from clientarium.core.ground import N_
from clientarium.core.intake.values import DateReader, Problem, as_text, may_hold, parse_numbers, read_number

# A name or a code is never so long: such a cell is a swallowed part of the file or an attack.
LONGEST_TEXT = 2_000

BINARY = Problem(N_("The cell holds binary data"), N_("Type the value again."))
TOO_LONG = Problem(N_("The text is too long"), N_("Shorten it, or look for a quotation mark that is not closed."))
SWALLOWED = Problem(
    N_("A quotation mark has swallowed the beginning of the next row"), N_("Close the quotation mark in this cell.")
)
WRONG_ENCODING = Problem(N_("The text is in another encoding than the file"), N_("Save the whole file as UTF-8."))


@dataclass(frozen=True)
class RefusedCell:
    """A cell by the header of its column, its text and why it was refused."""

    header: str
    value: str
    problem: Problem


@dataclass
class Block:
    """Rows of one batch; `columns` are the file's own, `constants` what the shape knows without one (a month's day)."""

    lines: pa.Array
    columns: Mapping[str, pa.Array]
    meanings: Mapping[str, str]
    decimal_mark: str
    dates: DateReader
    delimiter: str | None = None
    constants: Mapping[str, pa.Array] = field(default_factory=dict)
    refused: dict[int, list[RefusedCell]] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    amounts: dict[str, pa.Array] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.left_out = pa.repeat(pa.scalar(False), len(self))

    def __len__(self) -> int:
        return len(self.lines)

    def headers_of(self, meaning: str) -> list[str]:
        return [header for header in self.columns if self.meanings.get(header) == meaning]

    def has(self, *meanings: str) -> bool:
        return any(meaning in self.constants or self.headers_of(meaning) for meaning in meanings)

    def text(self, meaning: str) -> pa.Array | None:
        """Return the column trimmed, null where empty; None when no column has this meaning."""
        headers = self.headers_of(meaning)
        return self.text_under(headers[0]) if headers else None

    def text_under(self, header: str) -> pa.Array:
        texts = as_text(self._decoded(header))
        self._refuse_odd_texts(header, texts)
        return texts

    def number(self, meaning: str) -> pa.Array | None:
        """Return the column as MONEY, null where empty or refused; None when no column has this meaning."""
        headers = self.headers_of(meaning)
        if not headers:
            return None
        values = self._decoded(headers[0])
        numbers, bad = parse_numbers(values, self.decimal_mark)
        self.refuse(bad, headers[0], lambda text: _number_problem(text, self.decimal_mark))
        self.amounts[meaning] = numbers
        return numbers

    def date(self, meaning: str) -> pa.Array | None:
        if meaning in self.constants:
            return self.constants[meaning]
        headers = self.headers_of(meaning)
        if not headers:
            return None
        days, bad = self.dates.parse(self._decoded(headers[0]))
        self.refuse(bad, headers[0], self.dates.problem)
        return days

    def require(self, values: pa.Array | None, meaning: str, problem: Problem) -> None:
        """Refuse the rows in which `values` is empty, unless that cell was refused already."""
        headers = self.headers_of(meaning)
        header = headers[0] if headers else ""
        empty = pa.repeat(pa.scalar(True), len(self)) if values is None else pc.is_null(values)
        for row in _rows(empty):
            if not any(cell.header == header for cell in self.refused.get(row, ())):
                self.refuse_row(row, RefusedCell(header, "", problem))

    def refuse(self, bad: pa.Array, header: str, explain: Callable[[str], Problem]) -> None:
        for row in _rows(bad):
            text = self.cell(row, header)
            self.refuse_row(row, RefusedCell(header, text, explain(text)))

    def refuse_row(self, row: int, cell: RefusedCell) -> None:
        self.refused.setdefault(row, []).append(cell)

    def skip(self, rows: pa.Array, reason: str) -> None:
        """Leave the masked rows out on purpose; what is wrong in them no longer matters."""
        new = pc.and_not(pc.fill_null(rows, False), self.left_out)
        count = pc.sum(new).as_py() or 0
        if count:
            self.left_out = pc.or_(self.left_out, new)
            self.skipped[reason] += count

    def settle(self) -> None:
        """Forget the problems of rows that were left out."""
        if self.refused and self.skipped:
            self.refused = {row: cells for row, cells in self.refused.items() if not self.left_out[row].as_py()}

    def accepted(self) -> pa.Array:
        """Return the mask of the rows neither refused nor left out."""
        kept = pc.invert(self.left_out)
        return pc.and_not(kept, self.mask_of(self.refused)) if self.refused else kept

    def mask_of(self, rows: Iterable[int]) -> pa.Array:
        mask = np.zeros(len(self), dtype=bool)
        mask[list(rows)] = True
        return pa.array(mask)

    def cell(self, row: int, header: str) -> str:
        """Return one cell as the file has it, as text."""
        value = self.columns[header][row]
        if pa.types.is_binary(value.type):
            return (value.as_py() or b"").decode("utf-8", errors="replace").strip()
        found = value.as_py()
        return "" if found is None else str(found).strip()

    def raw(self, row: int) -> str:
        """Return the whole row as JSON: header → text."""
        return json.dumps({header: self.cell(row, header) for header in self.columns}, ensure_ascii=False)

    def _decoded(self, header: str) -> pa.Array:
        """Return the column as it is, bytes as text; bytes of another encoding are refused."""
        values = self.columns[header]
        if not pa.types.is_binary(values.type):
            return values
        try:
            return values.cast(pa.string())
        except pa.ArrowInvalid:
            texts = [None if cell is None else cell.decode("utf-8", errors="replace") for cell in values.to_pylist()]
            broken = pa.array([text is not None and "\ufffd" in text for text in texts])
            self.refuse(broken, header, lambda _: WRONG_ENCODING)
            return pc.if_else(broken, None, pa.array(texts, pa.string()))

    def _refuse_odd_texts(self, header: str, texts: pa.Array) -> None:
        if may_hold(texts, b"\0"):
            self.refuse(pc.match_substring(texts, "\0"), header, lambda _: BINARY)
        longest = pc.max(pc.binary_length(texts)).as_py() or 0
        if longest > LONGEST_TEXT:
            self.refuse(pc.greater(pc.utf8_length(texts), LONGEST_TEXT), header, lambda _: TOO_LONG)
        if self.delimiter and may_hold(texts, b"\n"):
            swallowed = pc.greater_equal(pc.count_substring(texts, self.delimiter), max(len(self.columns) - 1, 1))
            self.refuse(pc.and_(pc.match_substring(texts, "\n"), swallowed), header, lambda _: SWALLOWED)


def _rows(mask: pa.Array) -> Sequence[int]:
    if not pc.any(mask).as_py():
        return ()
    rows: list[int] = pc.indices_nonzero(pc.fill_null(mask, False)).to_pylist()
    return rows


def _number_problem(text: str, mark: str) -> Problem:
    problem = read_number(text, mark)
    return (
        problem
        if isinstance(problem, Problem)
        else Problem(N_("Not a number"), N_("Put a number into this cell or leave it empty."))
    )
