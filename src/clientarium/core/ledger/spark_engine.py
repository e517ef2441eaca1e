"""The engine past one machine: Spark over the same parquet files, from the same SQL."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow as pa
import pyarrow.dataset as pads
import pyarrow.parquet as pq
from sqlglot.errors import SqlglotError

from .dialects import to_spark
from .engine import DEFAULT_BATCH_ROWS, EngineKind
from .errors import Cancelled, EngineError, SparkMissing, StorageFull, is_storage_full
from .workspace import Workspace

try:
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession
except ImportError as error:
    raise SparkMissing from error


class SparkEngine:
    """See `Engine`. What is materialized lies as parquet in the workspace, so that no step is computed twice."""

    kind: EngineKind = "spark"

    def __init__(self, workspace: Workspace, *, ledger_version: int, memory_limit: str, threads: int | None) -> None:
        self.ledger_version = ledger_version
        self._workspace = workspace
        self._files = 0
        self._is_cancelled = False
        self._session = _session(workspace.path, memory_limit=memory_limit, threads=threads)

    def register(self, name: str, table: pa.Table) -> None:
        with self._step(name, f"register {name}"):
            folder = self._new_folder(name)
            folder.mkdir(parents=True)
            pq.write_table(table, folder / "rows.parquet")
            self.read_files(name, [str(folder / "rows.parquet")])

    def materialize(self, name: str, sql: str) -> None:
        with self._step(name, sql):
            folder = self._new_folder(name)
            self._query(sql).write.parquet(str(folder))
            self._session.read.parquet(str(folder)).createOrReplaceTempView(name)

    def view(self, name: str, sql: str) -> None:
        with self._step(name, sql):
            self._query(sql).createOrReplaceTempView(name)

    def fetch(self, sql: str, *, step: str = "fetch") -> pa.Table:
        with self._step(step, sql):
            return self._query(sql).toArrow()

    def reader(self, sql: str, batch_rows: int = DEFAULT_BATCH_ROWS) -> pa.RecordBatchReader:
        with self._step("reader", sql):
            folder = self._new_folder("reader")
            self._query(sql).write.parquet(str(folder))
            answer = pads.dataset(str(folder), format="parquet")
        return answer.scanner(batch_size=batch_rows).to_reader()

    def columns(self, name: str) -> dict[str, str]:
        schema = self.fetch(f"select * from {name} limit 0", step=name).schema
        return {field.name: str(field.type) for field in schema}

    def read_files(self, name: str, files: list[str], *, by_date: bool = False) -> None:
        reader = self._session.read
        if by_date:
            # <root>/as_of=2026-03-31/part-….parquet
            root = str(Path(files[0]).parent.parent)
            reader = reader.option("basePath", root).option("mergeSchema", "true")
        reader.parquet(*files).createOrReplaceTempView(name)

    def cancel(self) -> None:
        self._is_cancelled = True
        self._session.sparkContext.cancelAllJobs()

    def close(self) -> None:
        """Drop our relations; the Java machine stays for the next engine of this process."""
        self._session.catalog.clearCache()
        for table in self._session.catalog.listTables():
            if table.isTemporary:
                self._session.catalog.dropTempView(table.name)
        self._workspace.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _query(self, sql: str) -> Any:
        return self._session.sql(to_spark(sql))

    def _new_folder(self, name: str) -> Path:
        self._files += 1
        return self._workspace.path / f"{name}-{self._files}"

    @contextmanager
    def _step(self, step: str, query: str) -> Iterator[None]:
        """Run a step; Spark's errors come out as ours, each with the step and the query."""
        if self._is_cancelled:
            raise Cancelled(step)
        try:
            yield
        except (PySparkException, SqlglotError, pa.ArrowException, OSError) as error:
            if self._is_cancelled:
                raise Cancelled(step) from error
            if is_storage_full(error):
                raise StorageFull(self._workspace.path.parent) from error
            raise EngineError(str(error), step=step, query=query) from error


def _session(folder: Path, *, memory_limit: str, threads: int | None) -> SparkSession:
    """A session of its own catalogue in this process's one Java machine."""
    # Python workers of Spark must be this very interpreter.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # set: Spark starts its workers by it
    cores = str(threads) if threads else "*"
    builder = (
        SparkSession.builder.master(f"local[{cores}]")
        .appName("clientarium")
        .config("spark.driver.memory", memory_limit.upper().removesuffix("B").lower())
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "8")
        .config("spark.sql.warehouse.dir", str(folder / "warehouse"))
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
    )
    try:
        return builder.getOrCreate().newSession()
    except PySparkException as error:
        if "JAVA" in str(error).upper():  # no Java, or one that is too old to start
            raise SparkMissing from error
        raise
