"""The engine in this process: DuckDB over the ledger's parquet files."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from .duck import connect, text
from .engine import DEFAULT_BATCH_ROWS, EngineKind
from .errors import Cancelled, EngineError, MemoryLimitReached, StorageFull, is_storage_full
from .workspace import Workspace


class DuckDBEngine:
    """See `Engine`. Relations live in an in-memory database of their own and may spill to the workspace."""

    kind: EngineKind = "duckdb"

    def __init__(
        self,
        workspace: Workspace,
        *,
        readable: Iterable[Path],
        ledger_version: int,
        memory_limit: str,
        threads: int | None,
    ) -> None:
        self.ledger_version = ledger_version
        self._workspace, self._memory_limit = workspace, memory_limit
        self._connection = connect(workspace.path, readable=readable, memory_limit=memory_limit, threads=threads)
        self._cursors: list[duckdb.DuckDBPyConnection] = []
        self._is_cancelled = False

    def register(self, name: str, table: pa.Table) -> None:
        """Copied, not referred to: a relation of a cursor of ours must be seen by all others."""
        with self._step(name, f"register {name}"):
            self._connection.register("arriving", table)
            self._connection.execute(f"create or replace table {name} as from arriving")
            self._connection.unregister("arriving")

    def materialize(self, name: str, sql: str) -> None:
        self._execute(name, f"create or replace table {name} as {sql}")

    def view(self, name: str, sql: str) -> None:
        self._execute(name, f"create or replace view {name} as {sql}")

    def fetch(self, sql: str, *, step: str = "fetch") -> pa.Table:
        with self._step(step, sql):
            return self._connection.sql(sql).to_arrow_table()

    def reader(self, sql: str, batch_rows: int = DEFAULT_BATCH_ROWS) -> pa.RecordBatchReader:
        with self._step("reader", sql):
            cursor = self._connection.cursor()
            self._cursors.append(cursor)
            source = cursor.sql(sql).to_arrow_reader(batch_rows)
        return pa.RecordBatchReader.from_batches(source.schema, self._batches(source, sql))

    def columns(self, name: str) -> dict[str, str]:
        schema = self.fetch(f"select * from {name} limit 0", step=name).schema
        return {field.name: str(field.type) for field in schema}

    def read_files(self, name: str, files: list[str], *, by_date: bool = False) -> None:
        paths = ", ".join(text(path) for path in files)
        options = ", union_by_name = true, hive_partitioning = true, hive_types = {'as_of': date}" if by_date else ""
        self.view(name, f"select * from read_parquet([{paths}]{options})")

    def cancel(self) -> None:
        self._is_cancelled = True
        for connection in (self._connection, *self._cursors):
            connection.interrupt()

    def close(self) -> None:
        for connection in (*self._cursors, self._connection):
            connection.close()
        self._workspace.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _execute(self, step: str, query: str) -> None:
        with self._step(step, query):
            self._connection.execute(query)

    def _batches(self, source: pa.RecordBatchReader, query: str) -> Iterator[pa.RecordBatch]:
        with self._step("reader", query):
            yield from source

    @contextmanager
    def _step(self, step: str, query: str) -> Iterator[None]:
        """Run a step; DuckDB's errors come out as ours, each with the step and the query."""
        if self._is_cancelled:
            raise Cancelled(step)
        try:
            yield
        except (duckdb.Error, pa.ArrowException, OSError) as error:
            if self._is_cancelled:
                raise Cancelled(step) from error
            if is_storage_full(error):
                raise StorageFull(self._workspace.path.parent) from error
            if isinstance(error, duckdb.OutOfMemoryException):
                raise MemoryLimitReached(step=step, limit=self._memory_limit) from error
            raise EngineError(str(error), step=step, query=query) from error
