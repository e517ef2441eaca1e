"""The folder: what lies there, whether it is still being written, and where it goes afterwards.

A program that copies a file into the folder does not say when it is ready. A file is taken when two looks at least
`settle_seconds` apart saw the same size and time of change; both are compared only with themselves, because the clock
of a network disk is not ours.
"""

import fnmatch
import hashlib
import os
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from clientarium.core.ground import N_
from clientarium.decisions.connections import ArrivalState, ConnectionFault, Incoming, Outcome, Values, path_inside

UNFINISHED = ("~$*", ".*", "*.tmp", "*.part", "*.crdownload", "*.filepart", "*.lock")
"""Names that office programs, browsers and copiers give to what is not ready."""
DONE_FOLDER, FAILED_FOLDER = "loaded", "not_loaded"
RESULT_SUFFIX = ".result.txt"


class FolderIntake:
    """An Intake over a folder of the server."""

    def __init__(self, folder: Path, *, names: str = "*", settle_seconds: int = 10, is_moving: bool = True) -> None:
        self._folder = folder
        self._names = [name.strip().lower() for name in names.split(",") if name.strip()] or ["*"]
        self._settle = timedelta(seconds=settle_seconds)
        self._is_moving = is_moving

    @classmethod
    def of(cls, values: Values) -> "FolderIntake":
        return cls(
            path_inside(str(values.get("folder", ""))),
            names=str(values.get("names") or "*"),
            settle_seconds=int(values.get("settle_seconds") or 0),
            is_moving=bool(values.get("is_moving", True)),
        )

    def look(
        self, place: Mapping[str, Any], *, known: frozenset[str]
    ) -> Iterator[tuple[Incoming | None, dict[str, Any]]]:
        """Files that have stopped growing; `place` is {"seen": {name: [size, changed_ns, first seen so]}}."""
        before: Mapping[str, Any] = place.get("seen", {})
        seen: dict[str, Any] = {}
        ready: list[Path] = []
        for path in self.files():
            state = path.stat()
            mark = [state.st_size, state.st_mtime_ns]
            old = before.get(path.name)
            since = old[2] if old and old[:2] == mark else timezone.now().isoformat()
            seen[path.name] = [*mark, since]
            if old and old[:2] == mark and timezone.now() - datetime.fromisoformat(since) >= self._settle:
                ready.append(path)
        for path in ready:
            incoming = self._incoming(path, known)
            if incoming is not None:
                yield incoming, {"seen": dict(seen)}
        yield None, {"seen": seen}

    def answer(self, outcome: Outcome, *, reply: Mapping[str, Any]) -> bool:
        """Lay the result beside the file: both in the folder of what was loaded or of what was not."""
        if not self._is_moving:
            return False
        is_done = outcome.state in (ArrivalState.LOADED, ArrivalState.SAME)
        target = self._folder / (DONE_FOLDER if is_done else FAILED_FOLDER)
        source = self._folder / str(reply["name"])
        try:
            target.mkdir(exist_ok=True)
            moved = free_name(target, source.name)
            if source.is_file() and content_key(source) == reply["key"]:
                os.replace(source, moved)  # noqa: PTH105 -- the name may be on another file system's case rules
            moved.with_name(moved.name + RESULT_SUFFIX).write_text("\n".join(outcome.lines) + "\n", encoding="utf-8")
        except OSError as error:
            raise ConnectionFault(
                N_("The file %(name)s cannot be moved aside (%(error)s)."),
                cure=N_("Give the program the right to write into the folder, or switch moving off."),
                is_permanent=True,
                name=source.name,
                error=error.strerror or type(error).__name__,
            ) from error
        return True

    def files(self) -> list[Path]:
        """Files with the wanted names, the oldest first; no links: they could lead out of the folder."""
        try:
            entries = [Path(entry.path) for entry in os.scandir(self._folder) if entry.is_file(follow_symlinks=False)]
        except OSError as error:
            raise ConnectionFault(
                N_("The folder %(folder)s cannot be read (%(error)s)."),
                cure=N_("Look at the path and at the program’s right to read it."),
                is_permanent=False,
                folder=self._folder,
                error=error.strerror or type(error).__name__,
            ) from error
        wanted = [path for path in entries if self._is_wanted(path.name.lower())]
        return sorted(wanted, key=lambda path: (path.stat().st_mtime_ns, path.name))

    def _is_wanted(self, name: str) -> bool:
        if any(fnmatch.fnmatch(name, pattern) for pattern in UNFINISHED) or name.endswith(RESULT_SUFFIX):
            return False
        return any(fnmatch.fnmatch(name, pattern) for pattern in self._names)

    def _incoming(self, path: Path, known: frozenset[str]) -> Incoming | None:
        key = content_key(path)
        if key in known:
            return None
        return Incoming(key=key, name=path.name, content=path, reply={"name": path.name, "key": key})


def content_key(path: Path) -> str:
    """The name, the content and the time of change: a file put there once more is met once more."""
    with path.open("rb") as stream:
        return f"{path.name[:200]}#{hashlib.file_digest(stream, 'sha256').hexdigest()}#{path.stat().st_mtime_ns}"


def free_name(folder: Path, name: str) -> Path:
    """A name in `folder` nobody has yet: a second report.xlsx becomes “report (2).xlsx”."""
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
    return path
