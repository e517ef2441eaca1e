"""Snapshots with a forecast written by hand: a client is one row of figures in sight."""

from datetime import date
from decimal import Decimal

import pyarrow as pa

from clientarium.core.ledger import Ledger, SnapshotInfo, Snapshots
from clientarium.core.readings import Base

MONEY = pa.decimal128(24, 4)
COLUMNS = {
    "client_id": pa.int64(),
    "p_alive": pa.float64(),
    "expected_orders_30d": pa.float64(),
    "expected_orders_90d": pa.float64(),
    "expected_orders_365d": pa.float64(),
    "expected_margin_30d": MONEY,
    "expected_margin_90d": MONEY,
    "expected_margin_365d": MONEY,
    "expected_revenue_90d": MONEY,
    "orders_12m": pa.int64(),
    "orders_prev_12m": pa.int64(),
    "margin_12m": MONEY,
    "margin_prev_12m": MONEY,
    "revenue_12m": MONEY,
    "revenue_prev_12m": MONEY,
    "next_order_on": pa.date32(),
    "grade": pa.string(),
    "layer": pa.string(),
    "segment": pa.string(),
    "city": pa.string(),
    "seller": pa.string(),
}


def year(client_id, margin, *, orders=12.0, alive=1.0, past=None, before=None, orders_before=12, cost=True, **more):
    """Expected `margin` in `orders`, evenly; the last year brought `past` (the same), the one before it `before`."""
    past = margin if past is None else past
    row = {"client_id": client_id, "p_alive": alive, "orders_12m": 12, "orders_prev_12m": orders_before}
    for days in (30, 90, 365):
        row[f"expected_orders_{days}d"] = orders * days / 365
        row[f"expected_margin_{days}d"] = _money(margin * days / 365) if cost else None
    row["expected_revenue_90d"] = _money(5 * margin * 90 / 365)
    row |= {"margin_12m": _money(past) if cost else None, "revenue_12m": _money(5 * past)}
    row |= {"margin_prev_12m": _money(past if before is None else before) if cost else None}
    row |= {"revenue_prev_12m": _money(5 * (past if before is None else before))}
    return row | more


def base_of(home, rows, *, as_of=date(2026, 10, 31), aliases=None):
    """A base with one snapshot, `rows` of it as `year` makes them."""
    snapshots = write(home, rows, as_of=as_of)
    return Base(Ledger(home / "ledger"), snapshots, aliases)


def write(home, rows, *, as_of=date(2026, 10, 31)):
    snapshots = Snapshots(home / "snapshots")
    columns = {name: pa.array([row.get(name) for row in rows], kind) for name, kind in COLUMNS.items()}
    info = SnapshotInfo(as_of, -1, "", "", "", "duckdb", "", len(rows), "")
    snapshots.write(pa.table(columns), as_of=as_of, info=info)
    return snapshots


def _money(value):
    return round(Decimal(value), 4)
