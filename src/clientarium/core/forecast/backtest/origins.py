"""Moments in the past from which forecasts are made and judged: what was known then, and what came.

SCIENCE.md 3.5: rolling origins, never a random split of clients; a method sees dates up to the cut and nothing later.
Clients first seen after a cut could not be forecast: their share of the orders that came is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clientarium.core.forecast.count_rules import span_of
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.methods import Numbers

FEWEST_ORIGINS = 3
HORIZONS = (7, 28, 91, 182)
"""SCIENCE.md 3.5: 1, 4, 13 and 26 weeks."""

MANY_PURCHASES = 5

Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Came:
    """What came of the n clients known at a cut within a horizon: orders and revenue, float64[n] (NaN = unknown sum).

    orders_of_new: orders in the same days by clients first seen after the cut.
    """

    orders: Numbers
    revenue: Numbers
    orders_of_new: int


@dataclass(frozen=True, eq=False)
class Origin:
    """The histories on the evening of `cut` (day number), and what came, by horizon in days."""

    cut: int
    known: Histories
    came: Mapping[int, Came]

    def populations(self) -> Mapping[str, Flags]:
        """bool[n] by name: all clients, those of one purchase day, those of five and more."""
        counts = self.known.counts
        return {
            "all": np.ones(self.known.size, dtype=bool),
            "one_order": counts == 1,
            "five_and_more": counts >= MANY_PURCHASES,
        }


def origin_at(histories: Histories, cut: int, horizons: Sequence[int]) -> Origin:
    is_known = histories.first <= cut
    came = {}
    for horizon in horizons:
        orders = histories.purchases_within(cut, cut + horizon)
        revenue = _revenue_within(histories, cut, cut + horizon)
        came[horizon] = Came(orders[is_known].astype(float), revenue[is_known], int(orders[~is_known].sum()))
    return Origin(cut, histories.cut(cut), came)


def rolling_origins(histories: Histories, horizons: Sequence[int], *, number: int = FEWEST_ORIGINS) -> list[Origin]:
    """Up to `number` origins, newest first, all with the longest horizon after them and as much before them.

    They lie a horizon apart where the histories are long enough, and closer where not: then their windows overlap.
    """
    horizon = max(horizons)
    spare = span_of(histories) - 2 * horizon
    if spare < 0:
        return []
    step = min(horizon, spare // max(number - 1, 1))
    newest = histories.until - horizon
    cuts = [newest - step * back for back in range(number)] if step else [newest]
    return [origin_at(histories, cut, horizons) for cut in cuts]


def horizons_within(histories: Histories, horizons: Sequence[int]) -> list[int]:
    """Those of `horizons` that can be judged: FEWEST_ORIGINS cuts at least a day apart, a horizon before and after."""
    longest = (span_of(histories) - FEWEST_ORIGINS + 1) // 2
    return sorted({horizon for horizon in horizons if 1 <= horizon <= longest})


def _revenue_within(histories: Histories, after: int, until: int) -> Numbers:
    if not histories.size:
        return np.zeros(0)
    is_within = (histories.days > after) & (histories.days <= until)
    return np.asarray(np.add.reduceat(np.where(is_within, histories.revenue, 0.0), histories.starts[:-1]), dtype=float)
