"""Who sold last to each client of a staged file: asked before its rows are loaded, for the clients that are new."""

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa

from .duck import connect, parquet_scan
from .workspace import Workspace

# Two texts and a day for each client; more than fits is spilled.
MEMORY = "300MB"


def latest_sellers(sales: Sequence[Path], *, scratch: Path) -> pa.Table:
    """client_key, sold_on (ISO text), seller: of several sellers on his last day the last by name."""
    workspace = Workspace(scratch)
    try:
        readable = {path.parent for path in sales}
        with connect(workspace.path, readable=readable, memory_limit=MEMORY) as connection:
            return connection.sql(
                "select client_key, latest[:10] as sold_on, latest[11:] as seller from ("
                f"select client_key, max(sold_on::varchar || seller) as latest from {parquet_scan(sales)} "
                "where seller is not null group by client_key)"
            ).to_arrow_table()
    finally:
        workspace.close()
