"""The published models as methods: fitted on the histories they are asked about, once for each histories.

Where there is nothing to fit (nobody ordered twice, all on one day) the answer is the base's pace with half a repeat
order added to what there is, the same for everyone, and says so: nobody is promised more than the base has shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol
from weakref import WeakKeyDictionary

import numpy as np

from clientarium.core.forecast.bg_nbd import BgNbd
from clientarium.core.forecast.cnbd_k import BgCnbdK, CnbdK, MbgCnbdK
from clientarium.core.forecast.fitting import Fitted, NothingToFit
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.mbg_nbd import MbgNbd
from clientarium.core.forecast.methods import CountForecast, Numbers
from clientarium.core.forecast.nbd import Nbd
from clientarium.core.forecast.pareto_nbd import ParetoNbd
from clientarium.core.forecast.statistics import DAYS_IN_UNIT, Statistics, statistics_of
from clientarium.core.ground import N_

PRIOR_ORDERS = 0.5
"""Repeat orders added to a base that has none (Jeffreys' prior of a Poisson rate)."""

NOTHING_TO_FIT = N_("There is no repeat order to learn from: everyone gets the pace of the base.")


class Model(Protocol):
    """What the fitted parameters of MODELS answer, times in weeks."""

    def expected_orders(self, statistics: Statistics, horizon: float) -> Numbers: ...

    def p_alive(self, statistics: Statistics, *, after: float = 0.0) -> Numbers: ...

    def probability_within(self, statistics: Statistics, horizon: float) -> Numbers: ...

    def orders_quantile(self, statistics: Statistics, horizon: float, q: float = 0.5) -> Numbers: ...


MODELS: dict[str, Any] = {
    "nbd": Nbd,
    "bg_nbd": BgNbd,
    "mbg_nbd": MbgNbd,
    "pareto_nbd": ParetoNbd,
    "bg_cnbd_k": BgCnbdK,
    "mbg_cnbd_k": MbgCnbdK,
}

_fits: WeakKeyDictionary[Histories, dict[tuple[str, int | None], Fitted[Any] | None]] = WeakKeyDictionary()
"""Fits live as long as the histories they were made on: methods that share a model do not fit it twice."""


def fitted(name: str, histories: Histories, *, k: int | None = None) -> Fitted[Any] | None:
    """The model of MODELS fitted on `histories`, of regularity `k` if given; None where there is nothing to fit."""
    known = _fits.setdefault(histories, {})
    if (name, k) not in known:
        regularity = {} if k is None else {"k": k}
        try:
            known[name, k] = MODELS[name].fit(statistics_of(histories), **regularity)
        except NothingToFit:
            known[name, k] = None
    return known[name, k]


def base_pace(histories: Histories, horizon: int) -> Numbers:
    """(repeat orders + one half) / client-days · h for everyone; zeros where no day has passed."""
    passed = float((histories.until - histories.first).sum())
    repeats = float((histories.counts - 1).sum())
    pace = (repeats + PRIOR_ORDERS) / passed if passed else 0.0
    return np.full(histories.size, pace * horizon)


@dataclass(frozen=True)
class ModelMethod:
    """The model `name` of MODELS; typical counts are the medians of its distribution.

    k: a regularity known beforehand; searched for where it is None.
    """

    name: str
    k: int | None = None

    def forecast(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        found = fitted(self.name, histories, k=self.k)
        if found is None:
            return CountForecast({h: base_pace(histories, h) for h in horizons}, basis=NOTHING_TO_FIT)
        model: Model = found.parameters
        statistics = statistics_of(histories)
        weeks = {h: h / DAYS_IN_UNIT for h in horizons}
        expected = {h: model.expected_orders(statistics, weeks[h]) for h in horizons}
        return CountForecast(expected, {h: model.orders_quantile(statistics, weeks[h]) for h in horizons})

    def expected_orders(self, histories: Histories, horizon: int) -> Numbers:
        """The expected part of `forecast` alone, float64[n]: a half of its work."""
        found = fitted(self.name, histories, k=self.k)
        if found is None:
            return base_pace(histories, horizon)
        orders: Numbers = found.parameters.expected_orders(statistics_of(histories), horizon / DAYS_IN_UNIT)
        return orders

    def p_alive(self, histories: Histories) -> Numbers:
        return self.p_alive_if_silent(histories, 0)

    def p_alive_if_silent(self, histories: Histories, days: int) -> Numbers:
        """P(alive) if nobody orders for `days` more days; one half for everyone where there is nothing to fit."""
        found = fitted(self.name, histories, k=self.k)
        if found is None:
            return np.full(histories.size, 0.5)
        alive: Numbers = found.parameters.p_alive(statistics_of(histories), after=days / DAYS_IN_UNIT)
        return alive

    def p_order_within(self, histories: Histories, horizon: int) -> Numbers:
        """P(an order in (until, until + horizon]), float64[n]; horizon in days."""
        found = fitted(self.name, histories, k=self.k)
        if found is None:
            return np.asarray(-np.expm1(-base_pace(histories, horizon)))
        chance: Numbers = found.parameters.probability_within(statistics_of(histories), horizon / DAYS_IN_UNIT)
        return chance

    def refitted_like(self, histories: Histories) -> "ModelMethod":
        """This method with the regularity of `histories`: for their earlier cuts, where to search again is slow."""
        found = fitted(self.name, histories, k=self.k) if issubclass(MODELS[self.name], CnbdK) else None
        return self if found is None else replace(self, k=found.k)


REGULAR_MODEL = ModelMethod("mbg_cnbd_k")
"""What blends and trees stand on: regular gaps, and a client of one order may be gone."""
