"""The placing as arrays: what the solvers work on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clientarium.core.strategy.balance.fit import FitRules
from clientarium.core.strategy.balance.placing import ToFill, ToPlace
from clientarium.core.strategy.balance.transport import Matrix, Room
from clientarium.core.strategy.balance.value_matrix import HUNDREDTHS, taken_away_cost, value_matrix, worths

WORSE_THAN_NOBODY = -1.0


@dataclass(frozen=True)
class Task:
    """Money in hundredths. values: clients x sellers; loads: hours of each client; hours: of each seller, inf for any.

    worth: money of each client; target: the equal part of all worth by room; uneven: what a unit above it costs.
    over_already: what clients held above the equal part cost; all_moved: what it costs to take everybody away. Both are
    there whatever is placed.
    """

    values: Matrix
    room: Room
    loads: Matrix
    hours: Matrix
    worth: Matrix
    target: Matrix
    uneven: float
    over_already: float
    all_moved: float

    @property
    def fixed(self) -> float:
        return self.over_already + self.all_moved

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
            "value": float(self.values[served, at].sum()) - self.all_moved,
            "over_share": -self.room.cost(heads) - self.over_already,
            "uneven_worth": -float(self.uneven * above.sum()),
        }


def task_of(
    clients: Sequence[ToPlace], sellers: Sequence[ToFill], *, rules: FitRules, pooled: frozenset[int] = frozenset()
) -> Task:
    """`clients` are those the solver decides on: the locked ones are already in the sellers' held.

    `pooled` are worth nothing with anybody, so that they stay in the pool.
    """
    heads = np.array([seller.heads for seller in sellers], dtype=np.int64)
    held = np.array([seller.held for seller in sellers], dtype=np.int64)
    held_worth = np.array([seller.held_worth for seller in sellers], dtype=float)
    worth = worths(clients, rules=rules)
    part = (heads + held) / max((heads + held).sum(), 1)
    fair_heads = np.ceil(part * min(held.sum() + len(clients), (heads + held).sum())) - held
    share = np.clip(fair_heads, 0, heads).astype(np.int64)
    step = float(round(rules.over_share_money * HUNDREDTHS))
    values = value_matrix(clients, sellers, rules=rules)
    if pooled:
        values[[row for row, client in enumerate(clients) if client.client_id in pooled]] = WORSE_THAN_NOBODY
    return Task(
        values=values,
        room=Room(heads, share, step),
        loads=np.array([client.hours for client in clients], dtype=float),
        hours=np.array([np.inf if seller.hours is None else seller.hours for seller in sellers]),
        worth=worth * HUNDREDTHS,
        target=(part * (worth.sum() + held_worth.sum()) - held_worth) * HUNDREDTHS,
        uneven=rules.uneven_worth,
        over_already=step * float(np.maximum(-fair_heads, 0).sum()),
        all_moved=taken_away_cost(clients, rules=rules),
    )
