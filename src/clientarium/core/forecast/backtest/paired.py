"""Is one method really better than another: a paired bootstrap over clients, with a fixed seed."""

from dataclasses import dataclass

import numpy as np

from clientarium.core.forecast.histories import Indices
from clientarium.core.forecast.methods import Numbers

RESAMPLES = 1000
SEED = 7
MOST_CLIENTS = 5_000
"""More clients than this are added into as many groups, which keeps the spread of the mean."""

INTERVAL = (2.5, 97.5)


@dataclass(frozen=True)
class Difference:
    """Mean miss of one method less that of another, the same units; low, high: 95 % interval.

    is_better: the whole interval lies below zero: the one misses less and it is not chance.
    """

    mean: float
    low: float
    high: float

    @property
    def is_better(self) -> bool:
        return self.high < 0


def paired_difference(misses: Numbers, others: Numbers, clients: Indices) -> Difference:
    """misses, others: float64[n] of the same rows; clients: whose row it is: rows of one client are drawn together."""
    _, places = np.unique(clients, return_inverse=True)
    groups = places.ravel() % MOST_CLIENTS
    sums = np.bincount(groups, weights=misses - others)
    rows = np.bincount(groups).astype(float)
    draws = np.random.default_rng(SEED).multinomial(sums.size, np.full(sums.size, 1 / sums.size), size=RESAMPLES)
    means = (draws @ sums) / np.maximum(draws @ rows, 1)
    low, high = np.percentile(means, INTERVAL)
    return Difference(float((misses - others).mean()), float(low), float(high))
