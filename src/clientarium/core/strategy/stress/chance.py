"""How the margin of the next year may turn out when each client stays or goes by chance.

Assumptions.
1. A client is a client still with probability p (`p_alive`); if he is, he leaves within the year with probability h, on
   any day of it equally likely. F is the part of the year he buys: 0, or 1, or evenly between. q₁ = E F = p(1 - h/2),
   q₂ = E F² = p(1 - 2h/3).
2. While he buys, his orders are Poisson: m of them are expected over all cases, so λ = m/q₁ for a whole year.
3. The margin of an order is a gamma with mean M/m and the coefficient of variation c, the same for all clients.
   So the expected margin stays M, that of the forecast: the simulation spreads it and does not move it, and
       Var = M² ((1 + c²)/m + q₂/q₁² - 1)          (h = 0 gives the variance of a month's plan, core.strategy.plan)
4. Clients are independent. What strikes all at once (a crisis, a price) is left out on purpose: it makes no base a
   lottery, it strikes any base alike.
5. The largest clients are drawn one by one; the many small ones together as one normal number with their summed mean
   and variance (the central limit theorem: none of them is large against the sum).

Symbols: p alive, h `leaves`, m orders, M margin, c ORDER_SPREAD, F the part of the year, λ orders of a whole year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

from clientarium.core.strategy.plan import LEAST_ALIVE, ORDER_SPREAD

DRAWS, SEED = 2_000, 61
"""Two thousand years give the tenth of them to within 0.7 of a per cent; the seed keeps the page the same."""

DRAWN_ONE_BY_ONE = 100
"""The largest of a base of a hundred thousand hold most of its spread; the next is lost in the sum of the others."""

WORST, BEST = 0.1, 0.9
"""One year of ten is worse than the first, one of ten better than the second."""

BINS = 24


@dataclass(frozen=True)
class ClientYear:
    """What is expected of one client within a year."""

    orders: float
    margin: float
    alive: float


@dataclass(frozen=True)
class ManyYears:
    """Many small clients together: their margin and the sum of their variances."""

    margin: float = 0.0
    variance: float = 0.0


@dataclass(frozen=True)
class Bin:
    """How many of the simulated years brought margin from `low` to `high`."""

    low: float
    high: float
    years: int


@dataclass(frozen=True)
class YearChance:
    """The simulated year; `low` and `high` hold it eight times of ten.

    `shortfall`: what part of the expected margin the worst year of ten lacks; None where nothing is expected.
    """

    expected: float
    low: float
    median: float
    high: float
    draws: int
    bins: tuple[Bin, ...] = ()

    @property
    def shortfall(self) -> float | None:
        return max(0.0, 1 - self.low / self.expected) if self.expected > 0 else None


def year_variance(client: ClientYear, *, leaves: float) -> float:
    """Var of assumption 3; 0 where no order is expected."""
    if client.orders <= 0:
        return 0.0
    return client.margin**2 * ((1 + ORDER_SPREAD**2) / client.orders + life_spread(client.alive, leaves=leaves))


def life_spread(alive: float, *, leaves: float) -> float:
    """q₂/q₁² - 1: what staying or going adds to the variance, in M²."""
    whole, square = _parts(alive, leaves)
    return square / whole**2 - 1


def year_chance(
    largest: Sequence[ClientYear], others: ManyYears, *, leaves: float, draws: int = DRAWS, seed: int = SEED
) -> YearChance:
    """`draws` years; the same clients and the same seed give the same years."""
    import numpy as np  # noqa: PLC0415 -- slow import

    years = _drawn(largest, others, leaves=leaves, random=np.random.default_rng(seed), draws=draws)
    low, median, high = (float(value) for value in np.quantile(years, [WORST, 0.5, BEST]))
    counts, edges = np.histogram(years, bins=BINS) if float(np.ptp(years)) > 0 else ([draws], [low, high])
    bins = tuple(
        Bin(float(edges[place]), float(edges[place + 1]), int(count)) for place, count in enumerate(list(counts))
    )
    expected = sum(one.margin for one in largest) + others.margin
    return YearChance(expected, low, median, high, draws, bins)


def _drawn(largest: Sequence[ClientYear], others: ManyYears, *, leaves: float, random: Any, draws: int) -> Any:
    """Margin of each simulated year."""
    import numpy as np  # noqa: PLC0415 -- slow import

    years = others.margin + sqrt(max(0.0, others.variance)) * random.standard_normal(draws)
    buying = [one for one in largest if one.orders > 0]
    years += sum(one.margin for one in largest if one.orders <= 0)
    if not buying:
        return years
    orders, margin, alive = (np.array([getattr(one, name) for one in buying]) for name in ("orders", "margin", "alive"))
    alive = np.clip(alive, LEAST_ALIVE, 1.0)
    shape = (draws, len(buying))
    part = (random.random(shape) < alive).astype(float)
    part *= np.where(random.random(shape) < leaves, random.random(shape), 1.0)
    counted = random.poisson(part * (orders / (alive * (1 - leaves / 2))))
    spread = ORDER_SPREAD**2
    brought = random.standard_gamma(counted / spread) * spread  # in orders of the usual size; none of none
    return years + brought @ (margin / orders)


def _parts(alive: float, leaves: float) -> tuple[float, float]:
    """q₁ and q₂."""
    sure = min(max(alive, LEAST_ALIVE), 1.0)
    return sure * (1 - leaves / 2), sure * (1 - 2 * leaves / 3)
