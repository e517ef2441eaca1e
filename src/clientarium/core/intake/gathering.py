"""Parquet files written as blocks come: facts as they are, clients and products once each."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

# Rows of distinct things kept before they are made distinct again: bounds the memory, not the number of clients.
_COMPACT_ROWS = 500_000
_ROW_GROUP_ROWS = 250_000


class FactFile:
    """One parquet file of a fact table, opened with the first rows; small blocks are gathered into row groups."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.rows = 0
        self._writer: pq.ParquetWriter | None = None
        self._waiting: list[pa.Table] = []
        self._waiting_rows = 0

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
        if self._writer is not None:
            self._writer.close()

    def _flush(self) -> None:
        if not self._waiting:
            return
        table = pa.concat_tables(self._waiting)
        if self._writer is None:
            texts = [field.name for field in table.schema if pa.types.is_string(field.type)]
            self._writer = pq.ParquetWriter(self.path, table.schema, compression="lz4", use_dictionary=texts)
        self._writer.write_table(table)
        self._waiting, self._waiting_rows = [], 0


class DistinctRows:
    """Rows known by `key`: the first filled value of every other column is kept, values of `lists` are all kept."""

    def __init__(self, key: str, *, lists: Sequence[str] = ()) -> None:
        self._key = key
        self._lists = tuple(lists)
        self._tables: list[pa.Table] = []
        self._rows = 0

    def add(self, table: pa.Table) -> None:
        if not table.num_rows:
            return
        compact = self._distinct(table)
        self._tables.append(compact)
        self._rows += compact.num_rows
        if self._rows >= _COMPACT_ROWS:
            self._tables = [self._distinct(pa.concat_tables(self._tables))]
            self._rows = self._tables[0].num_rows if self._tables[0].num_rows < _COMPACT_ROWS // 2 else 0

    def table(self) -> pa.Table | None:
        """Return the distinct rows in the order they were first met; None when there were none."""
        return self._distinct(pa.concat_tables(self._tables)) if self._tables else None

    def _distinct(self, table: pa.Table) -> pa.Table:
        others = [name for name in table.column_names if name != self._key]
        single = [name for name in others if name not in self._lists]
        # Only whole columns of nothing are common in a file of sales: they cost no grouping.
        empty = [name for name in others if table[name].null_count == table.num_rows]
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
