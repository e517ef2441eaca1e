"""Small staged files for the tests: rows in sight, the rest filled in."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from clientarium.core.facts import FACT_TABLES, staged_schema
from clientarium.core.ledger import Ledger, LoadReceipt

BIRCH, CEDAR, OAK = 1, 2, 3
KEYS = pa.table({"client_key": ["birch", "cedar", "oak"], "client_id": pa.array([BIRCH, CEDAR, OAK], pa.int64())})
_FILLED = {
    "line_no": 1,
    "currency": "RUB",
    "is_return": False,
    "revenue": Decimal(1),
    "amount": Decimal(1),
    "kind": "call",
}


def sale(client: str, sold_on: str, revenue: int = 1, doc: str | None = None, **more: object) -> dict[str, Any]:
    return {
        "client_key": client,
        "sold_on": date.fromisoformat(sold_on),
        "revenue": Decimal(revenue),
        "doc_id": doc,
        **more,
    }


def stage(folder: Path, table: str, rows: Sequence[Mapping[str, Any]]) -> list[Path]:
    """One parquet file with `rows`, as intake would stage them."""
    schema = staged_schema(FACT_TABLES[table])
    filled = [{"row_no": number, **_FILLED, **row} for number, row in enumerate(rows, start=1)]
    data = pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in filled], schema=schema)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{table}-{len(list(folder.iterdir()))}.parquet"
    pq.write_table(data, path)
    return [path]


def load(ledger: Ledger, import_id: str, rows: Sequence[Mapping[str, Any]], **options: Any) -> LoadReceipt:
    """Load sales (or `table=`) of source 1c by appending, unless told otherwise."""
    options = {"source": "1c", "mode": "append", "keys": KEYS, "table": "sales"} | options
    table = options.pop("table")
    paths = stage(ledger.root.parent / "staging", table, rows)
    return ledger.load({table: paths}, import_id=import_id, **options)


def sales(ledger: Ledger, **options: Any) -> list[tuple[int, str, int]]:
    """Visible sales as (client_id, day, revenue), in order."""
    with ledger.engine(**options) as engine:
        rows = engine.fetch("select client_id, sold_on, revenue from sales order by all").to_pylist()
    return [(row["client_id"], row["sold_on"].isoformat(), int(row["revenue"])) for row in rows]
