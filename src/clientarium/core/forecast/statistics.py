"""What the buy-till-you-die models need to know of a client: four numbers (SCIENCE.md 1.1)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clientarium.core.forecast.histories import Histories

DAYS_IN_UNIT = 7.0
"""Weeks: the unit of the published parameters."""

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
        rows = np.column_stack([self.x, self.t_x, self.T])
        unique, inverse = np.unique(rows, axis=0, return_inverse=True)
        weights = np.bincount(inverse.ravel(), weights=self.weights).astype(float)
        litt = np.bincount(inverse.ravel(), weights=self.litt * self.weights) / weights
        return Statistics(unique[:, 0].copy(), unique[:, 1].copy(), unique[:, 2].copy(), litt, weights)


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
