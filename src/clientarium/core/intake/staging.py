"""A file staged by its layout: grids → blocks → converted rows → parquet files, with memory that does not grow."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from clientarium.core.facts import PRODUCTS, staged_schema
from clientarium.core.ground import N_, Message, UserError
from clientarium.core.intake.blocks import Block
from clientarium.core.intake.gathering import DistinctRows, FactFile
from clientarium.core.intake.heads import HEAD_ROWS, Head, first_filled_table, head_of
from clientarium.core.intake.kinds import CONVERTERS, Context, Converted
from clientarium.core.intake.kinds.cards_file import card_table
from clientarium.core.intake.kinds.parties import CARD_LISTS, TOTAL_ROW
from clientarium.core.intake.layout import Layout
from clientarium.core.intake.limits import Limits
from clientarium.core.intake.months import last_day, month_of_header
from clientarium.core.intake.product_rows import ProductRows
from clientarium.core.intake.readers import Grid, Source
from clientarium.core.intake.refusals import RefusedFile
from clientarium.core.intake.reports import ReportSource, ReportView, with_report
from clientarium.core.intake.shapes import SHAPES, Reading
from clientarium.core.intake.staged import Staged
from clientarium.core.intake.tallies import Tally
from clientarium.core.intake.values import DateReader, latest_day

BLANK_ROW = N_("an empty row")
_TOTAL = re.compile(r"^(итого|итог|всего|total|grand total|subtotal)\b", re.IGNORECASE)
_DATED_BY = {"sales": ("sold_on",), "touches": ("touched_on",), "payments": ("due_on", "paid_on")}
# Arrow's kernels let go of the interpreter: two threads use two cores; more blocks in hand would only cost memory.
_WORKERS = 2
Progress = Callable[[int], None]
_Ready = tuple[Block, pa.Array, Converted]


class Staging:
    """One run; everything it writes lies in `out_dir`."""

    def __init__(self, *, layout: Layout, out_dir: Path, name: str, today: date, currency: str) -> None:
        self._layout = layout
        self._out = out_dir
        self._name = name
        self._today = today
        self._context = Context(currency=layout.currency or currency, today=today, no_client=layout.no_client)
        self._facts: dict[str, FactFile] = {}
        self._clients = DistinctRows("client_key", lists=CARD_LISTS)
        self._products = ProductRows()
        self._sellers = DistinctRows("seller")
        self._tally = Tally()
        self._days: list[date] = []
        self._report: ReportView | None = None

    def run(self, source: Source, *, limits: Limits, progress: Progress) -> Staged:
        """Stage the layout's table of `source`; UserError when the layout does not fit it."""
        table = self._table(source)
        source = with_report(source, table, kind=self._layout.kind, today=self._today)
        self._report = source.report.view if isinstance(source, ReportSource) else None
        if self._report is not None:
            self._report.refuse_differences()
        known = frozenset(column.header for column in self._layout.columns)
        head = head_of(
            source.head(table, rows=HEAD_ROWS), limits=limits, headers=known, is_first=self._report is not None
        )
        self._check_headers(head)
        dates = DateReader(order=self._layout.date_order, latest=latest_day(self._layout.kind, self._today))
        reading = Reading(self._layout, head.headers, dates, source.delimiter, self._today)
        sheet = None if source.format in ("csv", "parquet") else table
        refused = RefusedFile(self._out / "refused.parquet", file=self._name, sheet=sheet)
        grids = source.grids(table, after_line=head.header_line, width=head.width)
        for grid, blocks in self._converted(grids, reading):
            self._take(grid, blocks, refused=refused, width=head.width)
            progress(self._tally.rows)
        refused.close()
        return self._finished(head, refused, doubts=(*source.doubts, *head.doubts))

    def _table(self, source: Source) -> str:
        names = [table.name for table in source.tables()]
        return self._layout.sheet if self._layout.sheet in names else first_filled_table(source)

    def _check_headers(self, head: Head) -> None:
        lost = [
            column.header
            for column in self._layout.columns
            if column.meaning not in ("ignore", "field") and column.header not in head.headers
        ]
        if lost:
            raise UserError(
                N_("The file has no column “%(header)s” that its layout reads."),
                cure=N_("Choose another layout, or look at the columns again: %(known)s."),
                header=lost[0],
                known=", ".join(head.headers[:30]),
            )

    def _converted(self, grids: Iterator[Grid], reading: Reading) -> Iterator[tuple[Grid, list[_Ready]]]:
        """Convert grids on both cores, in order; only a few are in hand at a time, so memory stays flat."""
        waiting: deque[tuple[Grid, Future[list[_Ready]]]] = deque()
        with ThreadPoolExecutor(max_workers=_WORKERS) as pool:
            for grid in grids:
                waiting.append((grid, pool.submit(self._convert, grid, reading)))
                if len(waiting) > _WORKERS:
                    done, future = waiting.popleft()
                    yield done, future.result()
            for done, future in waiting:
                yield done, future.result()

    def _convert(self, grid: Grid, reading: Reading) -> list[_Ready]:
        if not len(grid.lines):
            return []
        ready = []
        for block in SHAPES[self._layout.shape](grid, reading):
            converted = CONVERTERS[self._layout.kind](block, self._context)
            _skip_service_rows(block)
            ready.append((block, block.accepted(), self._distinct(converted)))
        return ready

    def _distinct(self, converted: Converted) -> Converted:
        """Clients, products and sellers once each within the block: this is most of the work on them, and parallel."""
        return replace(
            converted,
            clients=converted.clients and self._clients.distinct(converted.clients),
            products=converted.products and self._products.distinct(converted.products),
            sellers=converted.sellers and self._sellers.distinct(converted.sellers),
        )

    def _take(self, grid: Grid, ready: list[_Ready], *, refused: RefusedFile, width: int) -> None:
        if grid.misfits:
            refused.add_misfits(tuple(grid.misfits), width=width)
            self._tally.count_misfits(len(grid.misfits))
        for block, accepted, converted in ready:
            self._tally.count(block, accepted)
            if block.refused:
                refused.add_block(block)
            self._gather(converted)

    def _gather(self, converted: Converted) -> None:
        for name, table in converted.facts.items():
            file = self._facts.setdefault(name, FactFile(self._out / f"{name}.parquet"))
            file.add(table)
            self._note_days(name, table)
        for rows, distinct in (
            (converted.clients, self._clients),
            (converted.products, self._products),
            (converted.sellers, self._sellers),
        ):
            if rows is not None:
                distinct.add(rows)

    def _note_days(self, name: str, table: pa.Table) -> None:
        for column in _DATED_BY.get(name, ()):
            found = pc.min_max(table[column])
            self._days += [day for day in (found["min"].as_py(), found["max"].as_py()) if day is not None]
        if len(self._days) > 1:
            self._days = [min(self._days), max(self._days)]

    def _finished(self, head: Head, refused: RefusedFile, *, doubts: tuple[Message, ...]) -> Staged:
        self._write_products()
        for file in self._facts.values():
            file.close()
        first, last = self._span(head)
        return Staged(
            kind=self._layout.kind,
            rows_read=self._tally.rows,
            accepted=self._tally.accepted,
            refused=self._tally.refused,
            skipped=dict(self._tally.skipped),
            totals=self._tally.totals(),
            first_on=first,
            last_on=last,
            tables={name: (file.path,) for name, file in self._facts.items() if file.rows},
            clients=self._write(card_table(self._clients.table()), "clients.parquet"),
            sellers=self._write(self._sellers.table(), "sellers_seen.parquet"),
            refused_rows=refused.path,
            headers=head.headers,
            doubts=doubts,
            report=self._report,
        )

    def _span(self, head: Head) -> tuple[date | None, date | None]:
        """A file of months covers its months whole, a report its period, sales or not: re-sent, it replaces all."""
        if not self._days:
            return None, None
        if self._report is not None and self._report.first_on and self._report.last_on:
            return min(self._report.first_on, *self._days), max(*self._days, min(self._report.last_on, self._today))
        months = [month for header in head.headers if (month := month_of_header(header))]
        if self._layout.shape == "months" and months:
            return min(months), max(*self._days, min(last_day(max(months)), self._today))
        return min(self._days), max(self._days)

    def _write_products(self) -> None:
        """Products named in sales are a small dimension of the same import."""
        table = self._products.table()
        if table is None or "products" in self._facts:
            return
        columns = {
            "product": table["product"], "name": table["name"], "product_group": table["product_group"],
            "unit": table["unit"], "row_no": pa.array(range(1, table.num_rows + 1), pa.int64()),
        }  # fmt: skip
        file = FactFile(self._out / "products.parquet")
        file.add(pa.table(columns).select(staged_schema(PRODUCTS).names).cast(staged_schema(PRODUCTS)))
        self._facts["products"] = file

    def _write(self, table: pa.Table | None, name: str) -> Path | None:
        if table is None:
            return None
        pq.write_table(table, self._out / name)
        return self._out / name


def _skip_service_rows(block: Block) -> None:
    """Blank rows and totals were refused for want of a date or a client: they are left out on purpose instead."""
    reasons = {row: reason for row in block.refused if (reason := _service_reason(block, row))}
    for reason in dict.fromkeys(reasons.values()):
        block.skip(block.mask_of(row for row, one in reasons.items() if one == reason), reason)
    block.settle()


def _service_reason(block: Block, row: int) -> str | None:
    cells = [text for header in block.columns if (text := block.cell(row, header))]
    if not cells:
        return BLANK_ROW
    return TOTAL_ROW if any(_TOTAL.match(cell) for cell in cells) and _lacks_date(block, row) else None


def _lacks_date(block: Block, row: int) -> bool:
    headers = block.headers_of("date")
    return not headers or not block.cell(row, headers[0]) or bool(_TOTAL.match(block.cell(row, headers[0])))
