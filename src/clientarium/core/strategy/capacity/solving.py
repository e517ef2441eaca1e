"""The choice worth most, exactly: a multi-dimensional knapsack (Kellerer, Pferschy & Pisinger 2004) by HiGHS.

    maximise sum v x   subject to   sum need x <= amount for each limit,   x in {0, 1}
Nobody of no value is taken: leaving him out never hurts, for needs are not below zero.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from clientarium.core.strategy.balance.quiet import no_solver_output
from clientarium.core.strategy.capacity.instance import SLACK, Instance, Matrix

LARGEST_COST = 1e6
"""The solver's tolerances are absolute: the dearest contender is brought to a million of its units."""

CENT = 0.01
ROUNDING = 1e-9
"""Of the value: what sums of hundredths lose in the machine."""

LEAST_SECONDS = 0.05

LEAST_GAIN = 1e-5
"""Of the dearest contender: a gain below it the solver cannot tell from none."""


@dataclass(frozen=True, eq=False)
class Solved:
    taken: Matrix
    value: float
    bound: float
    is_proven: bool


def solve(task: Instance, *, seconds: float) -> Solved:
    """Those taken by hand and the best of the others; never worse than the rules of thumb."""
    free = task.free
    taken = task.hand == 1
    if (task.needs[free].sum(axis=0) <= task.room + task.slack).all():
        taken[free] = True
        value = task.value_of(taken)
        return Solved(taken, value, value, True)
    if is_plain(task):
        taken[_dearest(task)] = True
        value = task.value_of(taken)
        return Solved(taken, value, value, True)
    return _searched(task, seconds=seconds)


def greedy(task: Instance, *, by_margin: bool = False) -> Matrix:
    """Rules of thumb: by value per share of what is there, or down the list by margin, whoever still fits.

    By margin as people do it: penalties and weights are not looked at.
    """
    taken, room = task.hand == 1, task.room + task.slack
    share = (task.needs / np.maximum(task.room, SLACK)).sum(axis=1)
    worth = task.values / np.maximum(share, SLACK)
    some = task.free
    if by_margin:
        worth = np.array([one.margin for one in task.contenders])
        some = np.flatnonzero((task.hand == 0) & (worth > 0))
    for place in sorted(some, key=lambda one: (-worth[one], one)):
        if (task.needs[place] <= room).all():
            taken[place] = True
            room = room - task.needs[place]
    return taken


def prices_of(task: Instance) -> Matrix:
    """What one more unit of each limit is worth where a part of a contender could be taken (dual of the relaxation)."""
    free = task.free
    if not len(free):
        return np.zeros(len(task.limits))
    scale = LARGEST_COST / task.values[free].max()
    found = linprog(
        -task.values[free] * scale,
        A_ub=task.needs[free].T,
        b_ub=task.room,
        bounds=np.column_stack([np.zeros(len(free)), np.ones(len(free))]),
        method="highs",
    )
    return np.zeros(len(task.limits)) if found.status else np.maximum(-found.ineqlin.marginals, 0.0) / scale


def least_addition(task: Instance, resource: str, *, value: float, seconds: float) -> float | None:
    """The smallest addition to `resource` (in each of its months) with which a choice is worth more than `value`.

    None where no addition of this resource alone helps, or where it was not found in time.
    """
    free = np.flatnonzero((task.hand == 0) & (task.values > 0))
    rows = task.rows_of(resource)
    own = float(task.values[task.hand == 1].sum())
    top = float(task.values[free].max(initial=0.0))
    wanted = value - own + max(CENT, LEAST_GAIN * top)
    if task.values[free].sum() < wanted or not top:
        return None
    scale = LARGEST_COST / top
    free_needs = np.hstack([task.needs[free].T, -rows.astype(float)[:, None]])
    with no_solver_output():
        found = milp(
            np.append(np.zeros(len(free)), 1.0),
            integrality=np.append(np.ones(len(free)), 0.0),
            bounds=Bounds(0, np.append(np.ones(len(free)), np.inf)),
            constraints=[
                LinearConstraint(free_needs, ub=np.where(rows, task.amounts - task.fixed_use, task.room)),
                LinearConstraint(np.append(task.values[free] * scale, 0.0), lb=wanted * scale),
            ],
            options={"time_limit": max(seconds, LEAST_SECONDS), "mip_rel_gap": 0.0},
        )
    return None if found.status != 0 or found.x is None else float(found.x[-1])


def is_plain(task: Instance) -> bool:
    """One limit, of which everybody who wants it wants as much: the dearest are the best."""
    return task.needs.shape[1] == 1 and len(set(task.needs[task.free, 0].tolist())) <= 1


def _dearest(task: Instance) -> Matrix:
    free = task.free
    need = task.needs[free[0], 0]  # of somebody: where all fit, or nobody is free, it does not come to this
    room = int((task.room[0] + task.slack[0]) // need)
    return free[np.lexsort((free, -task.returns[free], -task.values[free]))[:room]]


def _searched(task: Instance, *, seconds: float) -> Solved:
    free = task.free
    scale = LARGEST_COST / task.values[free].max()
    with no_solver_output():
        found = milp(
            -task.values[free] * scale,
            integrality=np.ones(len(free)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(task.needs[free].T, ub=task.room),
            options={"time_limit": max(seconds, LEAST_SECONDS), "mip_rel_gap": 0.0},
        )
    choices = [greedy(task), greedy(task, by_margin=True)]
    if found.x is not None:
        taken = task.hand == 1
        taken[free[found.x > 0.5]] = True
        choices.insert(0, taken)
    best = max(filter(task.is_feasible, choices), key=task.value_of)
    value, own = task.value_of(best), float(task.values[task.hand == 1].sum())
    all_of_them = float(task.values[free].sum())
    bound = own + (all_of_them if found.mip_dual_bound is None else min(-found.mip_dual_bound / scale, all_of_them))
    is_proven = bool(found.status == 0 and bound - value <= CENT + ROUNDING * abs(value))
    return Solved(first_of_equals(task, best), value, value if is_proven else max(bound, value), is_proven)


def first_of_equals(task: Instance, taken: Matrix) -> Matrix:
    """Of contenders alike in money and needs: by return on cost, then as they stand; the answer is always the same."""
    groups: dict[tuple[float, ...], list[int]] = {}
    for place in task.free:
        groups.setdefault((task.values[place], *task.needs[place]), []).append(place)
    ordered = taken.copy()
    for places in groups.values():
        count = int(taken[places].sum())
        ordered[places] = False
        ordered[sorted(places, key=lambda one: (-task.returns[one], one))[:count]] = True
    return ordered
