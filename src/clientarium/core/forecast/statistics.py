"""What the buy-till-you-die models need to know of a client: four numbers (SCIENCE.md 1.1)."""

# ruff: noqa: N806 -- the papers' symbols

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clientarium.core.forecast.histories import Histories

DAYS_IN_UNIT = 7.0
"""Weeks: the unit of the published parameters."""

ROWS_AT_ONCE = 65_536
"""Rows of one pass: its dozen arrays stay in the cache."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Statistics:
    """Sufficient statistics of n clients, float64[n], times in weeks unless made with another unit.

    x: repeat purchases; t_x: from the first to the last purchase (0 when x = 0); T: from the first purchase to the end
    of what is known; litt: the sum of logarithms of the gaps. `weights` says how many clients share a row.
    """

    x: Numbers
    t_x: Numbers
    T: Numbers
    litt: Numbers
    weights: Numbers

    @property
    def size(self) -> int:
        return int(self.x.size)

    @property
    def clients(self) -> float:
        return float(self.weights.sum())

    @property
    def total_litt(self) -> float:
        """Σ litt over all clients: the likelihood depends on nothing else of it."""
        return float(self.litt @ self.weights)

    def compressed(self) -> "Statistics":
        """The same clients with equal (x, t_x, T) in one row; litt is their mean, so that total_litt stays."""
        return self.distinct()[0]

    def distinct(self) -> tuple["Statistics", NDArray[np.int64]]:
        """The compressed rows, by x, t_x, T, and for each row of these its place among them, int64[n]."""
        order = np.lexsort((self.T, self.t_x, self.x))
        x, t_x, T = self.x[order], self.t_x[order], self.T[order]
        is_new = np.ones(self.size, dtype=bool)
        is_new[1:] = (x[1:] != x[:-1]) | (t_x[1:] != t_x[:-1]) | (T[1:] != T[:-1])
        places = np.empty(self.size, dtype=np.int64)
        places[order] = np.cumsum(is_new) - 1
        weights = np.bincount(places, weights=self.weights).astype(float)
        litt = np.bincount(places, weights=self.litt * self.weights).astype(float) / weights
        return Statistics(x[is_new], t_x[is_new], T[is_new], litt, weights), places

    def by_distinct(self, compute: Callable[["Statistics"], Numbers]) -> Numbers:
        """`compute` for every row, worked out once for equal (x, t_x, T) and a cache-sized piece at a time."""
        clients, places = self.distinct()
        pieces = [compute(clients.rows(slice(at, at + ROWS_AT_ONCE))) for at in range(0, clients.size, ROWS_AT_ONCE)]
        return np.concatenate(pieces)[places] if pieces else np.zeros(0)

    def rows(self, kept: slice | NDArray[np.int64]) -> "Statistics":
        """Only these rows."""
        return Statistics(self.x[kept], self.t_x[kept], self.T[kept], self.litt[kept], self.weights[kept])

    def later(self, more: float) -> "Statistics":
        """The same clients `more` units of time later, silent till then."""
        return Statistics(self.x, self.t_x, self.T + more, self.litt, self.weights)

    def repeated(self, times: int) -> "Statistics":
        """The same rows `times` times over."""
        return Statistics(*(np.tile(one, times) for one in (self.x, self.t_x, self.T, self.litt, self.weights)))

    def sampled(self, rows: int) -> "Statistics":
        """At most `rows` rows at even steps through the clients in their order, weighing the same together."""
        if self.size <= rows:
            return self
        reached = np.cumsum(self.weights)
        wanted = (np.arange(rows) + 0.5) * (reached[-1] / rows)
        chosen, times = np.unique(np.searchsorted(reached, wanted), return_counts=True)
        weights = times * (reached[-1] / rows)
        return Statistics(self.x[chosen], self.t_x[chosen], self.T[chosen], self.litt[chosen], weights)


def statistics_of(histories: Histories, *, days_in_unit: float = DAYS_IN_UNIT) -> Statistics:
    """The statistics of every client of `histories`, in their order."""
    gaps, owners = histories.gaps()
    first, last = histories.first.astype(float), histories.last.astype(float)
    litt = np.bincount(owners, weights=np.log(gaps / days_in_unit), minlength=histories.size).astype(float)
    return Statistics(
        x=(histories.counts - 1).astype(float),
        t_x=(last - first) / days_in_unit,
        T=(histories.until - first) / days_in_unit,
        litt=litt,
        weights=np.ones(histories.size),
    )
