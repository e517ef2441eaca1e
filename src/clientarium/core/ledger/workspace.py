"""Folders for what a query spills to disk; those of dead processes are swept away."""

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from .locks import locked, tried_lock

_LOCK = "lock"


class Workspace:
    """A private folder under `parent`, alive while this object is open."""

    def __init__(self, parent: Path) -> None:
        parent.mkdir(parents=True, exist_ok=True)
        with locked(_making(parent), shared=True):  # a sweeper must not meet the folder before it is locked
            self.path = Path(tempfile.mkdtemp(dir=parent, prefix="work-"))
            self._lock = locked(self.path / _LOCK)
            self._lock.__enter__()

    def close(self) -> None:
        """Remove the folder and all in it; may be called twice."""
        if self.path.exists():
            self._lock.__exit__(None, None, None)
            shutil.rmtree(self.path, ignore_errors=True)


def sweep_workspaces(parent: Path) -> int:
    """Remove the folders whose processes are dead; returns how many."""
    swept = 0
    with locked(_making(parent)):
        for folder in sorted(parent.glob("work-*")):
            # Whoever works there may be removing it at this very moment: then it is gone, or gone and made by our look.
            with suppress(FileNotFoundError, FileExistsError), tried_lock(folder / _LOCK) as is_dead:
                if is_dead:
                    shutil.rmtree(folder, ignore_errors=True)
                    swept += 1
    return swept


def _making(parent: Path) -> Path:
    return parent.with_name(f"{parent.name}.lock")
