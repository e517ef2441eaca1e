"""What a converter is told and what it gives back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from clientarium.core.facts import FactTable, staged_schema
from clientarium.core.intake.layout import NoClient


@dataclass(frozen=True)
class Context:
    """`currency` is that of rows which name none."""

    currency: str
    today: date
    no_client: NoClient


@dataclass(frozen=True)
class Converted:
    """Accepted rows only: facts by table, and the clients, products and sellers named in them."""

    facts: Mapping[str, pa.Table] = field(default_factory=dict)
    clients: pa.Table | None = None
    products: pa.Table | None = None
    sellers: pa.Table | None = None


def fact_rows(table: FactTable, columns: Mapping[str, pa.Array | None], *, accepted: pa.Array) -> pa.Table:
    """Return the accepted rows in the staged schema; a column nobody gave is null."""
    schema = staged_schema(table)
    arrays = [
        pa.nulls(len(accepted), column.type) if (given := columns.get(column.name)) is None else given.cast(column.type)
        for column in schema
    ]
    return kept_rows(pa.Table.from_arrays(arrays, schema=schema), accepted)


def kept_rows(table: pa.Table, accepted: pa.Array) -> pa.Table:
    """The rows of the mask; mostly all of them, and then nothing is copied."""
    return table if pc.all(accepted).as_py() else table.filter(accepted)


def constant(value: str | bool, rows: int) -> pa.Array:
    return pa.repeat(pa.scalar(value), rows)


def first_filled(*arrays: pa.Array | None) -> pa.Array | None:
    given = [array for array in arrays if array is not None]
    return pc.coalesce(*given) if given else None
