"""Clients as the pulse takes them: one Arrow table."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pyarrow as pa

from clientarium.core.ground.expressions import Name, ValueType

from ..models import Client
from .fields import custom_field_names

ROWS_PER_BATCH = 20_000

COLUMNS = {
    "client_id": ("pk", pa.int64()),
    "seller": ("holder__name", pa.string()),
    "city": ("city", pa.string()),
    "segment": ("segment", pa.string()),
    "created_on": ("created_on", pa.date32()),
    "is_stopped": ("is_stopped", pa.bool_()),
    "has_bad_review": ("has_bad_review", pa.bool_()),
    "name": ("name", pa.string()),
    "code": ("code", pa.string()),
    "inn": ("inn", pa.string()),
}
"""Column → (where it is, type). The last three carry names: they stand in rules, never in the ledger."""

CUSTOM_TYPES = {
    ValueType.TEXT: pa.string(),
    ValueType.NUMBER: pa.float64(),
    ValueType.DATE: pa.date32(),
    ValueType.BOOLEAN: pa.bool_(),
}


def clients_table(*, with_names: bool = False) -> pa.Table:
    """client_id, seller (name), city, segment, created_on, is_stopped, has_bad_review and `f_<slug>` of every
    client, merged ones as the one they are.

    `with_names` adds name, code and inn.
    """
    columns = {name: place for name, place in COLUMNS.items() if with_names or name not in ("name", "code", "inn")}
    custom = custom_field_names()
    schema = pa.schema(
        [(name, kind) for name, (_, kind) in columns.items()]
        + [(name.name, CUSTOM_TYPES[name.type]) for name in custom]
    )
    paths = [path for path, _ in columns.values()] + (["fields"] if custom else [])
    rows = (
        Client.objects.filter(merged_into__isnull=True)
        .order_by("pk")
        .values_list(*paths)
        .iterator(chunk_size=ROWS_PER_BATCH)
    )
    return pa.Table.from_batches(batches_of(rows, schema, custom), schema=schema)


def batches_of(rows: Iterator[tuple[Any, ...]], schema: pa.Schema, custom: list[Name]) -> Iterator[pa.RecordBatch]:
    held: list[tuple[Any, ...]] = []
    for row in rows:
        held.append(with_custom(row, custom) if custom else row)
        if len(held) == ROWS_PER_BATCH:
            yield batch(held, schema)
            held = []
    if held:
        yield batch(held, schema)


def with_custom(row: tuple[Any, ...], custom: list[Name]) -> tuple[Any, ...]:
    """The JSON at the end of `row` spread over the custom fields."""
    fields = row[-1]
    values = (fields.get(name.name.removeprefix("f_")) for name in custom)
    return (
        *row[:-1],
        *(
            date.fromisoformat(value) if value and name.type is ValueType.DATE else value
            for name, value in zip(custom, values, strict=True)
        ),
    )


def batch(rows: list[tuple[Any, ...]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True)
    arrays = [pa.array(column, field.type) for column, field in zip(columns, schema, strict=True)]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
