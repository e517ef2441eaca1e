"""Delta tables, versions, engines: the one place that stores facts and runs SQL."""

from .appending import LoadLimits
from .engine import Engine, EngineKind
from .errors import (
    Cancelled,
    ColumnChangedType,
    EngineError,
    ImportUndone,
    LoadConflict,
    MemoryLimitReached,
    SnapshotMissing,
    SparkMissing,
    StorageFull,
    UnknownImport,
    UnknownVersion,
)
from .ledger import Ledger
from .loads import Load, LoadMode, LoadReceipt, LoadState, TableLoad
from .snapshots import SnapshotInfo, Snapshots
from .storage import TableStorage
from .views import ALIASES

__all__ = [
    "ALIASES",
    "Cancelled",
    "ColumnChangedType",
    "Engine",
    "EngineError",
    "EngineKind",
    "ImportUndone",
    "Ledger",
    "Load",
    "LoadConflict",
    "LoadLimits",
    "LoadMode",
    "LoadReceipt",
    "LoadState",
    "MemoryLimitReached",
    "SnapshotInfo",
    "SnapshotMissing",
    "Snapshots",
    "SparkMissing",
    "StorageFull",
    "TableLoad",
    "TableStorage",
    "UnknownImport",
    "UnknownVersion",
]
