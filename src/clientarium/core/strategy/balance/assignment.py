"""Clients to sellers under hours: the generalised assignment problem, by HiGHS."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from clientarium.core.strategy.balance.task import Task
from clientarium.core.strategy.balance.transport import NOBODY, Matrix


@dataclass(frozen=True)
class Assigned:
    """`placed`: seller's place in the row or NOBODY; prices by seller: of one more client and of one more hour."""

    placed: Matrix
    bound: float
    is_proven: bool
    prices: Matrix
    hour_prices: Matrix


def assign(task: Task, *, time_limit: float, cancelled: Callable[[], bool] | None = None) -> Assigned:
    clients, sellers = task.values.shape
    each = sparse.kron(sparse.eye_array(clients), np.ones((1, sellers)))
    heads = sparse.kron(np.ones((1, clients)), sparse.eye_array(sellers))
    work = sparse.kron(task.loads[None, :], sparse.eye_array(sellers))
    worth = sparse.kron(task.worth[None, :], sparse.eye_array(sellers))
    none, minus = sparse.csr_array((sellers, sellers)), -sparse.eye_array(sellers)
    bounded = np.flatnonzero(np.isfinite(task.hours))
    rows: Any = sparse.vstack(
        [
            sparse.hstack([each, sparse.csr_array((clients, 2 * sellers))]),
            sparse.hstack([heads, minus, none]),
            sparse.hstack([worth, none, minus]),
            sparse.hstack([work, none, none]).tocsr()[bounded],
        ]
    )
    most = np.concatenate([np.ones(clients), task.room.share, task.target, task.hours[bounded]])
    cost = np.concatenate([-task.values.ravel(), np.full(sellers, task.room.step), np.full(sellers, task.uneven)])
    cells = clients * sellers
    upper = np.concatenate([np.ones(cells), task.room.heads - task.room.share, np.full(sellers, np.inf)])
    found = milp(
        cost,
        integrality=np.concatenate([np.ones(cells), np.zeros(2 * sellers)]),
        bounds=Bounds(0, upper),
        constraints=LinearConstraint(rows.tocsr(), ub=most),
        options={"time_limit": time_limit, "mip_rel_gap": 1e-6},
    )
    nothing = np.zeros(sellers)
    if found.x is None:
        return Assigned(np.full(clients, NOBODY), np.inf, False, nothing, nothing)
    taken = found.x[:cells].reshape(clients, sellers)
    placed = np.where(taken.max(axis=1) > 0.5, taken.argmax(axis=1), NOBODY)
    return Assigned(placed, -found.mip_dual_bound, found.status == 0, nothing, nothing)
