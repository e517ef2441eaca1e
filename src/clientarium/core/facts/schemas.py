"""Arrow schemas: of a fact table in the ledger, and of the files an import stages for it."""

import pyarrow as pa

from .columns import Column, ColumnType, FactTable

# Known only when a load is made: who sends it and which client of the base each key means.
_ADDED_BY_LOAD = ("import_id", "source", "client_id")

CLIENT_KEY = Column(
    "client_key", ColumnType.TEXT, True, "Ключ клиента", "Client key", "The client's code or name in the source."
)
ROW_NO = Column("row_no", ColumnType.INTEGER, True, "Строка файла", "File row", "Row of the received file, from 1.")


def arrow_schema(table: FactTable) -> pa.Schema:
    """Schema of `table` in the ledger; required columns are not nullable."""
    return _schema(table.columns)


def staged_columns(table: FactTable) -> tuple[Column, ...]:
    """Columns of a staged file: no import_id and source, `client_key` in place of client_id, `row_no` last."""
    columns = [
        CLIENT_KEY if column.name == "client_id" else column
        for column in table.columns
        if column.name not in _ADDED_BY_LOAD or column.name == "client_id"
    ]
    return (*columns, ROW_NO)


def staged_schema(table: FactTable) -> pa.Schema:
    """Schema of a staged parquet file of `table`."""
    return _schema(staged_columns(table))


def _schema(columns: tuple[Column, ...]) -> pa.Schema:
    return pa.schema([pa.field(column.name, column.type.arrow, nullable=not column.required) for column in columns])
