"""The table `loads`: what was loaded and undone, in order. A commit here is the only thing that makes rows visible."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

import pyarrow as pa
from deltalake import CommitProperties, DeltaTable, write_deltalake

from .errors import UnknownVersion

EMPTY_VERSION = -1
# Delta writes a checkpoint of its log each so many commits; ours are tiny and read at every start.
_CHECKPOINT_COMMITS = "20"

_SCHEMA = pa.schema(
    [
        pa.field("seq", pa.int64(), nullable=False),
        pa.field("import_id", pa.string(), nullable=False),
        pa.field("state", pa.string(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("mode", pa.string(), nullable=False),
        pa.field("first_on", pa.date32()),
        pa.field("last_on", pa.date32()),
        pa.field("rows", pa.int64(), nullable=False),
        pa.field("tables", pa.string(), nullable=False),
        pa.field("program_version", pa.string(), nullable=False),
    ]
)


class LoadMode(StrEnum):
    """How a load treats what its source sent before."""

    APPEND = "append"
    REPLACE = "replace"
    UPSERT = "upsert"


class LoadState(StrEnum):
    LOADED = "loaded"
    UNDONE = "undone"


@dataclass(frozen=True)
class TableLoad:
    """A fact table's part of a load: its rows, their days, rows without a day, earlier loads whose keys it re-sent."""

    rows: int
    first_on: date | None = None
    last_on: date | None = None
    undated: int = 0
    hides: tuple[str, ...] = ()


@dataclass(frozen=True)
class Load:
    """One load; `first_on`..`last_on` is the period it replaces, or the days it spans when it replaces nothing."""

    import_id: str
    seq: int
    state: LoadState
    source: str
    mode: LoadMode
    first_on: date | None
    last_on: date | None
    tables: Mapping[str, TableLoad] = field(default_factory=dict)
    program_version: str = ""

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())

    @property
    def is_loaded(self) -> bool:
        return self.state is LoadState.LOADED


@dataclass(frozen=True)
class LoadReceipt:
    """What a load did: the ledger version that shows it and the rows of each fact table."""

    import_id: str
    version: int
    rows: Mapping[str, int]
    first_on: date | None
    last_on: date | None


def receipt_of(load: Load) -> LoadReceipt:
    """The receipt of `load`, the same whenever it is asked for."""
    rows = {name: table.rows for name, table in load.tables.items()}
    return LoadReceipt(load.import_id, load.seq, rows, load.first_on, load.last_on)


class LoadsTable:
    """Events in Delta, one per commit: `seq` of an event is the ledger version that it made.

    Every commit rewrites the whole (small) table, so it is one file to read, and holds its whole history in rows,
    so a past version is a filter and needs nothing of Delta's own log retention.
    """

    def __init__(self, path: Path) -> None:
        self._path = str(path)

    def version(self) -> int:
        """Version of the ledger: -1 before the first load, then one more with each load or undo."""
        return DeltaTable(self._path).version() if self._exists() else EMPTY_VERSION

    def events(self) -> list[Load]:
        """Every load and undo ever committed, in order."""
        if not self._exists():
            return []
        rows = DeltaTable(self._path).to_pyarrow_table().sort_by("seq").to_pylist()
        return [_from_row(row) for row in rows]

    def commit(self, events: Iterable[Load]) -> None:
        """Write `events` as the new whole history. The caller holds the commit lock and read `events` under it."""
        history = list(events)
        table = pa.Table.from_pylist([_to_row(event) for event in history], schema=_SCHEMA)
        last = history[-1]
        marks = {"import_id": last.import_id, "state": str(last.state)}
        write_deltalake(
            self._path,
            table,
            mode="overwrite",
            configuration=None if self._exists() else {"delta.checkpointInterval": _CHECKPOINT_COMMITS},
            commit_properties=CommitProperties(custom_metadata=marks, max_commit_retries=0),
        )
        if self.version() != last.seq:
            raise AssertionError(f"ledger version {self.version()} does not equal seq {last.seq} of {last.import_id}")

    def vacuum(self) -> int:
        """Remove old copies of the history that no reader can still be reading (a week old); returns how many."""
        return len(DeltaTable(self._path).vacuum(dry_run=False)) if self._exists() else 0

    def _exists(self) -> bool:
        return DeltaTable.is_deltatable(self._path)


def loads_at(events: Iterable[Load], version: int | None) -> list[Load]:
    """Loads as of `version` (None: the latest) in the order they were made, each with its state then.

    Raises UnknownVersion for a version the ledger never had.
    """
    history = list(events)
    latest = history[-1].seq if history else EMPTY_VERSION
    if version is not None and not EMPTY_VERSION <= version <= latest:
        raise UnknownVersion(version=version, latest=latest)
    known: dict[str, Load] = {}
    for event in history:
        if version is not None and event.seq > version:
            break
        made = known.get(event.import_id, event)
        known[event.import_id] = replace(made, state=event.state)
    return list(known.values())


def _to_row(load: Load) -> dict[str, Any]:
    tables = {
        name: {
            "rows": part.rows,
            "first_on": part.first_on and part.first_on.isoformat(),
            "last_on": part.last_on and part.last_on.isoformat(),
            "undated": part.undated,
            "hides": part.hides,
        }
        for name, part in load.tables.items()
    }
    row = {name: getattr(load, name) for name in _SCHEMA.names}
    return row | {"state": str(load.state), "mode": str(load.mode), "tables": json.dumps(tables)}


def _from_row(row: Mapping[str, Any]) -> Load:
    tables = {name: _table_load(part) for name, part in json.loads(row["tables"]).items()}
    known = {name: row[name] for name in ("import_id", "seq", "source", "first_on", "last_on", "program_version")}
    return Load(**known, state=LoadState(row["state"]), mode=LoadMode(row["mode"]), tables=tables)


def _table_load(part: Mapping[str, Any]) -> TableLoad:
    return TableLoad(
        rows=part["rows"],
        first_on=part["first_on"] and date.fromisoformat(part["first_on"]),
        last_on=part["last_on"] and date.fromisoformat(part["last_on"]),
        undated=part["undated"],
        hides=tuple(part["hides"]),
    )
