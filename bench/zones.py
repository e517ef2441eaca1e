"""Looking for growth zones: seconds and memory over a million clients, and what is found in a base with nothing in it.

1. A million clients with 40 words, from Arrow columns to zones checked on the other half.
2. 5 000 clients: the whole search repeated on shuffled figures.
3. False findings: 200 bases with nothing in them; at most one in twenty may have a zone.
4. Beside pysubgroup (a beam search over pandas with a mean-based quality), 20 000 clients and the same conditions: what
   both call the best, and the seconds; where pysubgroup is not installed it is left out.
"""

import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from bench.report import Figure, measured, publish
from clientarium.core.ground.expressions import Name, ValueType
from clientarium.core.strategy import ZONE_TARGETS, ZoneRules, find_zones

TARGET = ZONE_TARGETS["margin_per_hour"]
NUMBERS, TEXTS = 30, 10
VALUES = 8
FALSE_BASES = 200
PLANTED = "word_0 = 'v1' and word_1 = 'v2'"


def bench(folder: Path, *, small: bool) -> None:  # noqa: ARG001 -- benches are called alike
    part = 20 if small else 1
    figures = [
        measured("1 000 000 clients, 40 words", planted_found, 1_000_000 // part),
        measured("5 000 clients, 40 words, 199 shuffles", planted_found, 5_000 // part),
        measured("bases with nothing in them", false_findings, FALSE_BASES // part),
        measured("beside pysubgroup, 20 000 clients", beside_peer, 20_000 // part),
    ]
    publish("zones", figures, ratios=ratios(figures), limits=LIMITS)


LIMITS = {"1 000 000 clients, seconds": 60, "1 000 000 clients, GB": 6, "false findings, share": 0.05}


def ratios(figures: list[Figure]) -> dict[str, float]:
    many, _few, false, _peer = figures
    return {
        "1 000 000 clients, seconds": many.seconds,
        "1 000 000 clients, GB": many.peak_mb / 1024,
        "false findings, share": float(false.details["share"]),
    }


def planted_found(count: int) -> dict[str, Any]:
    rows, names = base(count, factor=3.0)
    began, worked = time.monotonic(), time.process_time()
    found = find_zones(rows, target=TARGET, names=names)
    best = max(found.zones, key=lambda zone: abs(zone.z), default=None)
    return {
        "seconds": round(time.monotonic() - began, 1),
        "seconds of a core": round(time.process_time() - worked, 1),
        "method": found.method,
        "conditions": found.tried,
        "zones": len(found.zones),
        "found the planted": bool(best and best.expression == PLANTED),
    }


def false_findings(bases: int) -> dict[str, Any]:
    rules = ZoneRules(shuffles=39)
    false = 0
    for seed in range(bases):
        rows, names = base(240, seed=seed, numbers=4, texts=3)
        false += bool(find_zones(rows, target=TARGET, names=names, rules=rules).zones)
    return {"bases": bases, "with a zone": false, "share": round(false / bases, 3)}


def beside_peer(count: int) -> dict[str, Any]:
    rows, names = base(count, factor=2.0, numbers=6, texts=4)
    began = time.monotonic()
    ours = find_zones(rows, target=TARGET, names=names)
    mine = time.monotonic() - began
    best = max(ours.zones, key=lambda zone: abs(zone.z), default=None)
    told: dict[str, Any] = {"ours, seconds": round(mine, 2), "ours": best.expression if best else ""}
    try:
        import pysubgroup as ps
    except ImportError:
        return told | {"pysubgroup": "not installed"}
    frame = rows.drop(["zone_top", "zone_bottom", "zone_money"]).to_pandas()
    began = time.monotonic()
    task = ps.SubgroupDiscoveryTask(
        frame,
        ps.NumericTarget("zone_score"),
        ps.create_selectors(frame, ignore=["zone_score"]),
        result_set_size=10,
        depth=3,
        qf=ps.StandardQFNumeric(0.5),
    )
    theirs = ps.BeamSearch(beam_width=20).execute(task)
    told["pysubgroup, seconds"] = round(time.monotonic() - began, 2)
    first = theirs.to_dataframe().iloc[0]
    return told | {"pysubgroup": str(first["subgroup"]), "it says nothing of chance": True}


def base(
    count: int, *, seed: int = 1, factor: float = 1.0, numbers: int = NUMBERS, texts: int = TEXTS
) -> tuple[pa.Table, list[Name]]:
    """Words by lot; the margin of an hour has a long tail, `factor` times as much where PLANTED says."""
    rng = np.random.default_rng(seed)
    columns: dict[str, Any] = {f"word_{one}": rng.integers(0, VALUES, count) for one in range(texts)}
    is_in = (columns["word_0"] == 1) & (columns["word_1"] == 2)
    columns = {name: pa.array(np.array([f"v{one}" for one in range(VALUES)])[codes]) for name, codes in columns.items()}
    columns |= {f"number_{one}": rng.lognormal(5, 1, count) for one in range(numbers)}
    columns["zone_top"] = rng.lognormal(9, 1, count) * np.where(is_in, factor, 1.0)
    columns["zone_bottom"] = np.full(count, 10.0)
    columns["zone_score"] = columns["zone_top"] / 10
    columns["zone_money"] = columns["zone_top"]
    names = [
        Name(name, ValueType.TEXT if name.startswith("word") else ValueType.NUMBER, name, name)
        for name in columns
        if not name.startswith("zone")
    ]
    return pa.table(columns), names
