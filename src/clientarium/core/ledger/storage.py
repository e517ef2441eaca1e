"""Figures of what lies on the disk, for `doctor`."""

from dataclasses import dataclass
from pathlib import Path

from deltalake import DeltaTable

from .store import Store


@dataclass(frozen=True)
class TableStorage:
    """One table: its latest Delta version (-1: none), rows and files in it, bytes of all its files on the disk."""

    name: str
    version: int
    rows: int
    files: int
    bytes: int


def storage_of(store: Store) -> list[TableStorage]:
    """Figures of `loads` and of each fact table; rows of the facts include superseded and undone ones."""
    events = store.loads.events()
    figures = [
        TableStorage("loads", store.loads.version(), len(events), min(len(events), 1), _bytes(store.root / "loads"))
    ]
    for name, table in store.facts.items():
        files = [file for of_import in table.by_import().values() for file in of_import]
        version = DeltaTable(str(table.path)).version() if table.exists() else -1
        figures.append(TableStorage(name, version, sum(file.rows for file in files), len(files), _bytes(table.path)))
    return figures


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
