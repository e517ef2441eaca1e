"""The plain rules for the next order's date that a distribution must beat (SCIENCE.md 3.3).

Each rule reads a state (the gaps behind a moment) and the base (what all clients' gaps were when it was learnt) and
answers the days from the last purchase to the next. Where the client has no gap of his own the base's median answers.

1. global median: every client like the middle gap of the base.     2. last gap.     3. mean gap.
4. EWMA .3: m <- .3 gap + .7 m, from the first gap on.
5. median of the last 12.    6. the same moved to the client's own weekday, at most 3 days.
7. gamma with shared k, empirical Bayes: gap ~ Gamma(k, λ), λ ~ Gamma(r, α) over clients; the next gap's median is
   (α + Σ gap) · BetaPrime.ppf(1/2; k, r + k n) (the published compound gamma; SCIENCE.md 1.6 has its closed form).
"""

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import optimize, special

from clientarium.core.forecast.gap_states import DAYS_IN_WEEK, GapStates, Numbers, weekday_of
from clientarium.core.forecast.histories import Histories

LAST_TWELVE = 12
EWMA_WEIGHT = 0.3
MOST_CLIENTS_TO_FIT = 20_000
"""Three numbers are learnt; more clients than this do not move them."""


@dataclass(frozen=True)
class GapBase:
    """What the rules take from all clients: the median gap in days, and the compound gamma's k, r, alpha (days)."""

    median: float
    k: float
    r: float
    alpha: float


def learn_gap_base(histories: Histories) -> GapBase | None:
    """From every gap of `histories`; None where there is none."""
    gaps, owners = histories.gaps()
    if not gaps.size:
        return None
    known = histories.counts - 1
    has_gaps = known > 0
    total = (histories.last - histories.first).astype(np.float64)
    logs = np.bincount(owners, weights=np.log(gaps), minlength=histories.size).astype(np.float64)
    step = max(1, int(has_gaps.sum()) // MOST_CLIENTS_TO_FIT)
    chosen = np.flatnonzero(has_gaps)[::step]
    median = float(np.median(gaps))
    k, r, alpha = _fit_gamma(known[chosen].astype(float), total[chosen], logs[chosen], scale=median)
    return GapBase(median, k, r, alpha)


def _fit_gamma(known: Numbers, total: Numbers, logs: Numbers, *, scale: float) -> tuple[float, float, float]:
    """Maximum of Σ (k−1)Σln g − n lnΓ(k) + lnΓ(r+kn) − lnΓ(r) + r ln α − (r+kn) ln(α+Σg) in `scale`s."""
    spans, sums = total / scale, logs - known * np.log(scale)

    def missed(logarithms: Numbers) -> float:
        k, r, alpha = np.exp(logarithms)
        shape = r + k * known
        likelihood = (
            (k - 1) * sums
            - known * special.gammaln(k)
            + special.gammaln(shape)
            - special.gammaln(r)
            + r * np.log(alpha)
            - shape * np.log(alpha + spans)
        )
        return float(-likelihood.mean())

    found = optimize.minimize(missed, np.zeros(3), method="L-BFGS-B", bounds=[(-3, 5), (-5, 8), (-7, 9)])
    k, r, alpha = np.exp(found.x)
    return float(k), float(r), float(alpha * scale)


Rule = Callable[[GapStates, GapBase], Numbers]


def global_median(states: GapStates, base: GapBase) -> Numbers:
    return np.full(states.size, base.median)


def last_gap(states: GapStates, base: GapBase) -> Numbers:
    return _or_base(states.gaps[:, 0].astype(float), states, base)


def mean_gap(states: GapStates, base: GapBase) -> Numbers:
    return _or_base(states.total / np.maximum(states.known, 1), states, base)


def ewma(states: GapStates, base: GapBase) -> Numbers:
    """m_1 = gap_1, m_j = .3 gap_j + .7 m_{j−1}, over the gaps kept."""
    known = np.minimum(states.known, states.gaps.shape[1])
    ages = np.arange(states.gaps.shape[1])
    weights = EWMA_WEIGHT * (1 - EWMA_WEIGHT) ** ages[None, :] * (ages[None, :] < known[:, None])
    oldest = np.flatnonzero(known > 0), np.maximum(known - 1, 0)[known > 0]
    weights[oldest] /= EWMA_WEIGHT
    return _or_base((weights * np.nan_to_num(states.gaps)).sum(axis=1), states, base)


def median_of_twelve(states: GapStates, base: GapBase) -> Numbers:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a client without gaps: an all-NaN row, answered by the base
        return _or_base(np.nanmedian(states.gaps[:, :LAST_TWELVE], axis=1).astype(float), states, base)


def median_on_weekday(states: GapStates, base: GapBase) -> Numbers:
    """The median of the last 12 moved to the weekday the client bought on most often (the earlier one of a tie)."""
    return on_weekday(median_of_twelve(states, base), states)


def on_weekday(gaps: Numbers, states: GapStates) -> Numbers:
    """The nearest day >= 1 to last + gap that falls on the client's usual weekday."""
    rounded = np.maximum(np.round(gaps), 1.0)
    usual = states.weekdays.argmax(axis=1)
    off = (usual - weekday_of((states.last + rounded).astype(np.int32))) % DAYS_IN_WEEK
    moved = rounded + np.where(off > DAYS_IN_WEEK // 2, off - DAYS_IN_WEEK, off)
    return np.asarray(np.where(moved < 1, moved + DAYS_IN_WEEK, moved))


def gamma_median(states: GapStates, base: GapBase) -> Numbers:
    shapes, at = np.unique(states.known, return_inverse=True)
    half = special.betaincinv(base.k, base.r + base.k * shapes, 0.5)
    return np.asarray((base.alpha + states.total) * (half / (1 - half))[at])


def _or_base(own: Numbers, states: GapStates, base: GapBase) -> Numbers:
    return np.where(states.known > 0, own, base.median)


DATE_RULES: Mapping[str, Rule] = {
    "global-median": global_median,
    "last-gap": last_gap,
    "mean-gap": mean_gap,
    "ewma": ewma,
    "median-of-12": median_of_twelve,
    "median-on-weekday": median_on_weekday,
    "gamma": gamma_median,
}
