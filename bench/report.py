"""Figures of a bench: measured in a child process (so that memory is its own), printed as a table, kept as JSON."""

import json
import multiprocessing
import platform
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parent / "results"


@dataclass
class Figure:
    """One measured thing: seconds of wall clock, peak resident memory in MB, anything else worth saying."""

    name: str
    seconds: float
    peak_mb: float
    note: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def measured(name: str, work: Callable[..., Any], *arguments: Any, note: str = "") -> Figure:
    """Run `work(*arguments)` in a fresh process; a dict it returns goes into the details."""
    context = multiprocessing.get_context("spawn")
    parent, child = context.Pipe()
    process = context.Process(target=_measure, args=(child, work, arguments))
    process.start()
    child.close()
    try:
        seconds, peak, details, error = parent.recv()
    except EOFError:
        process.join()
        raise SystemExit(f"{name}: the process died with exit code {process.exitcode}") from None
    process.join()
    if error:
        raise SystemExit(f"{name}: {error}")
    return Figure(name, round(seconds, 3), round(peak), note, details)


def _measure(pipe: Any, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    started = time.perf_counter()
    try:
        details = work(*arguments)
        error = ""
    except BaseException as problem:  # noqa: BLE001 -- the parent prints it and stops
        details, error = None, f"{type(problem).__name__}: {problem}"
    seconds = time.perf_counter() - started
    if isinstance(details, dict) and "seconds" in details:  # work that has its own set-up reports its own time
        seconds = details["seconds"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    pipe.send((seconds, max(peak, children), details if isinstance(details, dict) else {}, error))


def publish(
    title: str, figures: list[Figure], *, ratios: dict[str, float], limits: dict[str, float] | None = None
) -> None:
    """Print the table with its ratios and keep results/<title>.json."""
    console = Console()
    table = Table(title=title)
    for head in ("what", "seconds", "peak MB", "note"):
        table.add_column(head, justify="right" if head in ("seconds", "peak MB") else "left")
    for figure in figures:
        table.add_row(figure.name, f"{figure.seconds:.2f}", f"{figure.peak_mb:.0f}", figure.note)
    console.print(table)
    for name, ratio in ratios.items():
        limit = (limits or {}).get(name)
        console.print(f"  {name}: {ratio:.2f}" + (f" (wanted: {limit:g})" if limit is not None else ""))
    RESULTS.mkdir(exist_ok=True)
    document = {
        "title": title,
        "machine": f"{platform.machine()}, {multiprocessing.cpu_count()} cores, Python {platform.python_version()}",
        "figures": [asdict(figure) for figure in figures],
        "ratios": ratios,
        "limits": limits or {},
    }
    (RESULTS / f"{title.replace(' ', '_')}.json").write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n")
