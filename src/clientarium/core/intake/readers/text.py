"""CSV, TSV, TXT: streamed by pyarrow in blocks, every column as bytes first so that no line can stop the file.

Lines are physical ones. Where quotes do not pair up, each physical line is read on its own: a line break inside
quotes is then refused as a broken line, which is honest, while nothing after it is swallowed.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.intake.readers.dialect import Dialect
from clientarium.core.intake.readers.grid import Grid, HeadRow, Misfit, TableInfo
from clientarium.core.intake.readers.outline import Merge, ReportRow
from clientarium.core.intake.values import may_hold

BLOCK_BYTES = 4 * 1024 * 1024
_SHORT_LINE_BYTES = 40
_LINE_BATCH = 20_000


class TextSource:
    """A text table; its only table bears the file's name."""

    format = "csv"

    def __init__(self, path: Path, *, name: str, dialect: Dialect) -> None:
        self.encoding: str | None = dialect.encoding
        self.delimiter: str | None = dialect.delimiter
        self.doubts = list(dialect.doubts)
        self._path = path
        self._name = name
        self._dialect = dialect

    def tables(self) -> tuple[TableInfo, ...]:
        return (TableInfo(self._name),)

    def head(self, _table: str, /, *, rows: int) -> list[HeadRow]:
        reader = csv.reader(io.StringIO(self._dialect.sample, newline=""), delimiter=self._dialect.delimiter)
        head: list[HeadRow] = []
        try:
            for cells in reader:
                head.append(HeadRow(reader.line_num, tuple(cells)))
                if len(head) == rows:
                    break
        except csv.Error as error:
            if not head:
                raise _not_a_table() from error
        return head

    def grids(self, _table: str, /, *, after_line: int, width: int) -> Iterator[Grid]:
        """Give the rows after `after_line`; a quote that is never closed changes over to reading line by line."""
        if self._dialect.has_quotes and not _quotes_pair_up(self._path):
            self.doubts.append(
                Message(N_("A quotation mark is opened and never closed; the lines are read one by one."), {})
            )
            yield from self._lines_one_by_one(after_line=after_line, width=width)
            return
        yield from self._blocks(after_line=after_line, width=width)

    def may_be_report(self, _table: str, /) -> bool:
        """Only the lines of its head tell a report kept as text."""
        return False

    def row_count(self, _table: str, /) -> int:
        """As many as there would be if lines were as short as in a report."""
        return self._path.stat().st_size // _SHORT_LINE_BYTES

    def report_rows(self, _table: str, /) -> Iterator[ReportRow]:
        """Give every line; blanks before a name are kept: they may be its level."""
        with self._path.open(encoding=self._dialect.encoding, errors="replace", newline="") as file:
            reader = csv.reader(file, delimiter=self._dialect.delimiter)
            try:
                for cells in reader:
                    yield ReportRow(reader.line_num, tuple(cells))
            except csv.Error as error:
                raise _not_a_table() from error

    def merges(self, _table: str, /) -> list[Merge]:
        return []

    def _blocks(self, *, after_line: int, width: int) -> Iterator[Grid]:
        misfits: list[pyarrow.csv.InvalidRow] = []

        def set_aside(row: pyarrow.csv.InvalidRow) -> str:
            misfits.append(row)
            return "skip"

        names = [str(index) for index in range(width)]
        quoted = self._dialect.has_quotes
        stream = self._open()
        try:
            reader = pyarrow.csv.open_csv(
                stream,
                read_options=pyarrow.csv.ReadOptions(
                    use_threads=False, column_names=names, skip_rows=after_line, block_size=BLOCK_BYTES
                ),
                parse_options=pyarrow.csv.ParseOptions(
                    delimiter=self._dialect.delimiter,
                    quote_char='"' if quoted else False,
                    newlines_in_values=quoted,
                    ignore_empty_lines=False,
                    invalid_row_handler=set_aside,
                ),
                convert_options=pyarrow.csv.ConvertOptions(
                    column_types=dict.fromkeys(names, pa.binary()), strings_can_be_null=False
                ),
            )
        except pa.ArrowInvalid as error:
            if "Empty CSV" in str(error):
                return
            raise _not_a_table() from error
        yield from _numbered(reader, misfits, first_line=after_line + 1, quoted=quoted)

    def _open(self) -> BinaryIO | pa.PythonFile:
        if self._dialect.encoding == "utf-8":
            return self._path.open("rb")
        return pa.PythonFile(_Recoded(self._path, self._dialect.encoding), mode="r")

    def _lines_one_by_one(self, *, after_line: int, width: int) -> Iterator[Grid]:
        rows: list[list[str]] = []
        lines: list[int] = []
        misfits: list[Misfit] = []
        with self._path.open(encoding=self._dialect.encoding, errors="replace", newline="") as file:
            for line, text in enumerate(file, start=1):
                if line <= after_line:
                    continue
                cells = next(csv.reader([text], delimiter=self._dialect.delimiter), [])
                if len(cells) == width or not cells:
                    rows.append(cells or [""] * width)
                    lines.append(line)
                else:
                    misfits.append(Misfit(line, text.rstrip("\r\n"), len(cells)))
                if len(rows) + len(misfits) >= _LINE_BATCH:
                    yield _grid_of(rows, lines, misfits, width=width)
                    rows, lines, misfits = [], [], []
        yield _grid_of(rows, lines, misfits, width=width)


