"""Small tables written with pipes, and the base they make: what specs and the slow twin both start from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa

from clientarium.core.facts import PAYMENTS, PRODUCTS, SALES, TOUCHES, FactTable, arrow_schema
from clientarium.core.metrics import CARD_SCHEMA, FORECAST_SCHEMA, Norms

Row = dict[str, Any]

FACT_TABLES_BY_NAME = {table.name: table for table in (SALES, TOUCHES, PAYMENTS, PRODUCTS)}

DEFAULTS: Mapping[str, Row] = {
    "sales": {"source": "1c", "currency": "RUB", "is_return": False, "product": None, "cost": None, "discount": None},
    "touches": {"source": "1c", "department": None, "minutes": None},
    "payments": {"source": "1c", "paid_on": None},
    "products": {"source": "1c", "product_group": None},
}
SHORT_NAMES = {"doc": "doc_id", "group": "product_group"}
DECIMAL_COLUMNS = {"revenue", "cost", "discount", "quantity", "minutes", "amount"}
DATE_COLUMNS = {"sold_on", "touched_on", "due_on", "paid_on", "first_on"}

NORMS = Norms(
    touch_minutes={
        "call": {"default": Decimal(10), "support": Decimal(20)},
        "letter": {"default": Decimal(5)},
        "meeting": {"default": Decimal(60)},
        "message": {"default": Decimal(3)},
        "visit": {"default": Decimal(120)},
        "ticket": {"default": Decimal(30)},
        "delivery": {"default": Decimal(40)},
        "campaign": {"default": Decimal(1)},
        "document": {"default": Decimal(15)},
    },
    hourly_cost={"default": Decimal(600), "support": Decimal(300), "accounting": Decimal(900)},
    document_minutes={"accounting": Decimal(10), "warehouse": Decimal(20)},
    default_department="sales",
    few_buyers=100,
    recency_days=(Decimal(30), Decimal(90), Decimal(180), Decimal(270)),
    frequency_orders=(Decimal(2), Decimal(4), Decimal(6), Decimal(12)),
    monetary_multiples=(Decimal("0.25"), Decimal("0.5"), Decimal(1), Decimal(2)),
)
"""The norms of every spec. A sales document takes 10 minutes of accounting and 20 of the warehouse: 30 minutes, 350."""


def parse_table(text: str) -> list[dict[str, str | None]]:
    """Rows of a pipe table; an empty cell is None."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return [dict(zip(lines[0], (cell or None for cell in line), strict=True)) for line in lines[1:]]


@dataclass
class Facts:
    """Rows of each fact table with `client_id`, and every client's name by id (ids in order of appearance)."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {name: [] for name in DEFAULTS})
    names: dict[int, str] = field(default_factory=dict)

    def client_id(self, name: str) -> int:
        for known, other in self.names.items():
            if other == name:
                return known
        self.names[len(self.names) + 1] = name
        return len(self.names)

    def add(self, table: str, text: str) -> None:
        for cells in parse_table(text):
            self.rows[table].append(self._row(table, cells))

    def table(self, table: FactTable) -> pa.Table:
        """The rows as the ledger keeps them; what must be there and is not told is empty."""
        schema = arrow_schema(table)
        empty = {field.name: "" if pa.types.is_string(field.type) else 0 for field in schema if not field.nullable}
        rows = [{**empty, **{key: row[key] for key in row if key in schema.names}} for row in self.rows[table.name]]
        return pa.Table.from_pylist(rows, schema=schema)

    def _row(self, table: str, cells: Mapping[str, str | None]) -> Row:
        row = dict(DEFAULTS[table])
        for name, cell in cells.items():
            column = SHORT_NAMES.get(name, name)
            if column == "client":
                row["client_id"] = self.client_id(str(cell))
            else:
                row[column] = typed(column, cell)
        return row


def typed(column: str, cell: str | None) -> Any:
    if cell is None:
        return None
    if column in DECIMAL_COLUMNS:
        return Decimal(cell.replace(" ", ""))
    return date.fromisoformat(cell) if column in DATE_COLUMNS else cell


class MemoryEngine:
    """DuckDB in memory with the fact tables of `facts`: the part of the ledger's Engine that metrics use."""

    def __init__(self, facts: Facts) -> None:
        self.connection = duckdb.connect()
        for table in FACT_TABLES_BY_NAME.values():
            self.register(table.name, facts.table(table))

    def register(self, name: str, table: pa.Table) -> None:
        self.connection.register(name, table)

    def materialize(self, name: str, sql: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS {sql}")

    def view(self, name: str, sql: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE VIEW {name} AS {sql}")

    def rows(self, sql: str) -> list[Row]:
        table = self.connection.sql(sql).to_arrow_table()
        rows: list[Row] = table.to_pylist()
        return rows


def clients_table(ids: Iterable[int], **columns: Any) -> pa.Table:
    return pa.table({"client_id": pa.array(list(ids), pa.int64()), **columns})


def forecast_table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows of a forecast, cells as texts or as values; columns not told are unknown."""
    return _told_table(rows, FORECAST_SCHEMA)


def cards_table(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    """Rows of checks of cards, the same way."""
    return _told_table(rows, CARD_SCHEMA)


def _told_table(rows: Sequence[Mapping[str, Any]], schema: pa.Schema) -> pa.Table:
    columns = {
        one.name: pa.array([_told_value(row.get(one.name), one.type) for row in rows], one.type) for one in schema
    }
    return pa.table(columns, schema=schema)


def _told_value(value: Any, kind: pa.DataType) -> Any:
    if not isinstance(value, str) or pa.types.is_string(kind):
        return value
    if pa.types.is_date(kind):
        return date.fromisoformat(value)
    if pa.types.is_boolean(kind):
        return value == "True"
    read = Decimal if pa.types.is_decimal(kind) else int if pa.types.is_integer(kind) else float
    return read(value.replace(" ", ""))
