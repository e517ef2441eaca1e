"""Plain rules for the number of coming orders: what any model has to beat (SCIENCE.md 3.1, 3.2).

Wübben and v. Wangenheim 2008 (Journal of Marketing 72(3), 82-93): a hiatus for who is active and the past average for
how much do at least as well as the stochastic models for a single client.

Symbols: h horizon, s days of silence since the last purchase, x repeat purchases, T days since the first purchase.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.methods import CountForecast, Numbers

HIATUS_CANDIDATES = (7, 14, 21, 28, 42, 56, 84, 112, 168, 252, 364)
"""Days of silence tried as the border of activity: from a week to a year, each about 1.4 times the one before."""

DEFAULT_HIATUS = 182
"""Where there is nothing to tune on: half a year."""


def span_of(histories: Histories) -> int:
    """Days from the first purchase in the base to its end, both counted; 0 for an empty base."""
    return int(histories.until - histories.days.min()) + 1 if histories.days.size else 0


def recency_of(histories: Histories) -> Numbers:
    """Days of silence of each client, float64[n]."""
    return (histories.until - histories.last).astype(float)


def last_window(histories: Histories, horizon: int) -> Numbers:
    """Purchase days in the last `horizon` days; where the base is shorter, its rate over the days there are."""
    window = min(horizon, max(span_of(histories), 1))
    orders = histories.purchases_within(histories.until - window, histories.until)
    return np.asarray(orders * (horizon / window), dtype=float)


def past_average(histories: Histories, horizon: int) -> Numbers:
    """h·x/T: repeat purchases at the pace since the first one; 0 for one who came today."""
    lifetimes = np.maximum(histories.until - histories.first, 1)
    return np.asarray((histories.counts - 1) / lifetimes * horizon, dtype=float)


@dataclass(frozen=True)
class LastWindow:
    """As many orders as in the last equal window."""

    name: str = "last_window"

    def forecast(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        return CountForecast({h: last_window(histories, h) for h in horizons})


@dataclass(frozen=True)
class PastAverage:
    """The client's own average pace goes on, for everyone."""

    name: str = "past_average"

    def forecast(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        return CountForecast({h: past_average(histories, h) for h in horizons})


@dataclass(frozen=True)
class BaseMean:
    """Everyone orders as the mean client of the base did in the last equal window."""

    name: str = "base_mean"

    def forecast(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        if not histories.size:
            return CountForecast({h: np.zeros(0) for h in horizons})
        return CountForecast({h: np.full(histories.size, last_window(histories, h).mean()) for h in horizons})


@dataclass(frozen=True)
class Hiatus:
    """The past average for who was silent no longer than the hiatus, nothing for the rest.

    The hiatus is the one with the least mean absolute error on an inner split: the same horizon (half of the base where
    it is shorter) at the end of the histories, held back from the rule.
    """

    name: str = "hiatus"

    def forecast(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        return CountForecast({h: self._orders(histories, h) for h in horizons})

    def _orders(self, histories: Histories, horizon: int) -> Numbers:
        is_active = recency_of(histories) <= tuned_hiatus(histories, horizon)
        return np.where(is_active, past_average(histories, horizon), 0.0)

    def p_alive(self, histories: Histories) -> Numbers:
        """1 - s/(s + hiatus): the order of silence, one half at the hiatus itself."""
        silence, hiatus = recency_of(histories), tuned_hiatus(histories, DEFAULT_HIATUS)
        return np.asarray(hiatus / (hiatus + silence), dtype=float)


def tuned_hiatus(histories: Histories, horizon: int) -> int:
    """The hiatus of HIATUS_CANDIDATES that misses least on an inner split; DEFAULT_HIATUS where there is no split."""
    window = min(horizon, span_of(histories) // 2)
    cut = histories.until - window
    known = histories.cut(cut)
    if window < 1 or not known.size:
        return DEFAULT_HIATUS
    is_known = histories.first <= cut
    actual = histories.purchases_within(cut, histories.until)[is_known]
    silence, pace = recency_of(known), past_average(known, window)
    misses = [np.abs(actual - np.where(silence <= hiatus, pace, 0.0)).mean() for hiatus in HIATUS_CANDIDATES]
    return HIATUS_CANDIDATES[int(np.argmin(misses))]
