"""The placing as a linear program over chosen pairs of client and seller.

Unknowns: x of each pair (0 or 1), y_s clients of s above the equal part, d_s money of s above the equal part.
    maximise  sum v x - step sum y - uneven sum d
    each client:  sum_s x <= 1                          (dual u)
    each seller:  sum_c x - y <= share, y <= heads - share   (dual p, the price of a place)
                  sum_c worth x - d <= target           (dual mu, 0 <= mu <= uneven)
                  sum_c load x <= hours                 (dual h, the price of an hour), where hours are counted
Any p, mu, h >= 0 with mu <= uneven bound every placing whatever (weak duality), so a bound here is right even where the
program was solved roughly, or over few of the pairs:
    sum_c max(0, max_s(v - p - mu worth - h load))
    + sum_s [p share + max(p - step, 0)(heads - share) + mu target + h hours]
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from clientarium.core.strategy.balance.task import Task
from clientarium.core.strategy.balance.transport import Matrix, parts

MONEY = 1e6
"""Hundredths in a unit of the solver: it wants numbers not far from one."""


@dataclass(frozen=True)
class Duals:
    """Prices by seller, in hundredths: of a place, of a unit of money above the equal part, of an hour."""

    place: Matrix
    uneven: Matrix
    hour: Matrix

    def rent(self, task: Task, part: slice) -> Matrix:
        """What the clients of `part` pay each seller: clients x sellers."""
        rent = np.multiply.outer(task.worth[part], self.uneven) + self.place
        if self.hour.any():
            rent += np.multiply.outer(task.loads[part], self.hour)
        return rent

    def bound(self, task: Task) -> float:
        best = sum(
            np.maximum((task.values[p] - self.rent(task, p)).max(axis=1), 0).sum() for p in parts(*task.values.shape)
        )
        room = task.room
        places = self.place * room.share + np.maximum(self.place - room.step, 0) * (room.heads - room.share)
        bounded = np.isfinite(task.hours)
        hours = (self.hour[bounded] * task.hours[bounded]).sum()
        return float(best + places.sum() + (self.uneven * task.target).sum() + hours)


@dataclass(frozen=True)
class Program:
    """Ready for HiGHS: minimise cost x, rows x <= most, 0 <= x <= upper; the first columns are the pairs."""

    cost: Matrix
    rows: Any
    most: Matrix
    upper: Matrix
    clients: Matrix
    sellers: Matrix

    @property
    def pairs(self) -> int:
        return len(self.clients)


def program_of(task: Task, clients: Matrix, sellers: Matrix) -> Program:
    """`clients` and `sellers`: the places in their rows of each pair that may be chosen."""
    count, many = task.values.shape
    pairs = np.arange(len(clients))
    ones = np.ones(len(clients))
    bounded = np.flatnonzero(np.isfinite(task.hours))

    def by(places: Matrix, amounts: Matrix, height: int) -> Any:
        return sparse.csr_array((amounts, (places, pairs)), (height, len(clients)))

    none, minus = sparse.csr_array((many, many)), -sparse.eye_array(many)
    work = by(sellers, task.loads[clients], many)[bounded]
    rows = [
        [by(clients, ones, count), sparse.csr_array((count, many)), sparse.csr_array((count, many))],
        [by(sellers, ones, many), minus, none],
        [by(sellers, task.worth[clients] / MONEY, many), none, minus],
        [work, sparse.csr_array((len(bounded), many)), sparse.csr_array((len(bounded), many))],
    ]
    steps, uneven = np.full(many, task.room.step / MONEY), np.full(many, task.uneven)
    return Program(
        cost=np.concatenate([-task.values[clients, sellers] / MONEY, steps, uneven]),
        rows=sparse.block_array(rows, format="csr"),
        most=np.concatenate([np.ones(count), task.room.share, task.target / MONEY, task.hours[bounded]]),
        upper=np.concatenate([np.full(len(clients), np.inf), task.room.heads - task.room.share, np.full(many, np.inf)]),
        clients=clients,
        sellers=sellers,
    )


def duals_of(task: Task, marginals: Matrix) -> Duals:
    """From the marginals of the rows, put right to the last digit so that they bound."""
    count, many = task.values.shape
    place, uneven, some_hours = np.split(np.maximum(-marginals[count:], 0), [many, 2 * many])
    hour = np.zeros(many)
    hour[np.isfinite(task.hours)] = some_hours * MONEY
    return Duals(place * MONEY, np.minimum(uneven, task.uneven), hour)
