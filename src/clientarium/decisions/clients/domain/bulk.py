"""The one place that writes SQL by hand: what Django's ORM does row by row, a million times too often.

No text of a user ever becomes a part of a statement: names of tables and columns are ours, values are parameters.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pyarrow as pa
from django.db import connection, models
from pyarrow import compute, csv

ROWS_PER_TRANSACTION = 2_000
"""CHECKS.md, measured: with 1,000 rows a transaction other writers wait 59 ms (p95), with 50,000 more than a second."""


LOG_PAGES_IN_BULK, LOG_PAGES = 16_000, 1_000
"""Pages (4 KB) in SQLite's log before they are copied into the database: 64 MB in a bulk write, else SQLite's own."""


def is_postgres() -> bool:
    return connection.vendor == "postgresql"


@contextmanager
def many_transactions() -> Iterator[None]:
    """Around many small transactions in a row: SQLite copies each page they touch once instead of after each of them.

    Every commit is on the disk as before; only the copying of the log waits.
    """
    if is_postgres():
        yield
        return
    execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES_IN_BULK}")
    try:
        yield
    finally:
        execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")


def quoted(*names: str) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)


def execute(sql: str, parameters: Sequence[Any] = ()) -> int:
    """Run one statement; the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(sql, list(parameters))
        return int(cursor.rowcount)


def allocate_ids(model: type[models.Model], count: int) -> list[int]:
    """`count` fresh primary keys; within a transaction, which on SQLite holds the only writer's lock."""
    with connection.cursor() as cursor:
        if is_postgres():
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                [model._meta.db_table, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [model._meta.db_table])
        row = cursor.fetchone()
        first = (row[0] if row else 0) + 1
        return list(range(first, first + count))


def insert_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert `rows` (values in the order of `columns`)."""
    if not rows:
        return
    with connection.cursor() as cursor:
        if is_postgres():
            with cursor.copy(f"COPY {quoted(table)} ({quoted(*columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        cursor.executemany(f"INSERT INTO {quoted(table)} ({quoted(*columns)}) VALUES ({marks})", rows)


def update_rows(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, key: str = "id") -> None:
    """Set `columns` of the rows whose `key` is the last value of each of `rows`."""
    if not rows:
        return
    assignments = ", ".join(f"{quoted(column)} = %s" for column in columns)
    with connection.cursor() as cursor:
        cursor.executemany(f"UPDATE {quoted(table)} SET {assignments} WHERE {quoted(key)} = %s", rows)


def insert_batch(table: str, batch: pa.RecordBatch) -> None:
    """Insert an Arrow batch whose columns are the table's; PostgreSQL takes it as CSV, which is its fastest door."""
    batch = pa.RecordBatch.from_arrays([without_nan(column) for column in batch.columns], names=batch.schema.names)
    if not is_postgres():
        columns = [sqlite_values(column) for column in batch.columns]
        insert_rows(table, batch.schema.names, list(zip(*columns, strict=True)))
        return
    text = io.BytesIO()
    csv.write_csv(batch, text, csv.WriteOptions(include_header=False))
    with connection.cursor() as cursor:
        statement = f"COPY {quoted(table)} ({quoted(*batch.schema.names)}) FROM STDIN (FORMAT csv)"
        with cursor.copy(statement) as copy:
            copy.write(text.getvalue())


def without_nan(column: pa.Array) -> pa.Array:
    """Not-a-number is unknown: the two databases sort it differently, and nobody could read it."""
    if not pa.types.is_floating(column.type):
        return column
    return compute.if_else(compute.is_finite(column), column, pa.scalar(None, column.type))


def sqlite_values(column: pa.Array) -> list[Any]:
    """Values as SQLite stores them: decimals as doubles (its only fraction), dates as ISO text."""
    if pa.types.is_decimal(column.type):
        # Arrow's own cast is off by the last bit for a third of all values, and then 0.3 is not 0.3.
        return [None if text is None else float(text) for text in compute.cast(column, pa.string()).to_pylist()]
    if pa.types.is_date(column.type):
        column = compute.cast(column, pa.string())
    return list(column.to_pylist())
