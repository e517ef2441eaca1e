"""What an engine is: SQL in DuckDB's dialect over the visible rows of the ledger, wherever it runs."""

from types import TracebackType
from typing import Literal, Protocol, Self

import pyarrow as pa

EngineKind = Literal["duckdb", "spark"]
DEFAULT_BATCH_ROWS = 100_000


class Engine(Protocol):
    """A context manager with views sales, touches, payments, products, sellers.

    Every statement raises EngineError with the step and the query, Cancelled after `cancel()`,
    StorageFull or MemoryLimitReached when the machine is too small.
    """

    kind: EngineKind
    ledger_version: int

    def register(self, name: str, table: pa.Table) -> None:
        """Make `table` a relation."""

    def materialize(self, name: str, sql: str) -> None:
        """Compute `sql` once and keep it as relation `name`; `name` is the step shown in errors."""

    def view(self, name: str, sql: str) -> None:
        """Name `sql`; it runs each time it is read."""

    def fetch(self, sql: str, *, step: str = "fetch") -> pa.Table:
        """The whole answer."""

    def reader(self, sql: str, batch_rows: int = DEFAULT_BATCH_ROWS) -> pa.RecordBatchReader:
        """The answer in batches; the engine stays usable meanwhile."""

    def columns(self, name: str) -> dict[str, str]:
        """Columns of relation `name` in order, each with its type's Arrow name."""

    def read_files(self, name: str, files: list[str], *, by_date: bool = False) -> None:
        """Make parquet `files` a view; `by_date`: with the column as_of from their folders, absent columns null."""

    def cancel(self) -> None:
        """From another thread: stop what is running and refuse what comes after."""

    def close(self) -> None:
        """Let everything go."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
