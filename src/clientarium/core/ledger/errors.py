"""What can go wrong in the ledger: things a person mends, and `EngineError`, which is our bug and shows its query."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
from deltalake.exceptions import DeltaError

from clientarium.core.ground import N_, UserError

_FULL_ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# delta-rs and DuckDB pass the system's words on; "os error 27/28/122" are EFBIG, ENOSPC and EDQUOT on Linux.
_FULL_WORDS = (
    "no space left",
    "file too large",
    "disk quota",
    "os error 28)",
    "os error 27)",
    "os error 122)",
    "max_temp_directory_size",
    "disk is full",
)


class EngineError(RuntimeError):
    """A query of ours failed: carries the name of its step and the SQL. Never the user's fault."""

    def __init__(self, reason: str, *, step: str, query: str) -> None:
        self.step, self.query = step, query
        super().__init__(f"step {step!r} failed: {reason}\n{query}")


class Cancelled(Exception):
    """The engine was told to stop by `cancel()`."""


class LoadConflict(UserError):
    """Another load changed the same period or documents after the data was looked at."""

    def __init__(self, *, other: str, table: str) -> None:
        super().__init__(
            N_("Load %(other)s changed the same rows of “%(table)s” while this one was being prepared."),
            cure=N_("Look at the data again and repeat the load."),
            other=other,
            table=table,
        )


class StorageFull(UserError):
    """No room on the disk; nothing of the write is visible."""

    def __init__(self, place: Path) -> None:
        super().__init__(
            N_("There is no room left on the disk that holds %(folder)s. Nothing was changed."),
            cure=N_("Free some space or move the program's folder to a larger disk, then repeat."),
            folder=str(place),
        )


class MemoryLimitReached(UserError):
    """A query needs more memory than it was given, even with the disk to help."""

    def __init__(self, *, step: str, limit: str) -> None:
        super().__init__(
            N_("Step “%(step)s” needs more memory than the limit of %(limit)s."),
            cure=N_("Raise the memory limit, or run this on a machine with more memory."),
            step=step,
            limit=limit,
        )


class UnknownImport(UserError):
    """No load of that name."""

    def __init__(self, import_id: str) -> None:
        super().__init__(
            N_("The ledger has no load “%(import_id)s”."),
            cure=N_("See the list of loads."),
            import_id=import_id,
        )


class ImportUndone(UserError):
    """The load was undone; its name cannot be used again."""

    def __init__(self, import_id: str) -> None:
        super().__init__(
            N_("Load “%(import_id)s” was undone and cannot be loaded under the same name."),
            cure=N_("Start a new import of the file."),
            import_id=import_id,
        )


class UnknownVersion(UserError):
    """The ledger never had that version."""

    def __init__(self, *, version: int, latest: int) -> None:
        super().__init__(
            N_("The ledger has no version %(version)s; the latest is %(latest)s."),
            cure=N_("Choose a version from the list of loads."),
            version=version,
            latest=latest,
        )


class SparkMissing(UserError):
    """The Spark engine was asked for and is not installed."""

    def __init__(self) -> None:
        super().__init__(
            N_("The Spark engine is not installed."),
            cure=N_("Install the program with the extra “spark” and Java 17, or use the engine “duckdb”."),
        )


class SnapshotMissing(UserError):
    """No snapshot was published for that date."""

    def __init__(self, as_of: date) -> None:
        super().__init__(
            N_("There is no snapshot as of %(as_of)s."),
            cure=N_("Run the pulse for that date."),
            as_of=as_of.isoformat(),
        )


class ColumnChangedType(UserError):
    """A column of the snapshots now has values that its older values cannot stand beside."""

    def __init__(self, *, name: str, before: str, now: str) -> None:
        super().__init__(
            N_("“%(name)s” was %(before)s in earlier snapshots and is %(now)s now."),
            cure=N_("Give the changed metric a new name."),
            name=name,
            before=before,
            now=now,
        )


def is_storage_full(error: BaseException) -> bool:
    """True when `error` says, in any library's words, that the disk has no room."""
    if isinstance(error, OSError) and error.errno in _FULL_ERRNOS:
        return True
    return any(word in str(error).lower() for word in _FULL_WORDS)


@contextmanager
def full_disk_reported(place: Path) -> Iterator[None]:
    """Turn every library's way of saying "disk full" into `StorageFull`; other errors pass unchanged."""
    try:
        yield
    except (OSError, DeltaError, duckdb.Error) as error:
        if is_storage_full(error):
            raise StorageFull(place) from error
        raise
