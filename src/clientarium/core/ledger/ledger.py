"""The ledger: what was loaded, what was undone, and what can be read at any version."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from clientarium.core.facts import FACT_TABLES, FactTable

from .appending import LoadLimits, Progress
from .duck import parquet_scan
from .duckdb_engine import DuckDBEngine
from .engine import Engine, EngineKind
from .errors import UnknownImport, full_disk_reported
from .loading import LoadRequest, load_staged
from .loads import EMPTY_VERSION, Load, LoadMode, LoadReceipt, LoadState, loads_at
from .locks import locked, tried_lock
from .staged_sellers import latest_sellers
from .storage import TableStorage, storage_of
from .store import Store
from .views import ALIASES, Visible, table_sql
from .workspace import Workspace, sweep_workspaces

DEFAULT_MEMORY = "3GB"


class Ledger:
    """The store of facts under `root` (the home's `ledger` folder); safe to use from many processes at once."""

    def __init__(self, root: Path, *, load_limits: LoadLimits | None = None) -> None:
        self.root = Path(root).absolute()
        self._store = Store(self.root, limits=load_limits or LoadLimits())

    def version(self) -> int:
        """Version of the ledger: -1 when empty, one more with each load and undo."""
        return self._store.loads.version()

    def load(
        self,
        staged: Mapping[str, Sequence[Path]],
        *,
        import_id: str,
        source: str,
        mode: LoadMode | str,
        first_on: date | None = None,
        last_on: date | None = None,
        keys: pa.Table | None,
        expect_version: int | None = None,
        program_version: str = "",
        progress: Progress | None = None,
    ) -> LoadReceipt:
        """Load staged parquet files by fact table as one version; loading `import_id` again returns the first receipt.

        `keys`: client_key, client_id. `progress(table, rows done, rows in all)` may raise to stop the load.
        Raises ImportUndone, LoadConflict, StorageFull; after any failure nothing of the load is visible.
        """
        request = LoadRequest(
            staged={name: [Path(path).absolute() for path in paths] for name, paths in staged.items()},
            import_id=import_id,
            source=source,
            mode=LoadMode(mode),
            first_on=first_on,
            last_on=last_on,
            keys=keys,
            expect_version=expect_version,
            program_version=program_version,
        )
        return load_staged(self._store, request, progress=progress)

    def latest_sellers(self, sales: Sequence[Path]) -> pa.Table:
        """client_key, sold_on (ISO text), seller of each client's latest sale in staged parquet files."""
        with full_disk_reported(self.root):
            return latest_sellers([Path(path).absolute() for path in sales], scratch=self._store.scratch)

    def undo(self, import_id: str) -> None:
        """Hide a load and show again all that it superseded; nothing happens when it is undone already.

        Raises UnknownImport, StorageFull.
        """
        with full_disk_reported(self.root), locked(self._store.commit_lock):
            events = self._store.loads.events()
            load = _load_named(import_id, loads_at(events, None))
            if load.is_loaded:
                undone = replace(load, seq=events[-1].seq + 1, state=LoadState.UNDONE)
                self._store.loads.commit([*events, undone])

    def loads(self, *, at_version: int | None = None) -> list[Load]:
        """Every load made up to `at_version`, undone ones too, in the order they were made."""
        return loads_at(self._store.loads.events(), at_version)

    def is_loaded(self, import_id: str) -> bool:
        """True when the load is in force."""
        return any(load.import_id == import_id and load.is_loaded for load in self.loads())

    def recover(self) -> list[str]:
        """Remove what dead loads left behind; returns their names. Loads now running are left alone."""
        removed = []
        committed = {load.import_id for load in self.loads()}
        for import_id in sorted(self._store.written_imports() - committed):
            with tried_lock(self._store.import_lock(import_id)) as is_dead:
                # Asked again under its lock: it may have been committed since the list was made.
                if is_dead and import_id not in {load.import_id for load in self.loads()}:
                    self._store.discard(import_id)
                    removed.append(import_id)
        sweep_workspaces(self._store.scratch)
        self._sweep_files()
        return removed

    def _sweep_files(self) -> None:
        with tried_lock(self._store.writers_lock) as is_alone:
            if is_alone:
                for files in self._store.facts.values():
                    files.sweep()
                for lock in self._store.import_lock("any").parent.glob("*"):
                    lock.unlink()
                self._store.loads.vacuum()

    def span(self) -> tuple[date, date] | None:
        """First and last day with sales in force; None without sales."""
        with self.engine() as engine:
            days = engine.fetch("select min(sold_on) as first_on, max(sold_on) as last_on from sales").to_pylist()[0]
        return (days["first_on"], days["last_on"]) if days["first_on"] else None

    def totals(self, import_id: str) -> dict[str, dict[str, int | Decimal | None]]:
        """Rows and sums of the amounts of each fact table of a load, whether in force or not. Raises UnknownImport."""
        load = _load_named(import_id, self.loads())
        visible = self._visible([load])
        with self._duckdb(EMPTY_VERSION, memory_limit=DEFAULT_MEMORY, threads=None) as engine:
            return {name: _totals(engine, FACT_TABLES[name], visible, load) for name in load.tables}

    def storage(self) -> list[TableStorage]:
        """Versions, rows, files and bytes of each table."""
        return storage_of(self._store)

    def engine(
        self,
        kind: EngineKind = "duckdb",
        *,
        at_version: int | None = None,
        aliases: pa.Table | None = None,
        memory_limit: str = DEFAULT_MEMORY,
        threads: int | None = None,
    ) -> Engine:
        """A context manager that shows the rows in force at `at_version` (None: the latest).

        `aliases`: alias_id, client_id. Raises UnknownVersion, and SparkMissing without the extra `[spark]`.
        """
        events = self._store.loads.events()
        made = loads_at(events, at_version)
        latest = events[-1].seq if events else EMPTY_VERSION
        shown = latest if at_version is None else at_version
        engine: Engine = (
            self._duckdb(shown, memory_limit=memory_limit, threads=threads)
            if kind == "duckdb"
            else self._spark(shown, memory_limit=memory_limit, threads=threads)
        )
        try:
            self._show(engine, self._visible([load for load in made if load.is_loaded]), aliases=aliases)
        except BaseException:
            engine.close()
            raise
        return engine

    def _duckdb(self, version: int, *, memory_limit: str, threads: int | None) -> DuckDBEngine:
        # Snapshots lie beside the ledger in the home; nothing else there may be read by a query.
        readable = [self.root, self.root.parent / "snapshots"]
        return DuckDBEngine(
            Workspace(self._store.scratch),
            readable=readable,
            ledger_version=version,
            memory_limit=memory_limit,
            threads=threads,
        )

    def _spark(self, version: int, *, memory_limit: str, threads: int | None) -> Engine:
        from .spark_engine import SparkEngine  # noqa: PLC0415 -- optional extra

        return SparkEngine(
            Workspace(self._store.scratch), ledger_version=version, memory_limit=memory_limit, threads=threads
        )

    def _visible(self, loads: Sequence[Load]) -> Visible:
        # After the list of loads: every row it promises was written before it was.
        return Visible(loads, {name: files.by_import() for name, files in self._store.facts.items()})

    def _show(self, engine: Engine, visible: Visible, *, aliases: pa.Table | None) -> None:
        has_aliases = aliases is not None and aliases.num_rows > 0
        if aliases is not None and has_aliases:
            engine.register(ALIASES, aliases)

        def files_view(name: str, paths: Sequence[Path]) -> str:
            engine.read_files(name, [str(path) for path in paths])
            return name

        for name, table in FACT_TABLES.items():
            engine.view(name, table_sql(table, visible, files_view=files_view, has_aliases=has_aliases))


def _load_named(import_id: str, loads: Sequence[Load]) -> Load:
    for load in loads:
        if load.import_id == import_id:
            return load
    raise UnknownImport(import_id)


def _totals(engine: Engine, table: FactTable, visible: Visible, load: Load) -> dict[str, int | Decimal | None]:
    paths = visible.paths(table, [load.import_id] if load.tables[table.name].rows else [])
    if not paths:
        return {"rows": 0, **dict.fromkeys(table.amounts)}
    sums = "".join(f", sum({name}) as {name}" for name in table.amounts)
    row: dict[str, int | Decimal | None] = engine.fetch(
        f"select count(*) as rows{sums} from {parquet_scan(paths)}", step=f"totals of {table.name}"
    ).to_pylist()[0]
    return row
