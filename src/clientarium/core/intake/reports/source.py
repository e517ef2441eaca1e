"""A source whose reports are made flat: to everything behind it a report is a table of leaves."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Protocol, runtime_checkable

import pyarrow as pa

from clientarium.core.ground import N_, Message, UserError
from clientarium.core.intake.readers import Grid, HeadRow, Source, TableInfo
from clientarium.core.intake.readers.outline import Merge, ReportRow
from clientarium.core.intake.reports.flat import Report, read_report
from clientarium.core.intake.reports.head import has_key, titles_period
from clientarium.core.intake.reports.table import LOOK_FOR_TABLE

_BATCH_ROWS = 20_000
_TITLE_ROWS = 10
# A row takes 2.6 KB and 70 microseconds while it is checked: these fit into the limits of the reading process.
_MOST_ROWS = 500_000


@runtime_checkable
class ReportRows(Protocol):
    """A reader that gives rows with their levels and the merges of a table."""

    def report_rows(self, table: str, /) -> Iterator[ReportRow]: ...

    def merges(self, table: str, /) -> list[Merge]: ...

    def may_be_report(self, table: str, /) -> bool: ...

    def row_count(self, table: str, /) -> int: ...


class ReportSource:
    """The report of one table as a flat table; `report` says what was understood."""

    encoding: str | None
    delimiter: str | None = None

    def __init__(self, source: Source, table: str, report: Report) -> None:
        self.format = source.format
        self.encoding = source.encoding
        self.doubts: list[Message] = [*source.doubts, *report.view.doubts]
        self.report = report
        self._source = source
        self._table = table

    def tables(self) -> tuple[TableInfo, ...]:
        return self._source.tables()

    def head(self, _table: str, /, *, rows: int) -> list[HeadRow]:
        header = HeadRow(self.report.header_line, self.report.headers)
        return [header, *(HeadRow(line, cells) for line, cells in islice(self.report.records, rows))]

    def grids(self, _table: str, /, *, after_line: int, width: int) -> Iterator[Grid]:
        records = self.report.records
        assert after_line == self.report.header_line, "a report begins after its own header"
        for start in range(0, len(records), _BATCH_ROWS):
            batch = records[start : start + _BATCH_ROWS]
            columns = [pa.array([cells[index] for _, cells in batch], pa.string()) for index in range(width)]
            yield Grid(pa.array([line for line, _ in batch], pa.int64()), columns)


def with_report(source: Source, table: str, *, kind: str | None, today: date) -> Source:
    """Return the source with the report of `table` made flat; the source itself when there is none."""
    if not isinstance(source, ReportRows) or not _looks_like_report(source, table):
        return source
    report = read_report(list(source.report_rows(table)), source.merges(table), kind=kind, today=today)
    return source if report is None else ReportSource(source, table, report)


def _looks_like_report(source: ReportRows, table: str) -> bool:
    """A quick look: rows in groups, or lines of a report's head at the top."""
    count = source.row_count(table)
    if count > _MOST_ROWS:
        # So long a list has no groups a person would read: it is taken row by row, without holding it.
        if not source.may_be_report(table):
            return False
        raise UserError(
            N_("The report has %(rows)s rows; %(most)s can be checked at once."),
            cure=N_("Save it from 1C by months and send the files one by one."),
            rows=count, most=_MOST_ROWS,
        )  # fmt: skip
    if source.may_be_report(table):
        return True
    head = source.head(table, rows=LOOK_FOR_TABLE)  # type: ignore[attr-defined]
    rows = [ReportRow(row.line, row.cells) for row in head]
    return any(map(has_key, rows)) or any(map(titles_period, rows[:_TITLE_ROWS]))
