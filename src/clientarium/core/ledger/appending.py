"""Staged parquet of one fact table → rows of its Delta table: survey, join client ids, sort, stream."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from deltalake import CommitProperties, write_deltalake

from clientarium.core.facts import Column, FactTable, arrow_schema, staged_columns

from .delta_writer import FILE_PROPERTIES, DeltaWriter
from .duck import parquet_scan, text
from .fact_files import FactFiles
from .loads import TableLoad

Progress = Callable[[str, int, int], None]

KEYS = "keys"
_PARTS = "parts"
_BATCH_ROWS = 20_000
# 5 M lines are about 50 MB so compressed: a file of this size stays one sequential read and prunes well by client.
_TARGET_FILE_BYTES = 128 * 1024 * 1024
_MISSING_SHOWN = 5
# Appends never conflict in meaning; at the default 15 retries four writers failed once in 400 commits (CHECKS.md).
_COMMIT_RETRIES = 100


@dataclass(frozen=True)
class LoadLimits:
    """What loading may take: memory of DuckDB, and rows sorted at once; more rows are sorted part by part.

    Sorting past a million lines spills to the disk: 5 M lines then need 0.7 GB in all. A sort's memory grows with its
    rows even so, and of 20 M lines of a million clients it no longer fits: they are read four times instead.
    """

    memory: str = "300MB"
    sorted_rows: int = 5_000_000


@dataclass(frozen=True)
class Staged:
    """Staged parquet files of one fact table and who sends them."""

    table: FactTable
    paths: Sequence[Path]
    import_id: str
    source: str

    @property
    def scan(self) -> str:
        return parquet_scan(self.paths)


def append(
    connection: duckdb.DuckDBPyConnection,
    staged: Staged,
    *,
    files: FactFiles,
    limits: LoadLimits,
    progress: Progress | None,
) -> TableLoad:
    """Append the rows, invisible until `loads` says so. Relation `keys` (client_key, client_id) is in `connection`."""
    part = _survey(connection, staged)
    if part.rows == 0:
        return part
    with DeltaWriter(arrow_schema(staged.table), write=_appending(files, staged)) as writer:
        done = 0
        for keys in _key_ranges(connection, staged, rows=part.rows, limits=limits):
            for batch in connection.sql(_facts_sql(staged, _present(connection, staged), keys)).to_arrow_reader(
                _BATCH_ROWS
            ):
                done += batch.num_rows
                if progress:
                    progress(staged.table.name, done, part.rows)
                writer.put(batch.columns)
        if done != part.rows:
            _check_keys(connection, staged)
            raise AssertionError(f"staged {staged.table.name}: {part.rows} rows, {done} of them with clients")
    _check_written(files, staged, part)
    return part


def _key_ranges(
    connection: duckdb.DuckDBPyConnection, staged: Staged, *, rows: int, limits: LoadLimits
) -> Sequence[str]:
    """Relations of keys to load one after the other, clients in order: all at once, unless there are too many rows."""
    if not staged.table.has_clients or rows <= limits.sorted_rows:
        return [KEYS]
    connection.execute(
        f"create or replace table {_PARTS} as "
        f"select client_id, (sum(rows) over (order by client_id) - 1) // {limits.sorted_rows} as part "
        f"from (select client_key, count(*) as rows from {staged.scan} group by client_key) "
        f"join {KEYS} using (client_key)"
    )
    ranges = connection.execute(f"select min(client_id), max(client_id) from {_PARTS} group by part order by part")
    bounds = ranges.fetchall()
    connection.execute(f"drop table {_PARTS}")
    return [f"(from {KEYS} where client_id between {first} and {last})" for first, last in bounds]


def _appending(files: FactFiles, staged: Staged) -> Callable[[pa.RecordBatchReader], None]:
    def write(rows: pa.RecordBatchReader) -> None:
        write_deltalake(
            str(files.path),
            rows,
            mode="append",
            target_file_size=_TARGET_FILE_BYTES,
            writer_properties=FILE_PROPERTIES,
            commit_properties=CommitProperties(
                custom_metadata={"import_id": staged.import_id}, max_commit_retries=_COMMIT_RETRIES
            ),
        )

    return write


def _survey(connection: duckdb.DuckDBPyConnection, staged: Staged) -> TableLoad:
    """Count the rows and the days they span; crash on what intake promised never to stage."""
    if not staged.paths:
        return TableLoad(rows=0)
    present = _present(connection, staged)
    wanted = {column.name: column for column in staged_columns(staged.table)}
    required = {name for name, column in wanted.items() if column.required}
    if not required <= present <= set(wanted):
        raise AssertionError(f"staged {staged.table.name} has columns {sorted(present)}, not {sorted(wanted)}")
    day = staged.table.dated_by or "null::date"
    nulls = " or ".join(f"{name} is null" for name in sorted(required))
    query = (
        f"select count(*), min({day}), max({day}), count(*) filter (where ({day}) is null), "
        f"count(*) filter (where {nulls}) from ({_typed(staged, present)})"
    )
    rows, first_on, last_on, undated, broken = _one_row(connection, query)
    if broken:
        raise AssertionError(f"staged {staged.table.name} has {broken} rows with a required value missing")
    if staged.table.is_dimension:
        return TableLoad(rows=_key_total(connection, staged))
    return TableLoad(rows=rows, first_on=first_on, last_on=last_on, undated=undated)


def _present(connection: duckdb.DuckDBPyConnection, staged: Staged) -> set[str]:
    return set(connection.sql(f"select * from {staged.scan} limit 0").columns)


def _key_total(connection: duckdb.DuckDBPyConnection, staged: Staged) -> int:
    """Rows of a dimension that will be written: the last row of each key."""
    return int(_one_row(connection, f"select count(distinct {staged.table.key}) from {staged.scan}")[0])


def _check_keys(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Name staged keys without a client: the join has lost their rows."""
    if not staged.table.has_clients:
        return
    missing = connection.execute(
        f"select distinct client_key from {staged.scan} anti join {KEYS} using (client_key) limit {_MISSING_SHOWN}"
    ).fetchall()
    if missing:
        raise AssertionError(f"staged {staged.table.name}: no client for keys {[key for (key,) in missing]}")


