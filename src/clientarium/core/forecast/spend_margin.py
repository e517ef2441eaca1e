"""Margin expected of an order where revenue follows gamma-gamma: revenue x the client's share of margin.

A margin may be negative and gamma-gamma may not (its assumption 4), so the two are told apart: what an order brings in
money by `gamma_gamma`, what of it stays by the credible share of `spend` (Bühlmann & Straub 1970). Where gamma-gamma
finds no top or has nothing to learn from, the revenue is that of `spend` as well, and `method` says which it was.
"""

from dataclasses import dataclass

import numpy as np

from clientarium.core.forecast.fitting import NothingToFit
from clientarium.core.forecast.gamma_gamma import GammaGamma, spending_of
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.spend import Spend, spend_per_order
from clientarium.core.forecast.statistics import Numbers

GAMMA_GAMMA = "gamma-gamma x share"
CREDIBLE = "credible revenue x share"


@dataclass(frozen=True, eq=False)
class OrderValue:
    """Money per order of n clients, float64[n]; margin NaN where no cost of his is known. method: which revenue."""

    spend: Spend
    method: str


def order_value(histories: Histories) -> OrderValue:
    """Expected revenue and margin of the next order of every client, by gamma-gamma where it can be fitted."""
    credible = spend_per_order(histories)
    revenue = _by_gamma_gamma(histories)
    if revenue is None:
        return OrderValue(credible, CREDIBLE)
    has_revenue = np.isfinite(credible.revenue) & (credible.revenue > 0)
    share = np.where(has_revenue, credible.margin / np.where(has_revenue, credible.revenue, 1.0), np.nan)
    return OrderValue(Spend(revenue=revenue, margin=revenue * share), GAMMA_GAMMA)


def _by_gamma_gamma(histories: Histories) -> Numbers | None:
    spending = spending_of(histories)
    try:
        found = GammaGamma.fit(spending)
    except NothingToFit:
        return None
    return found.parameters.expected_value(spending) if found.converged else None
