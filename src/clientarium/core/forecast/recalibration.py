"""The total of a model put right by how it missed at earlier origins of the same histories, of the same season if any.

Buy-till-you-die models know no season and often miss the total of a base by 10-20 % (SCIENCE.md 1.5, 3.5.6).

1. At an origin c the model is fitted on what was known then; its factor is (orders that came) / (orders expected).
2. Where there is a year and a window of history, the origins are those of the same season of earlier years; otherwise
   up to four newest ones, a window apart; the window is half of the base where that is shorter.
3. A factor from few orders is noise: its logarithm is shrunk by τ²/(τ² + σ²), σ² from the misses of single clients,
   τ = TYPICAL_MISS. It is never beyond LARGEST_FACTOR either way.
4. With two years and a window the rule is tried at origins of the last year: where leaving the total alone would have
   missed less there, it is left alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from clientarium.core.forecast.count_rules import span_of
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.methods import CountForecast, Numbers
from clientarium.core.forecast.model_methods import REGULAR_MODEL, ModelMethod
from clientarium.core.forecast.slices import YEAR, Slice, evenly_chosen, same_season_cuts, slice_at, window_for

TYPICAL_MISS = 0.25
"""Standard deviation of the logarithm of a factor between bases: models miss totals by about a quarter."""

LARGEST_FACTOR = 2.0
MOST_SEASONS = 3
MOST_RECENT = 4
MOST_CLIENTS = 15_000
"""The factor of a total over this many clients is known to two or three per cent: more would tell nothing new."""

TRIALS = 3
"""Origins of the last year at which the rule is tried."""


@dataclass(frozen=True)
class Recalibrated:
    """A model whose expected orders are multiplied by the factor of the total; its typical ones stay."""

    base: ModelMethod = REGULAR_MODEL
    name: str = "recalibrated"

    def forecast(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        found = self.base.forecast(histories, horizons)
        factors = {h: total_factor(histories, h, base=self.base) for h in horizons}
        return CountForecast({h: found.expected[h] * factors[h] for h in horizons}, found.typical, found.basis)


def total_factor(histories: Histories, horizon: int, *, base: ModelMethod) -> float:
    """What to multiply the total of `base` over the next `horizon` days by; 1 where there is nothing to learn from."""
    sample = evenly_chosen(histories, MOST_CLIENTS)
    base = base.refitted_like(histories)
    factor = learnt_factor(sample, horizon, base=base)
    window = window_for(sample, horizon)
    if factor == 1 or span_of(sample) < 2 * YEAR + 2 * window:
        return factor
    origins = [sample.until - window - trial * YEAR // TRIALS for trial in range(TRIALS)]
    misses = [trial_misses(slice_at(sample, origin, window), base=base) for origin in origins]
    alone, corrected = np.array(misses).mean(axis=0)
    return factor if corrected < alone else 1.0


def trial_misses(tried: Slice, *, base: ModelMethod) -> tuple[float, float]:
    """|ln(came / expected)| at the origin: the total left alone, and multiplied by the factor learnt before it."""
    expected = base.expected_orders(tried.known, tried.window).sum()
    missed = float(np.log((tried.orders.sum() + 1) / (expected + 1)))
    corrected = missed - float(np.log(learnt_factor(tried.known, tried.window, base=base)))
    return abs(missed), abs(corrected)


def learnt_factor(histories: Histories, horizon: int, *, base: ModelMethod) -> float:
    """Rules 1 to 3."""
    window = window_for(histories, horizon)
    if not window:
        return 1.0
    first = int(histories.days.min())
    newest = histories.until - window
    seasons = [cut for cut in same_season_cuts(histories) if first + window <= cut <= newest][:MOST_SEASONS]
    recent = [newest - back * window for back in range(MOST_RECENT) if newest - back * window >= first + window]
    origins = seasons or recent or [newest]
    factors = [shrunk_log_factor(slice_at(histories, origin, window), base=base) for origin in origins]
    limit = np.log(LARGEST_FACTOR)
    return float(np.exp(np.clip(np.mean(factors), -limit, limit)))


def shrunk_log_factor(origin: Slice, *, base: ModelMethod) -> float:
    if not origin.known.size:
        return 0.0
    expected = base.expected_orders(origin.known, origin.window)
    came = float(origin.orders.sum())
    if came <= 0 or expected.sum() <= 0:
        return 0.0
    # A handful of clients may happen to miss by little: never less doubt than so few orders have by chance.
    variance = float(((origin.orders - expected) ** 2).sum()) / came**2 + 1 / min(came, float(expected.sum()))
    return float(np.log(came / expected.sum())) * TYPICAL_MISS**2 / (TYPICAL_MISS**2 + variance)


def scaled_to(orders: Numbers, total: float) -> Numbers:
    """`orders` times what makes their sum `total`; as they are where their sum is nothing."""
    found = float(orders.sum())
    return orders * (total / found) if found > 0 else orders
