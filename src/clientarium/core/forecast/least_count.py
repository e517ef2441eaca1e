"""The smallest whole number a distribution of counts does not pass with a given probability."""

from collections.abc import Callable

import numpy as np

from clientarium.core.forecast.statistics import Numbers


def least_count(at_least: Callable[[Numbers], Numbers], *, size: int, q: float) -> Numbers:
    """The least n >= 0 with P(X <= n) >= q for each client, float64[size]; `at_least` is n -> P(X >= n).

    By doubling, then halving: P(X >= n + 1) falls with n.
    """
    low, high = np.full(size, -1.0), np.zeros(size)
    while not (is_enough := at_least(high + 1) <= 1 - q).all():
        low, high = np.where(is_enough, low, high), np.where(is_enough, high, 2 * high + 1)
    while (high - low > 1).any():
        middle = np.floor((low + high) / 2)
        is_enough = (at_least(middle + 1) <= 1 - q) & (middle > low)
        low, high = np.where(is_enough, low, middle), np.where(is_enough, middle, high)
    return high
