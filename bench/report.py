"""Figures of a bench: measured in a child process (so that memory is its own), printed as a table, kept as JSON."""

import json
import multiprocessing
import os
import platform
import time
import traceback
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from bench.memory import TreePeak

RESULTS = Path(__file__).parent / "results"


@dataclass
class Figure:
    """One measured thing: seconds of wall clock, peak resident memory of its process and children together in MB.

    `load` is how many processes of others wanted the machine when it began: with more than one the seconds say little.
    """

    name: str
    seconds: float
    peak_mb: float
    note: str = ""
    details: dict[str, Any] = field(default_factory=dict)
    load: float = 0.0


def measured(name: str, work: Callable[..., Any], *arguments: Any, note: str = "") -> Figure:
    """Run `work(*arguments)` in a fresh process; a dict it returns goes into the details.

    Work that has its own set-up returns its own "seconds" (and "peak_mb"); a "note" it returns is shown.
    """
    load = os.getloadavg()[0]
    context = multiprocessing.get_context("spawn")
    parent, child = context.Pipe()
    process = context.Process(target=_measure, args=(child, work, arguments))
    process.start()
    child.close()
    assert process.pid
    with TreePeak(process.pid) as peak:
        try:
            seconds, details, error = parent.recv()
        except EOFError:
            error = f"the process died ({process.exitcode})"
    process.join()
    if error:
        raise SystemExit(f"{name}: {error}")
    details = {"largest_process_mb": round(peak.largest_mb), **details}
    peak_mb = details.pop("peak_mb", round(peak.together_mb))
    return Figure(name, round(seconds, 3), peak_mb, details.pop("note", note), details, round(load, 1))


def _measure(pipe: Any, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    started = time.perf_counter()
    try:
        details, error = work(*arguments), ""
    except BaseException:  # noqa: BLE001 -- the parent prints it and stops
        details, error = None, traceback.format_exc(limit=-12, chain=False)
    seconds = time.perf_counter() - started
    details = dict(details) if isinstance(details, dict) else {}
    pipe.send((details.pop("seconds", seconds), details, error))


def publish(
    title: str, figures: list[Figure], *, ratios: dict[str, float], limits: dict[str, float] | None = None
) -> None:
    """Print the table with its ratios and keep results/<title>.json."""
    console = Console()
    table = Table(title=title)
    for head in ("what", "seconds", "peak MB", "load", "note"):
        table.add_column(head, justify="left" if head in ("what", "note") else "right")
    for figure in figures:
        table.add_row(figure.name, f"{figure.seconds:.2f}", f"{figure.peak_mb:.0f}", f"{figure.load:.1f}", figure.note)
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
