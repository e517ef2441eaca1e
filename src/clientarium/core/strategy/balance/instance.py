"""A plain assignment problem as textbooks state it: tasks, agents, costs, weights, capacities."""

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from clientarium.core.strategy.balance.quiet import no_solver_output

NOT_PLACED = -1


@dataclass(frozen=True)
class Solved:
    """`agents`: of each task, NOT_PLACED without a solution; `bound`: no assignment is better; `gap` relative to it."""

    agents: tuple[int, ...]
    objective: float
    bound: float
    is_proven: bool
    seconds: float

    @property
    def gap(self) -> float:
        return abs(self.bound - self.objective) / max(abs(self.bound), 1.0)


def solve_assignment(
    costs: Sequence[Sequence[float]],
    weights: Sequence[Sequence[float]],
    capacities: Sequence[float],
    *,
    maximise: bool = False,
    time_limit: float = 60.0,
) -> Solved:
    """Every task to exactly one agent, each agent's weights within his capacity. `costs`, `weights`: tasks x agents."""
    began = time.perf_counter()
    cost, weight = np.asarray(costs, dtype=float), np.asarray(weights, dtype=float)
    tasks, agents = cost.shape
    pairs = np.arange(tasks * agents)
    each = sparse.csr_array((np.ones(pairs.size), (pairs // agents, pairs)))
    room = sparse.csr_array((weight.ravel(), (pairs % agents, pairs)))
    with no_solver_output():
        found = milp(
            -cost.ravel() if maximise else cost.ravel(),
            integrality=np.ones(pairs.size),
            bounds=Bounds(0, 1),
            constraints=[LinearConstraint(each, 1, 1), LinearConstraint(room, ub=np.asarray(capacities, dtype=float))],
            options={"time_limit": time_limit, "mip_rel_gap": 0.0},
        )
    seconds = time.perf_counter() - began
    sign = -1.0 if maximise else 1.0
    bound = sign * (np.inf if found.mip_dual_bound is None else found.mip_dual_bound)
    if found.x is None:
        return Solved((NOT_PLACED,) * tasks, sign * np.inf, bound, False, seconds)
    placed = found.x.reshape(tasks, agents).argmax(axis=1)
    objective = float(cost[np.arange(tasks), placed].sum())
    return Solved(tuple(placed.tolist()), objective, float(bound), found.status == 0, seconds)
