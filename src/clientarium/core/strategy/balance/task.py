"""The placing as arrays: what the solvers work on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clientarium.core.strategy.balance.fit import FitRules
from clientarium.core.strategy.balance.placing import ToFill, ToPlace
from clientarium.core.strategy.balance.transport import Matrix, Room
from clientarium.core.strategy.balance.value_matrix import HUNDREDTHS, value_matrix, worths


@dataclass(frozen=True)
class Task:
    """Money in hundredths. values: clients x sellers; loads: hours of each client; hours: of each seller, inf for any.

    worth: money of each client; target: the equal part of all worth by room; uneven: what a unit above it costs.
    """

    values: Matrix
    room: Room
    loads: Matrix
    hours: Matrix
    worth: Matrix
    target: Matrix
    uneven: float

    @property
    def is_transport(self) -> bool:
        return not self.uneven and not np.isfinite(self.hours).any()

    def objective(self, placed: Matrix) -> float:
        return sum(self.terms(placed).values())

    def terms(self, placed: Matrix) -> dict[str, float]:
        served = np.flatnonzero(placed >= 0)
        at = placed[served]
        heads = np.bincount(at, minlength=len(self.hours))
        above = np.maximum(np.bincount(at, self.worth[served], len(self.hours)) - self.target, 0)
        return {
            "value": float(self.values[served, at].sum()),
            "over_share": -self.room.cost(heads),
            "uneven_worth": -float(self.uneven * above.sum()),
        }


def task_of(clients: Sequence[ToPlace], sellers: Sequence[ToFill], *, rules: FitRules) -> Task:
    """`clients` are those the solver decides on: the locked ones are already in the sellers' held."""
    heads = np.array([seller.heads for seller in sellers], dtype=np.int64)
    held = np.array([seller.held for seller in sellers], dtype=np.int64)
    held_worth = np.array([seller.held_worth for seller in sellers], dtype=float)
    worth = worths(clients, rules=rules)
    part = (heads + held) / max((heads + held).sum(), 1)
    fair_heads = np.ceil(part * min(held.sum() + len(clients), (heads + held).sum())) - held
    share = np.clip(fair_heads, 0, heads).astype(np.int64)
    return Task(
        values=value_matrix(clients, sellers, rules=rules),
        room=Room(heads, share, float(round(rules.over_share_money * HUNDREDTHS))),
        loads=np.array([client.hours for client in clients], dtype=float),
        hours=np.array([np.inf if seller.hours is None else seller.hours for seller in sellers]),
        worth=worth * HUNDREDTHS,
        target=(part * (worth.sum() + held_worth.sum()) - held_worth) * HUNDREDTHS,
        uneven=rules.uneven_worth,
    )
