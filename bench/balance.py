"""Placing clients with sellers: seconds, memory, distance to the proven bound; against the rules people use.

1. Head-counts only: 5 000 x 25 and 100 000 x 1 000, exact (value equals the dual bound to the last digit).
2. Hours and evenness too: 5 000 x 25, stopped at 60 s, the gap printed.
3. Value and fairness against round robin under the same cap and against the dearest-first rule.
4. The published instances SCIENCE.md 4.3 names as solved; `BENCH_ASSIGNMENT_SECONDS` each, 60 by default.
"""

import csv
import os
from pathlib import Path
from typing import Any

import numpy as np

from bench.report import Figure, measured, publish
from clientarium.core.strategy import FitRules, ToFill, ToPlace, propose
from clientarium.core.strategy.balance.instance import solve_assignment
from clientarium.core.strategy.balance.transport import Room, transport

SHARED = Path(__file__).parents[2] / "shared" / "data" / "assignment"
SECONDS = float(os.environ.get("BENCH_ASSIGNMENT_SECONDS", "60"))
SEED = 5
ROOM = 1.03
"""Three places in a hundred are free: hardly any choice is left, which is the hard case."""

LONG = (
    *(f"cattrysse1994/gap{group}-{one}" for group in range(1, 13) for one in range(5)),
    *(f"chu1997/{name}" for name in ("a05200", "a10200", "a20200", "b05100", "b10100", "b20100", "b20200", "c10100")),
    *(f"chu1997/{name}" for name in ("c20100", "c10200", "c20200")),
    *(f"yagiura2004/{name}" for name in ("e05100", "e10200", "c20400")),
)