def _grid_of(rows: list[list[str]], lines: list[int], misfits: list[Misfit], *, width: int) -> Grid:
    columns = [pa.array([row[index] for row in rows], pa.string()) for index in range(width)]
    return Grid(pa.array(lines, pa.int64()), columns, tuple(misfits))


def _numbered(
    reader: pyarrow.csv.CSVStreamingReader, misfits: list[pyarrow.csv.InvalidRow], *, first_line: int, quoted: bool
) -> Iterator[Grid]:
    """Give each row its physical line: its record number, the misfits passed, and the line breaks inside quotes."""
    record, breaks = first_line, 0
    for batch in _batches(reader):
        taken = sorted(misfits, key=lambda row: row.number)
        misfits.clear()
        # The reader runs ahead: misfits past this batch wait for the next one.
        numbers, waiting = _record_numbers(record, batch.num_rows, [row.number for row in taken])
        misfits.extend(taken[len(taken) - waiting :])
        taken = taken[: len(taken) - waiting]
        lines, misfit_lines, inside = _physical(batch, numbers, taken, quoted=quoted)
        yield Grid(
            pc.add(lines, breaks), batch.columns, tuple(_misfits_of(taken, [one + breaks for one in misfit_lines]))
        )
        record += batch.num_rows + len(taken)
        breaks += inside
    if misfits:
        yield Grid(pa.array([], pa.int64()), [], tuple(_misfits_of(misfits, [row.number + breaks for row in misfits])))


def _batches(reader: pyarrow.csv.CSVStreamingReader) -> Iterator[pa.RecordBatch]:
    try:
        yield from reader
    except pa.ArrowInvalid as error:
        raise UserError(
            N_("A row of the file is longer than %(most)s MB: it is not a table or a quotation mark is not closed."),
            cure=N_("Open the file in Excel, look where the rows break, and save it again."),
            most=BLOCK_BYTES // (1 << 20),
        ) from error


def _record_numbers(first: int, rows: int, misfits: list[int]) -> tuple[pa.Array, int]:
    """Return the record numbers of `rows` good rows from `first` on, and how many misfits lie past them."""
    numbers: list[pa.Array] = []
    passed = 0
    while rows:
        until = misfits[passed] if passed < len(misfits) else first + rows
        good = min(until - first, rows)
        numbers.append(pa.arange(first, first + good))
        rows -= good
        first += good
        if first == until and rows:
            first += 1
            passed += 1
    while passed < len(misfits) and misfits[passed] == first:
        first += 1
        passed += 1
    return pa.concat_arrays(numbers or [pa.array([], pa.int64())]), len(misfits) - passed


def _physical(
    batch: pa.RecordBatch, numbers: pa.Array, misfits: list[pyarrow.csv.InvalidRow], *, quoted: bool
) -> tuple[pa.Array, list[int], int]:
    """Return (line of each row, line of each misfit, line breaks inside quotes): a record's line is its first one."""
    own = _breaks_inside(batch) if quoted else None
    longer = [(row.number, row.text.count("\n")) for row in misfits if "\n" in row.text]
    if own is None and not longer:
        return numbers, [row.number for row in misfits], 0
    records = numbers.to_numpy()
    added = np.zeros(len(records), dtype=np.int64) if own is None else np.asarray(own)
    lines = records + np.cumsum(added) - added
    for number, inside in longer:
        lines[records > number] += inside
    before = [int(added[records < row.number].sum()) + sum(n for at, n in longer if at < row.number) for row in misfits]
    shifted = [row.number + shift for row, shift in zip(misfits, before, strict=True)]
    return pa.array(lines), shifted, int(added.sum()) + sum(inside for _, inside in longer)


def _breaks_inside(batch: pa.RecordBatch) -> pa.Array | None:
    """Return how many line breaks stand inside the cells of each row; None if there are none at all."""
    broken = [column for column in batch.columns if may_hold(column, b"\n")]
    if not broken:
        return None
    counts = pc.count_substring(broken[0], "\n").cast(pa.int64())
    for column in broken[1:]:
        counts = pc.add(counts, pc.count_substring(column, "\n").cast(pa.int64()))
    return counts


def _misfits_of(rows: list[pyarrow.csv.InvalidRow], lines: list[int]) -> Iterator[Misfit]:
    """A misfit over several lines is an unclosed quote that swallowed them: each of its lines is given back."""
    for row, line in zip(rows, lines, strict=True):
        for offset, text in enumerate(row.text.splitlines() or [""]):
            yield Misfit(line + offset, text, row.actual_columns)


def _quotes_pair_up(path: Path) -> bool:
    with path.open("rb") as file:
        return sum(chunk.count(b'"') for chunk in iter(lambda: file.read(1 << 24), b"")) % 2 == 0


def _not_a_table() -> UserError:
    return UserError(N_("The file does not read as a table."), cure=N_("Save it from Excel as CSV or XLSX."))


class _Recoded(io.RawIOBase):
    """A file of any encoding read as UTF-8; a byte the encoding has no letter for becomes U+FFFD."""

    def __init__(self, path: Path, encoding: str) -> None:
        self._file = path.open("rb")
        self._text = io.TextIOWrapper(self._file, encoding=encoding, errors="replace", newline="")
        self._left = b""
        if encoding.startswith("utf-16"):
            self._text.read(1)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self._left) < size or size < 0:
            text = self._text.read(1 << 20)
            if not text:
                break
            self._left += text.encode()
        given, self._left = (self._left, b"") if size < 0 else (self._left[:size], self._left[size:])
        return given

    def close(self) -> None:
        self._text.close()
        super().close()
