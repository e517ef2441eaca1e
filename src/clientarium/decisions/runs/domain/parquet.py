"""Small staged tables (clients, sellers) as the decisions need them."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def read_optional(path: Path | None) -> pa.Table | None:
    """The table, or None where the stage has none."""
    return None if path is None else pq.read_table(path)
