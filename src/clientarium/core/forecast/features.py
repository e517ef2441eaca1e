"""What a learner sees of each client on the evening of a cut: times in windows, counts, the model's own answer.

Times are divided by the window, so that what was learnt on half of a short base reads the same on the whole of it.
Unknown is -1: no feature is negative.
"""

import numpy as np

from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.methods import Numbers
from clientarium.core.forecast.slices import YEAR

PARTS_OF_WINDOW = (0.125, 0.25, 0.5, 1.0, 2.0)
"""Orders are counted over these last parts of a window."""

UNKNOWN = -1.0


def features_of(known: Histories, window: int, *, model: tuple[Numbers, Numbers, Numbers]) -> Numbers:
    """float64[n, features] at the end of `known`; `model`: expected orders of the window, their median, P(alive)."""
    silence = (known.until - known.last).astype(float)
    age = (known.until - known.first).astype(float)
    mean, variation, last = _gap_features(known)
    expected, typical, alive = model
    columns = [
        silence / window,
        age / window,
        known.counts.astype(float),
        (known.counts - 1) / np.maximum(age, 1) * window,
        silence / mean,
        silence / np.maximum(age, 1),
        mean / window,
        last / window,
        variation,
        *(_orders_in_last(known, part * window) for part in PARTS_OF_WINDOW),
        _orders_in_last(known, 2 * window) - _orders_in_last(known, window),
        _same_season(known, window),
        expected,
        typical,
        alive,
    ]
    table: Numbers = np.column_stack(columns)
    return np.asarray(np.nan_to_num(table, nan=UNKNOWN, posinf=UNKNOWN, neginf=UNKNOWN), dtype=float)


def _gap_features(known: Histories) -> tuple[Numbers, Numbers, Numbers]:
    """Mean gap, coefficient of variation and last gap of each client, days; NaN where there are too few gaps."""
    gaps, owners = known.gaps()
    days = gaps.astype(float)
    number = np.bincount(owners, minlength=known.size).astype(float)
    total = np.bincount(owners, weights=days, minlength=known.size)
    squares = np.bincount(owners, weights=days * days, minlength=known.size)
    has_gap, has_two = number > 0, number > 1
    mean = np.where(has_gap, total / np.maximum(number, 1), np.nan)
    variance = np.maximum(squares / np.maximum(number, 1) - mean**2, 0)
    last = np.full(known.size, np.nan)
    last[owners] = days
    return mean, np.where(has_two, np.sqrt(variance) / mean, np.nan), last


def _orders_in_last(known: Histories, days: float) -> Numbers:
    return known.purchases_within(known.until - max(int(days), 1), known.until).astype(float)


def _same_season(known: Histories, window: int) -> Numbers:
    """Orders in the coming window of a year ago; NaN for clients who were not there then."""
    ago = known.until - YEAR
    orders = known.purchases_within(ago, min(ago + window, known.until)).astype(float)
    return np.where(known.first <= ago, orders, np.nan)
