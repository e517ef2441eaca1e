"""The content of a table as one hash: equal rows give an equal hash, whatever engine or batch size made them.

Amounts, dates and texts count exactly. Doubles count to 12 significant digits: engines that add in another order
differ after the fifteenth.
"""

import hashlib
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

SIGNIFICANT_DIGITS = 12
GREATEST_POWER = 300


class Fingerprint:
    """Takes batches of one schema in row order; each column is hashed as one stream, so batch borders do not show."""

    def __init__(self, schema: pa.Schema) -> None:
        self._schema = schema
        self._columns = [_ColumnHash() for _ in schema]

    def add(self, batch: pa.RecordBatch) -> None:
        for column, values in zip(self._columns, batch.columns, strict=True):
            column.add(values)

    def digest(self) -> str:
        """Hex SHA-256 of the columns' names and contents; the types' names do not count (int32 = int64)."""
        whole = hashlib.sha256()
        for field, column in sorted(zip(self._schema, self._columns, strict=True), key=lambda pair: pair[0].name):
            whole.update(field.name.encode() + b"\x00" + column.digest())
        return whole.hexdigest()


class _ColumnHash:
    def __init__(self) -> None:
        self._known, self._values, self._lengths = hashlib.sha256(), hashlib.sha256(), hashlib.sha256()

    def add(self, values: pa.Array) -> None:
        self._known.update(_bytes(values.is_valid().cast(pa.int8())))
        known = values.drop_null()
        if pa.types.is_floating(known.type):
            self._values.update(significant(known.to_numpy(zero_copy_only=False)).tobytes())
        elif pa.types.is_boolean(known.type) or pa.types.is_integer(known.type):
            self._values.update(_bytes(known.cast(pa.int64())))
        elif pa.types.is_date(known.type):
            self._values.update(_bytes(known.cast(pa.date32()).cast(pa.int32())))
        else:
            self._add_texts(known.cast(pa.string()))

    def _add_texts(self, texts: pa.StringArray) -> None:
        self._lengths.update(_bytes(pc.binary_length(texts).cast(pa.int64())))
        # concatenating in Arrow keeps a million texts out of Python
        joined = pc.binary_join(pa.ListArray.from_arrays([0, len(texts)], texts), "")[0].as_py() if len(texts) else ""
        self._values.update(joined.encode())

    def digest(self) -> bytes:
        return self._known.digest() + self._values.digest() + self._lengths.digest()


def significant(values: np.ndarray) -> np.ndarray:
    """Doubles rounded to 12 significant digits; minus zero is zero."""
    values = values.astype(np.float64)
    finite = np.isfinite(values) & (values != 0)
    digits = np.zeros_like(values)
    digits[finite] = SIGNIFICANT_DIGITS - 1 - np.floor(np.log10(np.abs(values[finite])))
    # Past this a power of ten is no double any more; figures that small or large are no figures of a firm.
    digits = np.clip(digits, -GREATEST_POWER, GREATEST_POWER)
    rounded = values.copy()
    scale = np.power(10.0, np.abs(digits[finite]))
    up = digits[finite] >= 0
    with np.errstate(over="ignore"):  # of the two branches only the one that fits is taken
        scaled = np.rint(np.where(up, values[finite] * scale, values[finite] / scale))
        rounded[finite] = np.where(up, scaled / scale, scaled * scale)
    return rounded + 0.0


def _bytes(values: pa.Array) -> bytes:
    return bytes(values.to_numpy(zero_copy_only=False).tobytes())


def fingerprint_of(batches: Iterable[pa.RecordBatch], schema: pa.Schema) -> tuple[str, int]:
    """(hash, rows) of batches that come in row order."""
    fingerprint, rows = Fingerprint(schema), 0
    for batch in batches:
        fingerprint.add(batch)
        rows += batch.num_rows
    return fingerprint.digest(), rows


def table_fingerprint(table: pa.Table | None, *, sorted_by: list[str]) -> str:
    """The hash of a table argument, whatever the order of its rows; '' for none."""
    if table is None:
        return ""
    ordered = table.sort_by([(name, "ascending") for name in sorted_by])
    return fingerprint_of(ordered.to_batches(), ordered.schema)[0]
