"""One load: rows appended invisible, then one commit to `loads` that shows them."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
from deltalake.exceptions import DeltaError

from clientarium.core.facts import FACT_TABLES, FactTable

from .appending import KEYS, Progress, Staged, append
from .duck import connect, parquet_scan
from .errors import ImportUndone, LoadConflict, full_disk_reported
from .fact_files import IMPORT_ID_PATTERN
from .loads import Load, LoadMode, LoadReceipt, LoadState, TableLoad, loads_at, receipt_of
from .locks import locked
from .store import Store
from .superseding import replaced_period
from .workspace import Workspace


@dataclass(frozen=True)
class LoadRequest:
    """What to load and how; refuses names and modes that could not be kept."""

    staged: Mapping[str, Sequence[Path]]
    import_id: str
    source: str
    mode: LoadMode
    first_on: date | None
    last_on: date | None
    keys: pa.Table | None
    expect_version: int | None
    program_version: str

    def __post_init__(self) -> None:
        if not IMPORT_ID_PATTERN.fullmatch(self.import_id):
            raise ValueError(f"import_id {self.import_id!r} does not match {IMPORT_ID_PATTERN.pattern}")
        if unknown := set(self.staged) - set(FACT_TABLES):
            raise ValueError(f"no such fact tables: {sorted(unknown)}")
        if self.first_on and self.last_on and self.first_on > self.last_on:
            raise ValueError(f"the period ends before it starts: {self.first_on}..{self.last_on}")


def load_staged(store: Store, request: LoadRequest, *, progress: Progress | None) -> LoadReceipt:
    """Make `request` one version of the ledger, or return the receipt it already has.

    Raises ImportUndone, LoadConflict, StorageFull; after any failure nothing of it is visible.
    """
    with (
        full_disk_reported(store.root),
        locked(store.writers_lock, shared=True),
        locked(store.import_lock(request.import_id)),
    ):
        known = {load.import_id: load for load in loads_at(store.loads.events(), None)}
        if done := known.get(request.import_id):
            if not done.is_loaded:
                raise ImportUndone(request.import_id)
            return receipt_of(done)
        _create_tables(store)
        store.discard(request.import_id)
        try:
            return _write(store, request, progress=progress)
        except BaseException:
            # The rows are invisible already; recover() removes them where this cannot (a full disk).
            with suppress(OSError, DeltaError):
                if request.import_id not in {event.import_id for event in store.loads.events()}:
                    store.discard(request.import_id)
            raise


def _create_tables(store: Store) -> None:
    if not all(files.exists() for files in store.facts.values()):
        with locked(store.commit_lock):
            for files in store.facts.values():
                files.create()


def _write(store: Store, request: LoadRequest, *, progress: Progress | None) -> LoadReceipt:
    workspace = Workspace(store.scratch)
    try:
        readable = [store.root, *{path.parent for paths in request.staged.values() for path in paths}]
        connection = connect(workspace.path, readable=readable, memory_limit=store.limits.memory)
        with connection:
            _register_keys(connection, request.keys)
            tables = {
                name: append(
                    connection,
                    Staged(FACT_TABLES[name], paths, request.import_id, request.source),
                    files=store.facts[name],
                    limits=store.limits,
                    progress=progress,
                )
                for name, paths in request.staged.items()
            }
            return _commit(store, request, tables=tables, shared_keys=_SharedKeys(connection, store, request))
    finally:
        workspace.close()


def _register_keys(connection: duckdb.DuckDBPyConnection, keys: pa.Table | None) -> None:
    known = keys if keys is not None else pa.table({"client_key": pa.array([], pa.string()), "client_id": []})
    connection.register("arriving", known)
    connection.execute(
        f"create table {KEYS} as select client_key, cast(client_id as bigint) as client_id from arriving"
    )
    doubles = connection.execute(f"select client_key from {KEYS} group by 1 having count(*) > 1 limit 1").fetchall()
    blanks = connection.execute(
        f"select 1 from {KEYS} where client_key is null or client_id is null limit 1"
    ).fetchall()
    if doubles or blanks:
        raise AssertionError(f"keys must be unique and whole: {doubles or 'a null'}")


class _SharedKeys:
    """Which other loads of the same source have a document (key) in common with this one; asks once about each."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, store: Store, request: LoadRequest) -> None:
        self._connection, self._store, self._request = connection, store, request
        self._answers: dict[tuple[str, str], bool] = {}

    def with_loads(self, table: FactTable, others: Iterable[Load]) -> tuple[str, ...]:
        """Names of those of `others` that share a key of `table`."""
        wanted = [load.import_id for load in others if table.name in load.tables]
        if new := [import_id for import_id in wanted if (table.name, import_id) not in self._answers]:
            found = self._ask(table, new)
            self._answers |= {(table.name, import_id): import_id in found for import_id in new}
        return tuple(import_id for import_id in wanted if self._answers[(table.name, import_id)])

    def _ask(self, table: FactTable, import_ids: Sequence[str]) -> set[str]:
        files = self._store.facts[table.name].by_import()
        ours = [file.path for file in files.get(self._request.import_id, ())]
        theirs = [file.path for import_id in import_ids for file in files.get(import_id, ())]
        if not ours or not theirs:
            return set()
        rows = self._connection.execute(
            f"select distinct import_id from {parquet_scan(theirs)} "
            f"where {table.key} in (select {table.key} from {parquet_scan(ours)} where {table.key} is not null)"
        ).fetchall()
        return {import_id for (import_id,) in rows}


