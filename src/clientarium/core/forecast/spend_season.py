"""How much larger or smaller orders are in the coming days than what clients usually spend: season and growth.

Assumptions.
1. What was missed in the same days of earlier years is missed again: orders before the season are smaller, and a firm
   whose prices rise ten per cent a year takes more than its clients' past says.
2. miss_y = revenue that came in the h days after the same date y years ago, over what `spend_per_order` would have said
   of the very same orders then: the number of orders is not judged here.
3. The factor is the geometric mean of the misses, moved to 1 by n / (n + 1) of n years: two years prove little.
4. It is used only where it would have helped: each year foretold by the others must miss less than no factor at all.
   Under two years to compare there is none.

Symbols: y years back, h horizon in days, n years compared.
"""

from collections.abc import Sequence

import numpy as np

from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.spend import spend_per_order

YEAR_DAYS = 365
MOST_YEARS = 4
LEAST_YEARS = 2
LEAST_ORDERS = 100
"""Fewer orders in a season are a matter of who came, not of how much they took."""

GREATEST_FACTOR = 2.0


def season_factors(histories: Histories, horizons: Sequence[int]) -> dict[int, float]:
    """What money of an order is multiplied by, for each horizon in days; 1.0 where the past shows nothing."""
    misses: dict[int, list[float]] = {horizon: [] for horizon in horizons}
    for years in range(1, MOST_YEARS + 1):
        cut = histories.until - YEAR_DAYS * years
        if not histories.size or cut - int(histories.days.min()) < YEAR_DAYS:
            break
        for horizon, miss in _misses_at(histories, cut, horizons).items():
            misses[horizon].append(miss)
    return {horizon: factor_of(found) for horizon, found in misses.items()}


def factor_of(misses: Sequence[float]) -> float:
    """Rules 3 and 4 for the misses of the years (1.2: a fifth more came than was said)."""
    if len(misses) < LEAST_YEARS:
        return 1.0
    logs = np.log(misses)
    others = (logs.sum() - logs) / (logs.size - 1)
    if np.abs(logs - others * _trust(logs.size - 1)).sum() >= np.abs(logs).sum():
        return 1.0
    return float(np.clip(np.exp(logs.mean() * _trust(logs.size)), 1 / GREATEST_FACTOR, GREATEST_FACTOR))


def _trust(years: int) -> float:
    return years / (years + 1)


def _misses_at(histories: Histories, cut: int, horizons: Sequence[int]) -> dict[int, float]:
    """Rule 2 at one cut; a horizon with too few orders, or with money unknown, is not there."""
    known = histories.cut(cut)
    prices = spend_per_order(known).revenue
    owners = histories.owners
    places = np.minimum(np.searchsorted(known.client_ids, histories.client_ids), known.size - 1)
    is_known = known.client_ids[places] == histories.client_ids
    found = {}
    for horizon in horizons:
        is_in = (histories.days > cut) & (histories.days <= cut + horizon) & is_known[owners]
        came, said = float(histories.revenue[is_in].sum()), float(prices[places[owners[is_in]]].sum())
        if int(is_in.sum()) >= LEAST_ORDERS and np.isfinite(came) and np.isfinite(said) and came > 0 and said > 0:
            found[horizon] = came / said
    return found
