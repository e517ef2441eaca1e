"""The last quarters as they would have been foretold: what was expected of each and what came, for people to read.

1. A quarter is QUARTER_DAYS days, counted back from the last day known; it is foretold from the day before it begins.
2. The methods are those chosen now: in an early quarter another choice may have stood. The check of methods against
   each other is the report's; this table only says what its user may expect.
3. Orders of clients first seen inside the quarter were foretold by nobody; they are told apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from clientarium.core.forecast.histories import Histories, date_of
from clientarium.core.forecast.methods import CountMethod, Numbers
from clientarium.core.forecast.regularity import rhythms
from clientarium.core.forecast.spend import spend_per_order
from clientarium.core.forecast.spend_season import season_factors

QUARTER_DAYS = 91
QUARTERS = 6
LEAST_PAST_DAYS = 182
"""Half a year of history: under it nobody has a rhythm yet."""

GROUPS = ("regular", "irregular", "few_orders", "one_order")


@dataclass(frozen=True)
class Group:
    """Clients of one kind in one quarter: orders expected and those that came, and the mean miss for one client."""

    clients: int
    expected: float
    came: int
    mean_miss: float


@dataclass(frozen=True)
class Quarter:
    """since < day <= until, ISO dates. revenue: of the orders of known clients, None where the data hold no money."""

    since: str
    until: str
    clients: int
    expected: float
    came: int
    of_new: int
    expected_revenue: float | None
    came_revenue: float | None
    groups: Mapping[str, Group]


def last_quarters(histories: Histories, method: CountMethod, *, most: int = QUARTERS) -> Sequence[Quarter]:
    """Oldest first; [] for a base of under three quarters."""
    if not histories.size:
        return []
    first = int(histories.days.min())
    cuts = [histories.until - QUARTER_DAYS * number for number in range(most, 0, -1)]
    return [_quarter(histories, method, cut) for cut in cuts if cut - first >= LEAST_PAST_DAYS]


def _quarter(histories: Histories, method: CountMethod, cut: int) -> Quarter:
    known, until = histories.cut(cut), cut + QUARTER_DAYS
    told = method.forecast(known, [QUARTER_DAYS])
    expected = told.expected[QUARTER_DAYS]
    places = np.searchsorted(histories.client_ids, known.client_ids)
    everybody = histories.purchases_within(cut, until)
    came = everybody[places].astype(float)
    revenue = _revenue(histories, cut, until)
    prices = spend_per_order(known).revenue * season_factors(known, [QUARTER_DAYS])[QUARTER_DAYS]
    has_money = bool(np.isfinite(revenue).all())
    return Quarter(
        since=date_of(cut + 1).isoformat(),
        until=date_of(until).isoformat(),
        clients=known.size,
        expected=float(expected.sum()),
        came=int(came.sum()),
        of_new=int(everybody.sum() - came.sum()),
        expected_revenue=float(expected @ prices) if has_money else None,
        came_revenue=float(revenue[places].sum()) if has_money else None,
        groups=_groups(known, expected=expected, typical=told.per_client(QUARTER_DAYS), came=came),
    )


def _revenue(histories: Histories, cut: int, until: int) -> Numbers:
    is_within = (histories.days > cut) & (histories.days <= until)
    return np.add.reduceat(np.where(is_within, histories.revenue, 0.0), histories.starts[:-1])


def _groups(known: Histories, *, expected: Numbers, typical: Numbers, came: Numbers) -> Mapping[str, Group]:
    """Regular and irregular where a rhythm is known; the others by whether they ever came back."""
    words, orders = rhythms(known).word, known.counts
    kinds = np.where(words == "unknown", np.where(orders == 1, "one_order", "few_orders"), words)
    found = {}
    for name in GROUPS:
        chosen = kinds == name
        if chosen.any():
            misses = np.abs(came[chosen] - typical[chosen])
            found[name] = Group(
                int(chosen.sum()), float(expected[chosen].sum()), int(came[chosen].sum()), float(misses.mean())
            )
    return found
