"""An engine that stops between two statements when somebody asked to stop."""

from collections.abc import Callable, Iterator

import pyarrow as pa

from clientarium.core.ledger import Cancelled, Engine

IsCancelled = Callable[[], bool]


class WatchedEngine:
    """Passes everything on to `engine`, but asks `is_cancelled` first; raises Cancelled and cancels the engine."""

    def __init__(self, engine: Engine, is_cancelled: IsCancelled | None) -> None:
        self._engine, self._is_cancelled = engine, is_cancelled

    def check(self, step: str) -> None:
        if self._is_cancelled is not None and self._is_cancelled():
            self._engine.cancel()
            raise Cancelled(step)

    def register(self, name: str, table: pa.Table) -> None:
        self.check(name)
        self._engine.register(name, table)

    def materialize(self, name: str, sql: str) -> None:
        self.check(name)
        self._engine.materialize(name, sql)

    def view(self, name: str, sql: str) -> None:
        self.check(name)
        self._engine.view(name, sql)

    def reader(self, sql: str) -> pa.RecordBatchReader:
        """The answer in batches, with a check before each."""
        self.check("reader")
        source = self._engine.reader(sql)
        return pa.RecordBatchReader.from_batches(source.schema, self._checked(source))

    def _checked(self, source: pa.RecordBatchReader) -> Iterator[pa.RecordBatch]:
        for batch in source:
            self.check("reader")
            yield batch
