"""Any table with clients and dates as a list of purchases: what a rhythm is fitted to outside the ledger.

Nothing is staged here and nothing refused row by row: a row without a client or a date is left out and counted. A row
of negative revenue is a return and no purchase; a row of zero revenue is one (samples and gifts are deliveries too).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.compute as pc

from clientarium.core.ground import N_, UserError
from clientarium.core.intake.heads import HEAD_ROWS, head_of
from clientarium.core.intake.limits import LIMITS, Limits
from clientarium.core.intake.readers import Grid, open_source
from clientarium.core.intake.supervision import inspect_file
from clientarium.core.intake.understanding import Understanding
from clientarium.core.intake.values import DateReader, as_text, client_keys, parse_numbers

READ = ("date", "client", "client_code", "revenue", "price", "quantity")
"""The meanings looked at; a file of many columns costs no more than these."""

SCHEMA = pa.schema([("client", pa.string()), ("day", pa.date32()), ("revenue", pa.float64())])


@dataclass(frozen=True, eq=False)
class PurchaseFile:
    """`rows`: client, day, revenue (null where the file tells none). The rest counts the rows of the file."""

    rows: pa.Table
    read: int
    without_client: int
    without_date: int
    in_future: int
    returns: int
    has_revenue: bool


def read_purchases(
    path: Path, *, name: str, today: date, columns: Mapping[str, str] | None = None, limits: Limits = LIMITS
) -> PurchaseFile:
    """Every purchase of the file at `path`; `columns` says what a header means where the guess is wrong.

    UserError where it is no table, has no column of dates or of clients.
    """
    understood = inspect_file(path, name=name, kind="sales", today=today, limits=limits)
    wanted = _wanted(understood, columns or {})
    with TemporaryDirectory() as work:
        source = open_source(
            path,
            name=name,
            work=Path(work),
            limits=limits,
            encoding=understood.encoding,
            delimiter=understood.delimiter,
        )
        head = head_of(source.head(understood.table, rows=HEAD_ROWS), limits=limits, headers=frozenset())
        proposal = understood.proposal
        days = DateReader(order=proposal.date_order, latest=date.max)
        parts = [
            _Part.of(grid, wanted, days=days, mark=proposal.decimal_mark, today=today)
            for grid in source.grids(understood.table, after_line=head.header_line, width=head.width)
        ]
    rows = pa.concat_tables([part.rows for part in parts]) if parts else SCHEMA.empty_table()
    return PurchaseFile(
        rows=rows,
        read=sum(part.read for part in parts),
        without_client=sum(part.without_client for part in parts),
        without_date=sum(part.without_date for part in parts),
        in_future=sum(part.in_future for part in parts),
        returns=sum(part.returns for part in parts),
        has_revenue=bool({"revenue", "price"} & set(wanted)),
    )


def _wanted(understood: Understanding, corrections: Mapping[str, str]) -> dict[str, int]:
    """Meaning → position of its column; UserError where the dates or the clients are missing."""
    if understood.shape == "months":
        raise UserError(
            N_("A table of months tells no days of purchases."), cure=N_("Export the documents line by line.")
        )
    headers = {column.header: column.index for column in understood.columns}
    for header in corrections:
        if header not in headers:
            raise UserError(
                N_("There is no column “%(header)s” in the file."),
                cure=N_("Its columns: %(known)s."),
                header=header,
                known=", ".join(headers),
            )
    meant = {column.meaning: column.index for column in reversed(understood.columns) if column.meaning}
    meant |= {meaning: headers[header] for header, meaning in corrections.items()}
    cure = N_('Say which column it is: --column "Header=%(meaning)s". Columns of the file: %(known)s.')
    if "date" not in meant:
        raise UserError(
            N_("No column with dates was found."), cure=cure, meaning="date", known=", ".join(headers) or "—"
        )
    if "client" not in meant and "client_code" not in meant:
        raise UserError(
            N_("No column with clients was found."), cure=cure, meaning="client", known=", ".join(headers) or "—"
        )
    return meant


@dataclass(frozen=True, eq=False)
class _Part:
    """One batch of rows."""

    rows: pa.Table
    read: int
    without_client: int
    without_date: int
    in_future: int
    returns: int

    @classmethod
    def of(cls, grid: Grid, wanted: Mapping[str, int], *, days: DateReader, mark: str, today: date) -> "_Part":
        cells = {meaning: _decoded(grid.columns[index]) for meaning, index in wanted.items() if meaning in READ}
        codes, names = (as_text(cells[name]) if name in cells else None for name in ("client_code", "client"))
        clients = client_keys(codes, names)
        assert clients is not None, "one of the two columns was found"
        dates, _ = days.parse(cells["date"])
        revenue = _revenue(cells, mark, size=len(dates))
        has_client, has_date = pc.is_valid(clients), pc.is_valid(dates)
        is_future = pc.fill_null(pc.greater(dates, pa.scalar(today)), False)
        is_return = pc.fill_null(pc.less(revenue, 0.0), False)
        kept = pc.and_(pc.and_(has_client, has_date), pc.invert(pc.or_(is_future, is_return)))
        table = pa.table([clients.cast(pa.string()), dates, revenue], schema=SCHEMA)
        return cls(
            rows=table.filter(kept),
            read=len(dates),
            without_client=_count(pc.invert(has_client)),
            without_date=_count(pc.and_(has_client, pc.invert(has_date))),
            in_future=_count(pc.and_(has_client, is_future)),
            returns=_count(pc.and_(pc.and_(has_client, has_date), pc.and_(is_return, pc.invert(is_future)))),
        )


def _revenue(cells: Mapping[str, pa.Array], mark: str, *, size: int) -> pa.Array:
    def numbers(meaning: str) -> pa.Array:
        return parse_numbers(cells[meaning], mark)[0].cast(pa.float64())

    if "revenue" in cells:
        return numbers("revenue")
    if "price" in cells and "quantity" in cells:
        return pc.multiply(numbers("price"), numbers("quantity"))
    return pa.nulls(size, pa.float64())


def _decoded(values: pa.Array) -> pa.Array:
    """Bytes as text; a cell that is no text is no cell."""
    if not pa.types.is_binary(values.type):
        return values
    try:
        return values.cast(pa.string())
    except pa.ArrowInvalid:
        texts = [cell if cell is None else cell.decode("utf-8", "replace") for cell in values.to_pylist()]
        return pa.array([None if text is None or "\ufffd" in text else text for text in texts], pa.string())


def _count(flags: pa.Array) -> int:
    return int(pc.sum(flags).as_py() or 0)
