"""Peak resident memory of a process with all its children, watched from outside through /proc."""

import os
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

LOOK_EVERY_SECONDS = 0.05
PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 1024**2


class TreePeak:
    """Within the context, looks at the tree of `pid` twenty times a second.

    `together_mb` is the most all its processes held at one moment (shared pages counted in each of them),
    `largest_mb` the most one of them held.
    """

    def __init__(self, pid: int) -> None:
        self.together_mb = self.largest_mb = 0.0
        self._pid, self._over = pid, threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(LOOK_EVERY_SECONDS):
            sizes = [resident_mb(pid) for pid in tree(self._pid)]
            self.together_mb = max(self.together_mb, sum(sizes))
            self.largest_mb = max(self.largest_mb, *sizes)


def tree(pid: int) -> list[int]:
    """`pid` and every process below it; those that end while we look are left out."""
    found, waiting = [], [pid]
    while waiting:
        found.append(one := waiting.pop())
        for children in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                waiting += [int(word) for word in children.read_text().split()]
            except OSError:
                continue
    return found


def resident_mb(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE_MB
    except (OSError, IndexError):
        return 0.0