def _commit(
    store: Store, request: LoadRequest, *, tables: Mapping[str, TableLoad], shared_keys: _SharedKeys
) -> LoadReceipt:
    """The one moment of a load: under the lock, look at what others committed and add our line."""
    load = _load_of(request, tables)
    # Asked before the lock about all there is; under it only about loads that came meanwhile.
    _hiding(load, store.loads.events(), shared_keys)
    with locked(store.commit_lock):
        events = store.loads.events()
        if request.expect_version is not None:
            _refuse_conflict(load, events, expect_version=request.expect_version, shared_keys=shared_keys)
        seq = events[-1].seq + 1 if events else 0
        load = replace(_hiding(load, events, shared_keys), seq=seq)
        store.loads.commit([*events, load])
    return receipt_of(load)


def _load_of(request: LoadRequest, tables: Mapping[str, TableLoad]) -> Load:
    first_days = [part.first_on for part in tables.values() if part.first_on]
    last_days = [part.last_on for part in tables.values() if part.last_on]
    return Load(
        import_id=request.import_id,
        seq=-1,
        state=LoadState.LOADED,
        source=request.source,
        mode=request.mode,
        first_on=request.first_on or min(first_days, default=None),
        last_on=request.last_on or max(last_days, default=None),
        tables=tables,
        program_version=request.program_version,
    )


def _hiding(load: Load, events: Sequence[Load], shared_keys: _SharedKeys) -> Load:
    """`load` with the earlier loads whose keys it re-sends; undone ones too: it is the reader who leaves them out."""
    if load.mode is not LoadMode.UPSERT:
        return load
    earlier = [other for other in loads_at(events, None) if other.source == load.source]
    tables = {
        name: part
        if FACT_TABLES[name].is_dimension
        else replace(part, hides=shared_keys.with_loads(FACT_TABLES[name], earlier))
        for name, part in load.tables.items()
    }
    return replace(load, tables=tables)


def _refuse_conflict(load: Load, events: Sequence[Load], *, expect_version: int, shared_keys: _SharedKeys) -> None:
    """LoadConflict when a load made after `expect_version` hides rows of ours, or ours would hide its rows unseen."""
    for other in loads_at(events, None):
        if other.seq <= expect_version or not other.is_loaded or other.source != load.source:
            continue
        for name in set(load.tables) & set(other.tables):
            table = FACT_TABLES[name]
            if table.is_dimension:
                continue
            modes = {load.mode, other.mode}
            if LoadMode.REPLACE in modes and _days_meet(table, load, other):
                raise LoadConflict(other=other.import_id, table=name)
            if LoadMode.UPSERT in modes and shared_keys.with_loads(table, [other]):
                raise LoadConflict(other=other.import_id, table=name)


def _days_meet(table: FactTable, load: Load, other: Load) -> bool:
    ours, theirs = _days(table, load), _days(table, other)
    return ours is not None and theirs is not None and ours[0] <= theirs[1] and theirs[0] <= ours[1]


def _days(table: FactTable, load: Load) -> tuple[date, date] | None:
    """The period a load replaces, or the days its rows have."""
    part = load.tables[table.name]
    spanned = (part.first_on, part.last_on) if part.first_on and part.last_on else None
    return replaced_period(load, table) or spanned
