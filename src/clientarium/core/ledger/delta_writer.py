"""Rows to delta-rs, in a thread of its own, fed through a short queue.

delta-rs pulls from a stream on a thread of its runtime, where neither it nor Django may be called again;
so rows are computed, and progress told, on the caller's thread.
"""

from collections.abc import Callable, Iterator, Sequence
from queue import Full, Queue
from threading import Thread
from types import TracebackType
from typing import Self

import pyarrow as pa
from deltalake import WriterProperties

# A row group is what one thread reads at a time; DuckDB's own size.
_ROW_GROUP_ROWS = 122_880
FILE_PROPERTIES = WriterProperties(compression="ZSTD", compression_level=3, max_row_group_size=_ROW_GROUP_ROWS)

_QUEUED_BATCHES = 4
# How often a full queue looks whether its reader is still alive.
_QUEUE_SECONDS = 0.5


class DeltaWriter:
    """A context manager: `put` batches, and leaving it commits them; an exception inside leaves nothing committed."""

    def __init__(self, schema: pa.Schema, *, write: Callable[[pa.RecordBatchReader], None]) -> None:
        self.schema, self._write_all = schema, write
        self._queue: Queue[pa.RecordBatch | BaseException | None] = Queue(maxsize=_QUEUED_BATCHES)
        self._failure: BaseException | None = None
        self._thread = Thread(target=self._write, name="delta writer")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def put(self, columns: Sequence[pa.Array]) -> None:
        """Hand on a batch; raises what the writing failed with."""
        self._offer(pa.RecordBatch.from_arrays(columns, schema=self.schema))
        if self._failure is not None:
            raise self._failure

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._offer(error)
        self._thread.join()
        if error is None and self._failure is not None:
            raise self._failure

    def _offer(self, item: pa.RecordBatch | BaseException | None) -> None:
        while self._thread.is_alive():
            try:
                self._queue.put(item, timeout=_QUEUE_SECONDS)
            except Full:
                continue
            return

    def _batches(self) -> Iterator[pa.RecordBatch]:
        while (item := self._queue.get()) is not None:
            if isinstance(item, BaseException):
                raise item  # ends the stream without a commit
            yield item

    def _write(self) -> None:
        try:
            self._write_all(pa.RecordBatchReader.from_batches(self.schema, self._batches()))
        except BaseException as failure:  # noqa: BLE001 -- raised on the caller's thread; a Rust panic is a BaseException
            self._failure = failure
