"""Capacity choice: 2 000 candidates and five resources within 30 s, proven or with its gap; beside what people do.

1. Independent margins and hours; margins that follow the hours (the hard case of the literature); places only.
2. Beside it: down the list by margin, by margin per share of capacity, and the same greedy on a pandas table.
3. Thirty lists of 18 against every subset there is.
"""

import time
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from bench.report import Figure, measured, publish
from clientarium.core.strategy import CapacityChoice, Contender, Resource, choose

SECONDS = 30.0
RESOURCES = 5
SEED = 7
PART = 0.4
"""Capacity as a part of what is asked: four of ten fit."""


def bench(folder: Path, *, small: bool) -> None:  # noqa: ARG001 -- benches are called alike
    count = 200 if small else 2_000
    figures = [
        measured(f"{count} x {RESOURCES}, margins independent of hours", search, count, False),
        measured(f"{count} x {RESOURCES}, margins follow the hours", search, count, True),
        measured(f"{count} candidates, places only", places, count),
        measured(f"{count} x {RESOURCES}, greedy in pandas", in_pandas, count, False),
        measured("18 candidates against every subset", against_subsets, 5 if small else 30),
    ]
    publish("capacity", figures, ratios=ratios(figures), limits=LIMITS)


LIMITS = {
    "2 000 x 5, seconds": 31,
    "2 000 x 5, gap in %": 0.1,
    "hard, seconds": 31,
    "hard, gap in %": 0.1,
    "value against greedy in pandas": 1,
    "lists equal to the best subset, share": 1,
}


def ratios(figures: list[Figure]) -> dict[str, float]:
    easy, hard, _places, pandas, subsets = figures
    return {
        "2 000 x 5, seconds": easy.details["seconds_of_choice"],
        "2 000 x 5, gap in %": 100 * easy.details["gap"],
        "hard, seconds": hard.details["seconds_of_choice"],
        "hard, gap in %": 100 * hard.details["gap"],
        "value against greedy in pandas": easy.details["value"] / pandas.details["value"],
        "lists equal to the best subset, share": subsets.details["equal"] / subsets.details["lists"],
    }


def instance(count: int, follows: bool) -> tuple[list[Contender], list[Resource]]:
    random = np.random.default_rng(SEED)
    needs = random.gamma(2.0, 20.0, (count, RESOURCES)).round(1)
    margins = random.lognormal(12, 1, count)
    if follows:
        margins = needs.sum(axis=1) * 1000 * random.uniform(0.7, 1.3, count)
    names = [f"r{number}" for number in range(RESOURCES)]
    contenders = [
        Contender(key, f"c{key}", round(float(margin), 2), dict(zip(names, map(float, need), strict=True)))
        for key, (margin, need) in enumerate(zip(margins, needs, strict=True))
    ]
    return contenders, [
        Resource(name, round(float(amount) * PART, 1)) for name, amount in zip(names, needs.sum(axis=0), strict=True)
    ]


def search(count: int, follows: bool) -> dict[str, Any]:
    contenders, resources = instance(count, follows)
    return told(choose(contenders, resources=resources, time_limit=SECONDS))


def told(choice: CapacityChoice) -> dict[str, Any]:
    over = 100 * (choice.value / choice.greedy_value - 1)
    by_margin = 100 * (choice.value / choice.by_margin_value - 1)
    proof = "proven" if choice.is_proven else f"gap {100 * choice.gap:.4f} %"
    return {
        "seconds_of_choice": choice.seconds,
        "gap": choice.gap,
        "value": choice.value,
        "taken": len(choice.taken),
        "note": f"{proof}, +{over:.2f} % over greedy, +{by_margin:.1f} % over by margin",
    }


def places(count: int) -> dict[str, Any]:
    contenders, _resources = instance(count, False)
    return told(choose(contenders, resources=[Resource("places", count // 2, is_places=True)], time_limit=SECONDS))


def in_pandas(count: int, follows: bool) -> dict[str, Any]:
    """What one would write in a notebook: by margin per share of capacity, whoever still fits."""
    contenders, resources = instance(count, follows)
    began = time.perf_counter()
    table = pd.DataFrame([{"margin": one.margin, **one.needs} for one in contenders])
    room = pd.Series({resource.name: resource.amount for resource in resources})
    table["worth"] = table["margin"] / (table[room.index] / room).sum(axis=1)
    value = 0.0
    for _number, row in table.sort_values("worth", ascending=False).iterrows():
        if (row[room.index] <= room).all():
            room = room - row[room.index]
            value += row["margin"]
    return {"seconds": time.perf_counter() - began, "value": value, "note": "no bound, no reasons"}


def against_subsets(lists: int) -> dict[str, Any]:
    subsets = ((np.arange(2**18)[:, None] >> np.arange(18)) & 1).astype(np.int32)
    equal = 0
    for seed in range(lists):
        random = np.random.default_rng(seed)
        needs = random.integers(1, 80, (18, RESOURCES))
        margins = random.integers(1_000, 1_000_000, 18)
        room = needs.sum(axis=0) * 2 // 5
        best = (subsets @ margins)[(subsets @ needs <= room).all(axis=1)].max()
        names = [f"r{number}" for number in range(RESOURCES)]
        contenders = [
            Contender(key, str(key), float(margins[key]), dict(zip(names, map(float, needs[key]), strict=True)))
            for key in range(18)
        ]
        resources = [Resource(name, float(amount)) for name, amount in zip(names, room, strict=True)]
        equal += int(choose(contenders, resources=resources, cancelled=lambda: True).value == best)
    return {"lists": lists, "equal": equal, "note": f"{equal} of {lists} equal"}
