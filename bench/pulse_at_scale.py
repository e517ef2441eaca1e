"""The whole pulse at two sizes ten times apart: seconds of each step, memory, and the cost of one line."""

import shutil
import time
from pathlib import Path
from typing import Any

from bench.firm import AS_OF, DEFINITIONS, firm_in, make_firm
from bench.report import measured, publish
from clientarium.core.pipeline import STEPS, load_definitions, pulse

TITLE = "pulse at scale"
SIZES = {True: [(20_000, 1_000), (200_000, 10_000)], False: [(2_000_000, 100_000), (20_000_000, 1_000_000)]}
MOST_MEMORY_GB = 6.0
# The larger firm may cost a quarter more for each line.
COST_PER_LINE = 1.25


def bench(folder: Path, *, small: bool) -> None:
    figures = []
    for lines, clients in SIZES[small]:
        measured("facts", make_firm_in, folder, lines, clients)
        figures.append(measured(f"pulse over {lines:,} lines, {clients:,} clients", pulse_of, folder, lines, clients))
    less, more = (figure.seconds / lines for figure, (lines, _) in zip(figures, SIZES[small], strict=True))
    publish(
        TITLE + (" small" if small else ""),
        figures,
        ratios={"seconds per line, large / small": more / less, "peak memory, GB": figures[1].peak_mb / 1024},
        limits={"seconds per line, large / small": COST_PER_LINE, "peak memory, GB": MOST_MEMORY_GB},
    )


def make_firm_in(folder: Path, lines: int, clients: int) -> dict[str, float]:
    return make_firm(folder, lines=lines, clients=clients)


def pulse_of(folder: Path, lines: int, clients: int) -> dict[str, Any]:
    firm = firm_in(folder, lines=lines, clients=clients)
    definitions, table = load_definitions(DEFINITIONS), firm.cards()
    shutil.rmtree(firm.home / "snapshots", ignore_errors=True)
    moments: list[tuple[str, float]] = []
    started = time.perf_counter()
    info = pulse(
        firm.ledger,
        firm.snapshots,
        definitions,
        as_of=AS_OF,
        clients=table,
        progress=lambda step, _done, _total: moments.append((step, time.perf_counter())),
    )
    ended = time.perf_counter()
    steps = dict.fromkeys(STEPS, 0.0)
    for (step, since), (_next, until) in zip(moments, [*moments[1:], ("", ended)], strict=True):
        steps[step] = round(steps[step] + until - since, 2)
    note = f"{(ended - started) / lines * 1e6:.2f} µs a line; " + ", ".join(f"{s} {t}" for s, t in steps.items() if t)
    return {"seconds": ended - started, "note": note, "steps": steps, "rows": info.rows, "hash": info.content_hash}
