"""The staged table of clients as the base takes it: phones and e-mails as lists, kept columns as a map."""

import json

import pyarrow as pa

SCHEMA = pa.schema(
    [
        pa.field("client_key", pa.string(), nullable=False),
        pa.field("client_name", pa.string(), nullable=False),
        pa.field("code", pa.string()),
        pa.field("inn", pa.string()),
        pa.field("kpp", pa.string()),
        pa.field("phones", pa.list_(pa.string())),
        pa.field("emails", pa.list_(pa.string())),
        pa.field("city", pa.string()),
        pa.field("segment", pa.string()),
        pa.field("seller", pa.string()),
        pa.field("fields", pa.map_(pa.string(), pa.string())),
    ]
)
_LISTS = ("phones", "emails")


def card_table(clients: pa.Table | None) -> pa.Table | None:
    """Return the clients in SCHEMA; columns the kind of file does not have are null."""
    if clients is None:
        return None
    return pa.table([_column(clients, field) for field in SCHEMA], schema=SCHEMA)


def _column(clients: pa.Table, field: pa.Field) -> pa.Array | pa.ChunkedArray:
    if field.name not in clients.column_names or clients[field.name].null_count == clients.num_rows:
        return pa.nulls(clients.num_rows, field.type)
    values = clients[field.name]
    if field.name in _LISTS:
        return pa.array([cell.split("\n") if cell else None for cell in values.to_pylist()], field.type)
    if field.name == "fields":
        return pa.array([list(json.loads(cell).items()) if cell else None for cell in values.to_pylist()], field.type)
    return values
