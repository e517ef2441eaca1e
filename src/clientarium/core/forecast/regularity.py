"""How regularly a client buys: the base's k, each client's k, his typical gap and its spread, and the word for it.

Assumptions.
1. Gaps of a client are gamma distributed with shape k_i: k = 1 is pure chance (Poisson), k -> ∞ a clock.
2. Wheat & Morrison (1990): M = g_last/(g_last + g_before) is Beta(k, k), so the base's k = (1 − 4·Var M)/(8·Var M) over
   clients with two gaps at least. R's BTYDplus draws which gap stands above; here both do: Var M = mean (M − 1/2)².
3. A client's k_i maximises the likelihood: ln k − ψ(k) = ln(mean gap) − mean(ln gap) (SCIENCE.md 1.6).
4. Few gaps flatter: with n gaps even a Poisson client shows a k_i over 2 now and then. "Regular" therefore means that
   chance would rarely look so: the statistic ln(mean gap) − mean(ln gap) lies below what a Poisson client of n gaps
   shows in CHANCE of cases, and half of his gaps lie within REGULAR_SPREAD of his typical one.

Symbols: k regularity, g gap, n gaps known, ψ digamma. Units: days.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy import special

from clientarium.core.forecast.gap_states import GapStates, Numbers, states_now
from clientarium.core.forecast.histories import Histories

LEAST_GAPS = 3
"""Under three gaps nothing is said of regularity."""

LEAST_GAPS_FOR_K = 10
"""Published per-client estimates take ten gaps and more (BTYDplus; SCIENCE.md 1.5)."""

CHANCE = 0.05
REGULAR_SPREAD = 0.5
"""Half of his gaps within ± 50 % of the typical one: wider, «раз в 28 дней» is no promise."""

MOST_REGULAR = 1000.0
"""k of a client whose gaps are all equal: the likelihood has no maximum there."""

NEWTON_STEPS = 6
CLIENTS_AT_ONCE = 100_000
DRAWS = 20_000
SEED = 1990

MONTH = 30.0


@dataclass(frozen=True, eq=False)
class Rhythm:
    """Of each of n clients. word: text[n], regular | irregular | unknown. typical_gap_days, half_width_days:
    «раз в 28 ± 4 дня», float64[n], the median of the last gaps and half of the range of their middle half, whole days
    (NaN without a gap; half_width NaN under LEAST_GAPS). k: float64[n], NaN under LEAST_GAPS.
    """

    word: NDArray[np.str_]
    typical_gap_days: Numbers
    half_width_days: Numbers
    k: Numbers


def wheat_morrison(histories: Histories) -> float | None:
    """k of the base; None where no client has two gaps or all of them are equal."""
    gaps = states_now(histories).gaps if histories.size else np.zeros((0, 2), np.float32)
    has_two = ~np.isnan(gaps[:, 1])
    pairs = gaps[has_two, :2].astype(np.float64)
    if not pairs.size:
        return None
    variance = float(np.mean((pairs[:, 0] / pairs.sum(axis=1) - 0.5) ** 2))
    return (1 - 4 * variance) / (8 * variance) if variance > 0 else None


def shape_of(excess: Numbers) -> Numbers:
    """k of ln k − ψ(k) = excess, by Newton from Minka's start; MOST_REGULAR where excess is 0."""
    floor = np.maximum(excess, 1 / (2 * MOST_REGULAR))
    k = (3 - floor + np.sqrt((floor - 3) ** 2 + 24 * floor)) / (12 * floor)
    for _ in range(NEWTON_STEPS):
        k = 1 / (1 / k + (np.log(k) - special.digamma(k) - floor) / (k**2 * (1 / k - special.polygamma(1, k))))
    return np.asarray(np.clip(k, 0.01, MOST_REGULAR))


