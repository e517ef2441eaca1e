"""One line of progress on standard error while a run is under way."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from .language import _

Listener = Callable[[str, int, int], None]


@contextmanager
def shown_progress(title: str = "") -> Iterator[Listener]:
    """A listener for `run_now(phase, done, total)`; silent where standard error is not a terminal."""
    if not sys.stderr.isatty():
        yield _silent
        return
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as bar:
        task = bar.add_task(title, total=None)

        def listener(phase: str, done: int, total: int) -> None:
            bar.update(task, description=f"{title} {_(phase)}".strip(), completed=done, total=total or None)

        yield listener


def _silent(_phase: str, _done: int, _total: int) -> None:
    """Nobody looks."""
