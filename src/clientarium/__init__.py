"""Clientarium: a company's client base as a living system.

>>> import clientarium
>>> home = clientarium.open_home("var")
>>> home.snapshot()                                  # all numbers and categories of the latest snapshot
>>> home.clients(where="margin_12m > 100000 and grade = 'A'")
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from os import PathLike
from pathlib import Path
from typing import Any

__all__ = ["Home", "match_records", "open_home"]


class Home:
    """One company's data, for notebooks and scripts: reads only; everything comes back as a table."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __repr__(self) -> str:
        return f"Home({str(self.folder)!r})"

    def snapshot_dates(self) -> list[date]:
        """The dates for which snapshots are kept, oldest first."""
        return sorted(self._snapshots().dates())

    def snapshot(self, as_of: date | str | None = None) -> Any:
        """All metrics and categories of all clients as of a date (default: the latest): pandas if there, else pyarrow.

        Raises LookupError if there is no snapshot of that date.
        """
        wanted = date.fromisoformat(as_of) if isinstance(as_of, str) else as_of
        dates = self.snapshot_dates()
        day = wanted or (dates[-1] if dates else None)
        if day not in dates:
            message = f"no snapshot as of {day}; there are: {', '.join(map(str, dates)) or 'none, run a pulse first'}"
            raise LookupError(message)
        return _frame(self._snapshots().read(day))

    def clients(self, where: str | None = None, columns: list[str] | None = None, sort: str | None = None) -> Any:
        """The published state of the clients that fulfil `where`, with code and name: pandas if there, else pyarrow."""
        listing = import_module("clientarium.interfaces.cli.listing")  # models need an open home
        return _frame(listing.listed_clients(where=where or "", columns=columns or [], sort=sort or "").table())

    def _snapshots(self) -> Any:
        return import_module("clientarium.core.ledger").Snapshots(self.folder / "snapshots")


def open_home(path: str | PathLike[str] | None = None, *, create: bool = False) -> Home:
    """Open the home at `path` (default: CLIENTARIUM_HOME or ./var); FileNotFoundError if it is not there.

    One process serves one home.
    """
    start = import_module("clientarium.config.start")  # settings are read when a home is opened, not before
    return Home(start.open_home(Path(path) if path is not None else None, create=create))


def match_records(table: Any, fields: Mapping[str, str] | Sequence[str] | None = None) -> tuple[Any, Any]:
    """Find rows of any table (pandas or pyarrow) that are one thing: the likely pairs and the cluster of every row.

    `fields` names the columns to compare, with roles (name phone email id address date number text) or without; roles
    not given are guessed. A row that is like no other is a cluster by itself, numbered by its place.
    """
    identity = import_module("clientarium.core.identity")  # numpy and scipy are not wanted by every script
    arrow = import_module("pyarrow")
    rows = table if isinstance(table, arrow.Table) else arrow.Table.from_pandas(table, preserve_index=False)
    pairs = identity.match_records(rows, fields)
    labels = arrow.table({"row": range(rows.num_rows), "cluster": identity.record_clusters(pairs, rows.num_rows)})
    return _frame(pairs), _frame(labels)


def _frame(table: Any) -> Any:
    return table.to_pandas() if find_spec("pandas") else table