def bench(folder: Path, *, small: bool) -> None:  # noqa: ARG001 -- benches are called alike
    part = 10 if small else 1
    figures = [
        measured("heads only, 5 000 x 25", by_heads, 5_000 // part, 25),
        measured("heads only, everybody wants the same, 5 000 x 25", by_heads, 5_000 // part, 25, True),
        measured("heads only, 100 000 x 1 000", by_heads, 100_000 // part, 1_000 // part),
        measured("hours and evenness, 5 000 x 25", by_hours, 5_000 // part, 25),
        measured("published instances", published, LONG[:5] if small else LONG),
    ]
    publish("balance", figures, ratios=ratios(figures), limits=LIMITS)


LIMITS = {
    "5 000 x 25, seconds": 1,
    "100 000 x 1 000, seconds": 300,
    "100 000 x 1 000, GB": 6,
    "hours, gap in %": 0.5,
    "value against round robin": 1,
    "value against the dearest first": 1,
    "published instances at their optimum, share": 1,
}


def ratios(figures: list[Figure]) -> dict[str, float]:
    few, _same, many, hours, known = figures
    return {
        "5 000 x 25, seconds": few.seconds,
        "100 000 x 1 000, seconds": many.seconds,
        "100 000 x 1 000, GB": many.peak_mb / 1000,
        "hours, gap in %": 100 * hours.details["gap"],
        "value against round robin": hours.details["value"] / hours.details["round_robin"],
        "value against the dearest first": hours.details["value"] / hours.details["greedy"],
        "published instances at their optimum, share": known.details["at_optimum"] / known.details["instances"],
    }


def by_heads(clients: int, sellers: int, is_same: bool = False) -> dict[str, Any]:
    values, room = book_matrix(clients, sellers, is_same=is_same)
    found = transport(values, room)
    assert found.value == found.bound, "not proven"
    return {"note": f"proven, {found.steps} steps", "steps": found.steps}


def book_matrix(clients: int, sellers: int, *, is_same: bool) -> tuple[Any, Room]:
    """Values of clients of log-normal worth with sellers of regions, products and a present one, in hundredths."""
    random = np.random.default_rng(SEED)
    worth = random.lognormal(11, 1.3, clients)
    heads = np.full(sellers, int(clients * ROOM / sellers))
    if is_same:
        liked = random.uniform(0.5, 1, sellers) + 0.02 * random.random((clients, sellers))
        return np.rint(100 * worth[:, None] * liked), Room.of(heads)
    cities = max(sellers // 4, 4)
    knows_city = random.random((cities, sellers)) < min(4 / cities, 0.5)
    lacks_goods = random.random((60, sellers))
    fit = 0.75 - 0.1 * ~knows_city[random.integers(0, cities, clients)]
    fit -= 0.1 * lacks_goods[random.integers(0, 60, clients)]
    present = random.integers(-1, sellers, clients)
    held = np.flatnonzero(present >= 0)
    fit[held, present[held]] += 0.25
    fit *= worth[:, None]
    fit *= 100
    return np.rint(fit, out=fit), Room(heads, np.minimum(heads, -(-clients // sellers)), 10_000.0)


def by_hours(clients: int, sellers: int) -> dict[str, Any]:
    balance = propose(*book(clients, sellers), rules=FitRules(), time_limit=60)
    before, after = balance.fairness_before, balance.fairness_after
    return {
        "seconds": balance.seconds,
        "gap": balance.gap,
        "value": balance.objective,
        "bound": balance.bound,
        "greedy": balance.greedy_value,
        "round_robin": balance.round_robin_value,
        "jain_of_worth": (round(before.worth_jain, 3), round(after.worth_jain, 3)),
        "jain_of_hours": (round(before.hours_jain, 3), round(after.hours_jain, 3)),
        "moves": len(balance.moves),
        "note": f"gap {100 * balance.gap:.4f} %, Jain of worth {before.worth_jain:.3f} -> {after.worth_jain:.3f}",
    }


def book(clients: int, sellers: int) -> tuple[list[ToPlace], list[ToFill]]:
    random = np.random.default_rng(SEED)
    cities, groups = [f"city {n}" for n in range(max(4, sellers // 5))], [f"group {n}" for n in range(12)]
    hours = random.lognormal(0, 0.6, clients)
    to_fill = [
        ToFill(
            seller,
            strategy=str(random.choice(["hunter", "keeper", "deep", "remote"])),
            heads=int(clients / sellers * ROOM) + 1,
            hours=float(hours.sum() / sellers * ROOM),
            cities=frozenset(random.choice(cities, 4, replace=False)) if random.random() < 0.8 else frozenset(),
            groups=frozenset(random.choice(groups, 6, replace=False)) if random.random() < 0.8 else frozenset(),
        )
        for seller in range(1, sellers + 1)
    ]
    to_place = []
    for number in range(clients):
        present = int(random.integers(1, sellers + 1)) if random.random() < 0.8 else None
        to_place.append(
            ToPlace(
                number,
                margin=round(float(random.lognormal(10.5, 1.3)), 2),
                hours=float(hours[number]),
                present=present,
                city=str(random.choice(cities)),
                groups=frozenset(random.choice(groups, int(random.integers(1, 5)), replace=False)),
                category=str(random.choice(list("ABCD"))),
                past={present: 0.7, int(random.integers(1, sellers + 1)): 0.3} if present else {},
                idle=bool(random.random() < 0.3),
            )
        )
    return to_place, to_fill


def published(names: tuple[str, ...]) -> dict[str, Any]:
    optima = {row["Path"]: row["Optimum"] for row in csv.DictReader((SHARED / "gap_optima.csv").open())}
    missed = {}
    for name in names:
        solved = solve_assignment(*instance(name), time_limit=SECONDS)
        if solved.objective != float(optima[name]):
            missed[name] = f"{solved.objective:g} against {optima[name]}, bound {solved.bound:g}"
    note = f"{len(names) - len(missed)} of {len(names)} at their optimum"
    return {"instances": len(names), "at_optimum": len(names) - len(missed), "missed": missed, "note": note}


def instance(name: str) -> tuple[Any, Any, list[int]]:
    numbers = np.array((SHARED / name).read_text().split(), dtype=int)
    agents, tasks = int(numbers[0]), int(numbers[1])
    cells = agents * tasks
    costs, weights = (numbers[2 + part * cells : 2 + (part + 1) * cells].reshape(agents, tasks).T for part in (0, 1))
    return costs, weights, [int(one) for one in numbers[2 + 2 * cells :]]