def _one_row(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    (row,) = connection.execute(query).fetchall()
    return tuple(row)


def _typed(staged: Staged, present: set[str]) -> str:
    """Staged rows with every column of the schema in its own type; an optional column nobody staged is null."""
    columns = (
        f"cast({column.name if column.name in present else 'null'} as {column.type.sql}) as {column.name}"
        for column in staged_columns(staged.table)
    )
    return f"select {', '.join(columns)} from {staged.scan}"


def _facts_sql(staged: Staged, present: set[str], keys: str) -> str:
    """Rows of the clients of `keys` as the ledger keeps them, near rows of one client together."""
    table = staged.table
    columns = ", ".join(_ledger_column(column, staged) for column in table.columns)
    rows = f"({_typed(staged, present)}) as staged"
    if table.is_dimension:
        last = f"qualify row_number() over (partition by {table.key} order by row_no desc) = 1"
        return f"select {columns} from {rows} {last} order by {table.key}"
    return f"select {columns} from {rows} join {keys} using (client_key) order by client_id, {table.dated_by}, row_no"


def _ledger_column(column: Column, staged: Staged) -> str:
    constants = {"import_id": staged.import_id, "source": staged.source}
    if column.name in constants:
        return f"{text(constants[column.name])} as {column.name}"
    return column.name


def _check_written(files: FactFiles, staged: Staged, part: TableLoad) -> None:
    written = sum(file.rows for file in files.by_import().get(staged.import_id, ()))
    if written != part.rows:
        raise AssertionError(f"{staged.table.name}: {part.rows} rows staged, {written} written")