def client_shapes(histories: Histories, *, least_gaps: int = LEAST_GAPS_FOR_K) -> Numbers:
    """k_i of every client by all his gaps, float64[n], NaN under `least_gaps`."""
    gaps, owners = histories.gaps()
    known = (histories.counts - 1).astype(np.float64)
    logs = np.bincount(owners, weights=np.log(gaps), minlength=histories.size)
    mean = np.maximum(histories.last - histories.first, 1) / np.maximum(known, 1)
    shapes = shape_of(np.log(mean) - logs / np.maximum(known, 1))
    return np.where(known >= least_gaps, shapes, np.nan)


def rhythms(histories: Histories) -> Rhythm:
    """The rhythm of every client of `histories`, by his last gaps."""
    parts = [
        _rhythm(states_now(histories, slice(at, at + CLIENTS_AT_ONCE)))
        for at in range(0, histories.size, CLIENTS_AT_ONCE)
    ]
    if not parts:
        none = np.zeros(0)
        return Rhythm(np.zeros(0, "U9"), none, none, none)
    return Rhythm(*(np.concatenate([getattr(part, name) for part in parts]) for name in Rhythm.__dataclass_fields__))


def _rhythm(states: GapStates) -> Rhythm:
    gaps = np.sort(states.gaps.astype(np.float64), axis=1)  # NaN last
    n = np.minimum(states.known, gaps.shape[1])
    typical, low, high = (_quantile(gaps, n, share) for share in (0.5, 0.25, 0.75))
    is_told = n >= LEAST_GAPS
    excess = _excess(gaps, n)
    half = (high - low) / 2
    is_regular = is_told & (excess <= _chance_limits(gaps.shape[1])[n]) & (half <= REGULAR_SPREAD * typical)
    word = np.where(is_told, np.where(is_regular, "regular", "irregular"), "unknown")
    typical_days = np.where(n > 0, _in_words(typical), np.nan)
    return Rhythm(
        word=word,
        typical_gap_days=typical_days,
        half_width_days=np.where(is_told, np.maximum(np.round(half), 1.0), np.nan),
        k=np.where(is_told, shape_of(excess), np.nan),
    )


def _excess(gaps: Numbers, n: NDArray[np.int64]) -> Numbers:
    """ln(mean gap) − mean(ln gap) of each row, 0 for equal gaps."""
    filled = np.where(np.isnan(gaps), 0.0, gaps)
    logs = np.log(np.where(filled > 0, filled, 1.0)).sum(axis=1)
    count = np.maximum(n, 1)
    return np.asarray(np.maximum(np.log(np.maximum(filled.sum(axis=1), 1.0) / count) - logs / count, 0.0))


def _quantile(gaps: Numbers, n: NDArray[np.int64], share: float) -> Numbers:
    """The share-quantile of the first n values of each ascending row, between neighbours in proportion."""
    where = np.maximum(n - 1, 0) * share
    low = np.floor(where).astype(np.int64)
    rows = np.arange(gaps.shape[0])
    filled = np.where(np.isnan(gaps), 0.0, gaps)
    upper = filled[rows, np.minimum(low + 1, np.maximum(n - 1, 0))]
    return np.asarray(filled[rows, low] + (where - low) * (upper - filled[rows, low]))


@lru_cache(maxsize=2)
def _chance_limits(most: int) -> Numbers:
    """By number of gaps: the excess that a client of pure chance falls below in CHANCE of cases (drawn, fixed seed)."""
    drawn = np.random.default_rng(SEED).standard_exponential((DRAWS, most))
    limits = np.zeros(most + 1)
    for n in range(LEAST_GAPS, most + 1):
        part = drawn[:, :n]
        limits[n] = np.quantile(np.log(part.mean(axis=1)) - np.log(part).mean(axis=1), CHANCE)
    return limits


def _in_words(days: Numbers) -> Numbers:
    """Rounded as people say it: whole days, from two months on whole fives."""
    return np.asarray(np.where(days < 2 * MONTH, np.maximum(np.round(days), 1.0), np.round(days / 5) * 5))
