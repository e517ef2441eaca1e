"""Products named in sales, once each, under the name they stand with most often.

A file of sales carries junk in names ("wrongly marked", "damages"): the first or greatest name is often one of them.
"""

import pyarrow as pa
import pyarrow.compute as pc

from clientarium.core.intake.gathering import first_rows

_PRODUCT, _NAME, _SEEN = "product", "name", "seen"
_OTHERS = ("product_group", "unit")
# Rows of distinct pairs kept before they are counted together: bounds the memory.
_COMPACT_ROWS = 200_000


class ProductRows:
    """Gathers product, name, product_group, unit; null: not known."""

    def __init__(self) -> None:
        self._tables: list[pa.Table] = []
        self._rows = 0

    def add(self, table: pa.Table) -> None:
        """Take rows that `distinct` has been through."""
        if not table.num_rows:
            return
        self._tables.append(table)
        self._rows += table.num_rows
        if self._rows >= _COMPACT_ROWS:
            self._tables = [_counted_together(pa.concat_tables(self._tables))]
            self._rows = self._tables[0].num_rows if self._tables[0].num_rows < _COMPACT_ROWS // 2 else 0

    def distinct(self, table: pa.Table) -> pa.Table:
        """Each pair of product and name once, with `seen`, in how many rows; may be called from any thread."""
        pairs = _pairs(table)
        counted = pc.value_counts(pairs)
        kept = table.take(first_rows(pairs)).append_column(_SEEN, counted.field("counts"))
        return _counted_together(table, kept) if _has_gaps(table) else kept

    def table(self) -> pa.Table | None:
        """Each product once, in the order first met; of two names seen equally often the one met first."""
        if not self._tables:
            return None
        met = _counted_together(pa.concat_tables(self._tables))
        order = pa.table({"seen": met[_SEEN], "row": pa.array(range(met.num_rows), pa.int64())})
        usual = met.take(pc.sort_indices(order, sort_keys=[("seen", "descending"), ("row", "ascending")]))
        chosen = usual.group_by(_PRODUCT, use_threads=False).aggregate(
            [(name, "first") for name in (_NAME, *_OTHERS)]  # of filled ones
        )
        chosen = chosen.rename_columns([name.removesuffix("_first") for name in chosen.column_names])
        first_met = met.take(first_rows(met[_PRODUCT]))[_PRODUCT]
        return chosen.take(pc.index_in(first_met, chosen[_PRODUCT].combine_chunks()))


def _pairs(table: pa.Table) -> pa.ChunkedArray:
    """One number for each pair of product and name: grouping numbers is several times faster than texts."""
    product, name = (
        table[column].combine_chunks().dictionary_encode(null_encoding="encode") for column in (_PRODUCT, _NAME)
    )
    width = pa.scalar(max(len(name.dictionary), 1), pa.int64())
    numbers = pc.add(pc.multiply(product.indices.cast(pa.int64()), width), name.indices.cast(pa.int64()))
    return pa.chunked_array([numbers])


def _has_gaps(table: pa.Table) -> bool:
    return any(0 < table[name].null_count < table.num_rows for name in _OTHERS)


def _counted_together(table: pa.Table, counted: pa.Table | None = None) -> pa.Table:
    """The pairs of `table` once each with the sum of `seen` (of `counted` where `table` has none), others filled."""
    sums = [] if counted is not None else [(_SEEN, "sum")]
    grouped = table.group_by([_PRODUCT, _NAME], use_threads=False).aggregate(
        [(name, "first") for name in _OTHERS] + sums
    )
    grouped = grouped.rename_columns(
        [name.removesuffix("_first").removesuffix("_sum") for name in grouped.column_names]
    )
    if counted is not None:  # both are in the order in which the pairs are first met
        grouped = grouped.append_column(_SEEN, counted[_SEEN])
    return grouped.select([_PRODUCT, _NAME, *_OTHERS, _SEEN])
