"""Parquet files written as blocks come: facts as they are, clients and products once each."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

# Rows of distinct things kept before they are made distinct again: bounds the memory, not the number of clients.
_COMPACT_ROWS = 500_000
_ROW_GROUP_ROWS = 250_000
# A dictionary of texts pays while most of them repeat: names do, numbers of documents do not.
_REPEATED_SHARE = 0.5


class FactFile:
    """One parquet file of a fact table, opened with the first rows; small blocks are gathered into row groups.

    Row groups are written on a thread of their own, one at a time: a failure is raised by the next `add` or `close`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._writer: pq.ParquetWriter | None = None
        self._waiting: list[pa.Table] = []
        self._waiting_rows = 0
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._writing: Future[None] | None = None

    def add(self, table: pa.Table) -> None:
        if not table.num_rows:
            return
        self._waiting.append(table)
        self._waiting_rows += table.num_rows
        self.rows += table.num_rows
        if self._waiting_rows >= _ROW_GROUP_ROWS:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._settle()
        self._pool.shutdown()
        if self._writer is not None:
            self._writer.close()

    def _flush(self) -> None:
        self._settle()
        if self._waiting:
            self._writing = self._pool.submit(self._write, self._waiting)
            self._waiting, self._waiting_rows = [], 0

    def _settle(self) -> None:
        if self._writing is not None:
            self._writing.result()

    def _write(self, tables: list[pa.Table]) -> None:
        table = pa.concat_tables(tables)
        if self._writer is None:
            texts = [field.name for field in table.schema if _has_repeated_texts(table, field)]
            self._writer = pq.ParquetWriter(
                self.path, table.schema, compression="lz4", use_dictionary=texts, write_statistics=False
            )
        self._writer.write_table(table)


def _has_repeated_texts(table: pa.Table, field: pa.Field) -> bool:
    if not pa.types.is_string(field.type):
        return False
    return bool(len(table[field.name].unique()) <= max(table.num_rows * _REPEATED_SHARE, 1))


class DistinctRows:
    """Rows known by `key`: the first filled value of every other column is kept, values of `lists` are all kept."""

    def __init__(self, key: str, *, lists: Sequence[str] = ()) -> None:
        self._key = key
        self._lists = tuple(lists)
        self._tables: list[pa.Table] = []
        self._rows = 0

    def add(self, table: pa.Table) -> None:
        """Take rows that `distinct` has been through."""
        if not table.num_rows:
            return
        self._tables.append(table)
        self._rows += table.num_rows
        if self._rows >= _COMPACT_ROWS:
            self._tables = [self.distinct(pa.concat_tables(self._tables))]
            self._rows = self._tables[0].num_rows if self._tables[0].num_rows < _COMPACT_ROWS // 2 else 0

    def table(self) -> pa.Table | None:
        """Return the distinct rows in the order they were first met; None when there were none."""
        return self.distinct(pa.concat_tables(self._tables)) if self._tables else None

    def distinct(self, table: pa.Table) -> pa.Table:
        """Each key of `table` once, as described above; may be called from any thread."""
        if not table.num_rows:
            return table
        others = [name for name in table.column_names if name != self._key]
        single = [name for name in others if name not in self._lists]
        # Only whole columns of nothing are common in a file of sales: they cost no grouping.
        empty = [name for name in others if table[name].null_count == table.num_rows]
        if all(table[name].null_count == 0 for name in (self._key, *others) if name not in empty) and not (
            set(self._lists) - set(empty)
        ):
            return table.take(first_rows(table[self._key]))
        grouped = table.group_by(self._key, use_threads=False).aggregate(
            [(name, "first") for name in single if name not in empty]
            + [(name, "distinct") for name in self._lists if name not in empty]
        )
        columns = {self._key: grouped[self._key]}
        for name in others:
            columns[name] = self._column(grouped, name, empty=name in empty)
        return pa.table(columns)

    def _column(self, grouped: pa.Table, name: str, *, empty: bool) -> pa.ChunkedArray | pa.Array:
        if empty:
            return pa.nulls(grouped.num_rows, pa.string())
        if name not in self._lists:
            return grouped[f"{name}_first"]
        cells = (
            "\n".join(dict.fromkeys(part for cell in cells if cell for part in cell.split("\n")))
            for cells in grouped[f"{name}_distinct"].to_pylist()
        )
        return pa.array([cell or None for cell in cells], pa.string())


def first_rows(keys: pa.ChunkedArray) -> pa.Array:
    """The row in which each key is met first, in that order; several times faster than grouping texts."""
    encoded = keys.combine_chunks().dictionary_encode()
    numbers = encoded.indices.to_numpy()
    rows = np.empty(len(encoded.dictionary), dtype=np.int64)
    # Of several rows of one key the last assignment stands: backwards that is the first row.
    rows[numbers[::-1]] = np.arange(len(numbers) - 1, -1, -1)
    return pa.array(rows)
