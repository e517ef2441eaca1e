"""What a client brings in one calendar month, from what is expected of him within 30, 90 and 365 days.

Assumptions.
1. Between two horizons orders come evenly: F(h), orders expected within h days, runs straight from 0 through the values
   at 30, 90 and 365 days. A month that lies a+1 … b days ahead takes F(b) - F(a); the same holds for margin. So a month
   is a weighted sum of the three published columns, and a database adds a million clients up without reading them.
2. Given that the client is alive (probability p) his orders of the month are Poisson: with m orders expected over both
   cases, Var N = m + m²(1 - p)/p. The margin of an order has the coefficient of variation c, the same for all clients.
   Then for M = m · (margin of an order): Var M = M² ((1 + c²)/m + (1 - p)/p) (compound Poisson with a coin in front;
   Klugman, Panjer, Willmot, "Loss Models", sections 6.6 and 9.3).
3. Clients are independent but for the month they share (a holiday, a price): of a sum S, Var = Σ Var M + (e S)².
4. The 80 % interval is that of the gamma distribution with the same mean and variance, by the cube of Wilson and
   Hilferty (1931), never below zero; a sum that is expected below zero takes the normal one.

Symbols: m orders, M margin, p alive, c ORDER_SPREAD, e COMMON_ERROR, k = S²/Var the gamma's shape.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import sqrt

from clientarium.core.ground import N_, UserError, add_months

HORIZONS = (30, 90, 365)
"""Days ahead for which the published state knows orders and margin."""

ORDER_SPREAD = 0.8
"""c: how a client's orders differ from his usual one. Measured over clients with six orders and more: half of them stay
under 0.42-0.48; weighed by money it is 0.48 on the demo company, 0.68 on Iowa liquor, 1.10 on Online Retail II."""

COMMON_ERROR = 0.12
"""e: how far a whole month misses for all clients together. Six months of the demo company missed by 4-36 %, a part
of it chance; with these two numbers 50 of 54 months of a seller and 4 of 6 of the firm fell into their interval."""

YEARS = range(1990, 2200)
"""A month outside is a slip of the keyboard."""

LEAST_ALIVE = 0.05
"""Below it (1 - p)/p would say more of the formula than of the client."""

LEAST_ORDERS = 0.005
"""Half an order in a hundred months: of such a client nothing is expected, and no line of a plan is written of him."""

TENTH = 1.2816
"""Quantile of the normal distribution at 90 %: an 80 % interval leaves a tenth on either side."""


KOPECK = Decimal("0.01")


@dataclass(frozen=True)
class MonthShare:
    """What of the values within 30, 90 and 365 days falls into the month; the weights may be negative."""

    within_30d: float
    within_90d: float
    within_365d: float

    def of(self, within_30d: float, within_90d: float, within_365d: float) -> float:
        return self.within_30d * within_30d + self.within_90d * within_90d + self.within_365d * within_365d


@dataclass(frozen=True)
class Expected:
    """Of one client or of many together, in a month. `low`…`high` hold the margin four times of five."""

    orders: float
    margin: float
    low: float
    high: float


def first_day_of(month: date) -> date:
    """Raises UserError for a month nobody can have meant."""
    if month.year not in YEARS:
        raise UserError(
            N_("There is no plan of the year %(year)s."), cure=N_("Choose a nearer month."), year=month.year
        )
    return month.replace(day=1)


def last_day_of(month: date) -> date:
    return add_months(first_day_of(month), 1) - timedelta(days=1)


def month_share(as_of: date, month: date) -> MonthShare:
    """The weights for the days of `month` as seen on the evening of `as_of`.

    A month begun already is taken as one as long that begins tomorrow: the plan of a whole month, not of its rest.
    Raises UserError for a month that ends more than a year ahead.
    """
    first, last = first_day_of(month), last_day_of(month)
    begun_by = max(0, (as_of - first).days + 1)
    return _share_between((first - as_of).days - 1 + begun_by, (last - as_of).days + begun_by)


def rest_share(as_of: date, month: date) -> MonthShare:
    """The weights for the days of `month` after `as_of`; nothing where the month is over."""
    first, last = first_day_of(month), last_day_of(month)
    return _share_between(max(0, (first - as_of).days - 1), max(0, (last - as_of).days))


def margin_variance(*, orders: float, margin: float, p_alive: float) -> float:
    """Var M of one client (assumption 2); 0 where nothing is expected."""
    if orders <= 0:
        return 0.0
    alive = min(max(p_alive, LEAST_ALIVE), 1.0)
    return margin * margin * ((1 + ORDER_SPREAD**2) / orders + (1 - alive) / alive)


def expected(*, orders: float, margin: float, variance: float) -> Expected:
    """The sum with its interval; `variance` is that of independent clients added up (assumptions 3 and 4)."""
    spread = variance + (COMMON_ERROR * margin) ** 2
    if spread <= 0:
        return Expected(orders, margin, margin, margin)
    if margin <= 0:
        return Expected(orders, margin, margin - TENTH * sqrt(spread), margin + TENTH * sqrt(spread))
    k = margin * margin / spread
    return Expected(orders, margin, margin * _cubed(k, -TENTH), margin * _cubed(k, TENTH))


def spread_figure(total: Decimal, weights: Mapping[int, float]) -> dict[int, Decimal]:
    """`total` over the keys by their weights, kopecks included: the shares add up to it exactly.

    Weights of zero and below get nothing; where none is above zero all get the same.
    """
    if not weights:
        return {}
    above = {key: max(0.0, weight) for key, weight in weights.items()}
    if not any(above.values()):
        above = dict.fromkeys(weights, 1.0)
    keys = sorted(above)
    found, left = {}, total
    for place, key in enumerate(keys):
        rest = sum(above[one] for one in keys[place:])
        found[key] = (left * Decimal(above[key] / rest)).quantize(KOPECK) if rest > 0 else Decimal(0)
        left -= found[key]
    return found


def _cubed(k: float, z: float) -> float:
    """Quantile of a gamma of shape k and mean 1 at the normal quantile z."""
    return float(max(0.0, 1 - 1 / (9 * k) + z / (3 * sqrt(k))) ** 3)


def _share_between(after: int, until: int) -> MonthShare:
    if until > HORIZONS[-1]:
        raise UserError(
            N_("The month is too far ahead: the forecast reaches a year."), cure=N_("Choose a nearer month.")
        )
    late, early = _weights(until), _weights(after)
    return MonthShare(*(one - other for one, other in zip(late, early, strict=True)))


def _weights(days: int) -> list[float]:
    """Of the values at HORIZONS in F(days)."""
    found, before = [0.0] * len(HORIZONS), 0
    for place, horizon in enumerate(HORIZONS):
        if days <= horizon:
            part = (days - before) / (horizon - before)
            found[place] += part
            if place:
                found[place - 1] += 1 - part
            return found
        before = horizon
    raise AssertionError("farther than the last horizon")
