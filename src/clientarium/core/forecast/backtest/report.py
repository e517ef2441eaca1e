"""The report of a backtest: every method at every horizon for every kind of client, as plain numbers.

Same histories, same report, to the bit. Lists of clients of all origins are put one after another, so that an origin
with more clients counts for more; a client met at several origins is drawn as one in the bootstrap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np

from clientarium.core.forecast.backtest.counts import CountScore, score_counts
from clientarium.core.forecast.backtest.origins import (
    HORIZONS,
    Flags,
    Origin,
    horizons_within,
    origin_at,
    rolling_origins,
)
from clientarium.core.forecast.backtest.paired import Difference, paired_difference
from clientarium.core.forecast.backtest.ranking import RankScore, score_ranking
from clientarium.core.forecast.backtest.status import StatusScore, score_status
from clientarium.core.forecast.histories import Histories, date_of
from clientarium.core.forecast.methods import CountForecast, CountMethod, Numbers, StatusMethod
from clientarium.core.forecast.spend import spend_per_order

POPULATIONS = ("all", "one_order", "five_and_more")
PLAIN_RULES = ("last_window", "hiatus", "past_average", "base_mean")


@runtime_checkable
class Chancing(Protocol):
    """A method of status that tells the chance of an order within days, not only whether the client is alive."""

    @property
    def name(self) -> str: ...

    def p_alive(self, histories: Histories) -> Numbers: ...

    def p_order_within(self, histories: Histories, horizon: int) -> Numbers: ...


@dataclass(frozen=True)
class CountLine:
    """`clients`: rows judged, one for each client of each origin; `orders`: those that came from them."""

    method: str
    horizon: int
    population: str
    clients: int
    orders: int
    counts: CountScore
    ranking: RankScore
    basis: str


@dataclass(frozen=True)
class StatusLine:
    method: str
    horizon: int
    population: str
    clients: int
    status: StatusScore


@dataclass(frozen=True)
class Comparison:
    """The absolute errors of `method` less those of the plain rule that missed least, `against`; all clients."""

    method: str
    against: str
    horizon: int
    difference: Difference


@dataclass(frozen=True)
class Report:
    """cuts: ISO dates, newest first; horizons in days; left_out: those the histories are too short to judge.

    clients: known at each cut; new_share: by horizon the share of the orders that came from clients first seen after
    the cut, whom nobody could forecast.
    """

    cuts: tuple[str, ...]
    horizons: tuple[int, ...]
    left_out: tuple[int, ...]
    clients: tuple[int, ...]
    new_share: Mapping[int, float | None]
    counts: tuple[CountLine, ...]
    statuses: tuple[StatusLine, ...]
    comparisons: tuple[Comparison, ...]

    def as_dict(self) -> dict[str, Any]:
        """Plain numbers and words, for JSON."""
        return asdict(self)

    def count(self, method: str, horizon: int, population: str = "all") -> CountLine:
        """KeyError where it was not judged."""
        return {(one.method, one.horizon, one.population): one for one in self.counts}[method, horizon, population]

    def status(self, method: str, horizon: int, population: str = "all") -> StatusLine:
        """KeyError where it was not judged."""
        return {(one.method, one.horizon, one.population): one for one in self.statuses}[method, horizon, population]


def backtest(
    histories: Histories,
    *,
    methods: Sequence[CountMethod],
    statuses: Sequence[StatusMethod],
    horizons: Sequence[int] = HORIZONS,
    number: int = 3,
) -> Report:
    """Every method from `number` rolling origins; horizons the histories are too short for are left out and named."""
    judged = horizons_within(histories, horizons)
    origins = rolling_origins(histories, judged, number=number) if judged else []
    left_out = sorted(set(horizons) - set(judged))
    return report_of(origins, methods=methods, statuses=statuses, horizons=judged, left_out=left_out)


def single_split(
    histories: Histories, *, cut: int, horizon: int, methods: Sequence[CountMethod], statuses: Sequence[StatusMethod]
) -> Report:
    """One calibration up to the day `cut` and one holdout of `horizon` days, as the papers do (SCIENCE.md 3.2)."""
    origin = origin_at(histories, cut, [horizon])
    return report_of([origin], methods=methods, statuses=statuses, horizons=[horizon])


def report_of(
    origins: Sequence[Origin],
    *,
    methods: Sequence[CountMethod],
    statuses: Sequence[StatusMethod],
    horizons: Sequence[int],
    left_out: Sequence[int] = (),
) -> Report:
    told = {method.name: [method.forecast(origin.known, horizons) for origin in origins] for method in methods}
    return Report(
        cuts=tuple(date_of(origin.cut).isoformat() for origin in origins),
        horizons=tuple(horizons),
        left_out=tuple(left_out),
        clients=tuple(origin.known.size for origin in origins),
        new_share={horizon: _new_share(origins, horizon) for horizon in horizons},
        counts=tuple(_count_lines(origins, told, horizons)),
        statuses=tuple(_status_lines(origins, statuses, horizons)),
        comparisons=tuple(_comparisons(origins, told, horizons)),
    )


def _new_share(origins: Sequence[Origin], horizon: int) -> float | None:
    of_new = sum(origin.came[horizon].orders_of_new for origin in origins)
    of_known = sum(float(origin.came[horizon].orders.sum()) for origin in origins)
    return of_new / (of_new + of_known) if of_new + of_known else None


def _flags(origins: Sequence[Origin], population: str) -> Flags:
    return np.concatenate([origin.populations()[population] for origin in origins])


def _together(parts: Sequence[Numbers]) -> Numbers:
    return np.concatenate(parts) if parts else np.zeros(0)


def _count_lines(
    origins: Sequence[Origin], told: Mapping[str, Sequence[CountForecast]], horizons: Sequence[int]
) -> list[CountLine]:
    if not origins:
        return []
    prices = _together([spend_per_order(origin.known).revenue for origin in origins])
    lines = []
    for horizon in horizons:
        came = _together([origin.came[horizon].orders for origin in origins])
        spent = _together([origin.came[horizon].revenue for origin in origins])
        for method, forecasts in told.items():
            expected = _together([one.expected[horizon] for one in forecasts])
            typical = _together([one.per_client(horizon) for one in forecasts])
            basis = next((one.basis for one in forecasts if one.basis), "")
            for population in POPULATIONS:
                chosen = _flags(origins, population)
                if not chosen.any():
                    continue
                orders, mean = came[chosen], expected[chosen]
                counts = score_counts(orders, expected=mean, typical=typical[chosen])
                ranking = score_ranking(orders, mean, spent=spent[chosen], expected_spend=mean * prices[chosen])
                lines.append(
                    CountLine(method, horizon, population, orders.size, int(orders.sum()), counts, ranking, basis)
                )
    return lines


def _status_lines(
    origins: Sequence[Origin], statuses: Sequence[StatusMethod], horizons: Sequence[int]
) -> list[StatusLine]:
    if not origins:
        return []
    lines = []
    for method in statuses:
        alive = _together([method.p_alive(origin.known) for origin in origins])
        for horizon in horizons:
            ordered = (_together([origin.came[horizon].orders for origin in origins]) > 0).astype(float)
            chance = _together([_chance(method, origin, horizon) for origin in origins])
            for population in POPULATIONS:
                chosen = _flags(origins, population)
                if chosen.any():
                    score = score_status(ordered[chosen], score=alive[chosen], chance=chance[chosen])
                    lines.append(StatusLine(method.name, horizon, population, int(chosen.sum()), score))
    return lines


def _chance(method: StatusMethod, origin: Origin, horizon: int) -> Numbers:
    if isinstance(method, Chancing):
        return np.clip(method.p_order_within(origin.known, horizon), 0.0, 1.0)
    return method.p_alive(origin.known)


def _comparisons(
    origins: Sequence[Origin], told: Mapping[str, Sequence[CountForecast]], horizons: Sequence[int]
) -> list[Comparison]:
    """Against the rule among PLAIN_RULES that was told and missed least."""
    rules = [name for name in PLAIN_RULES if name in told]
    if not origins or not rules:
        return []
    clients = np.concatenate([origin.known.client_ids for origin in origins])
    found = []
    for horizon in horizons:
        misses = {name: count_misses(origins, told[name], horizon) for name in told}
        against = min(rules, key=lambda name: float(misses[name].mean()))
        for name in told:
            if name != against:
                difference = paired_difference(misses[name], misses[against], clients)
                found.append(Comparison(name, against, horizon, difference))
    return found


def count_misses(origins: Sequence[Origin], forecasts: Sequence[CountForecast], horizon: int) -> Numbers:
    """Absolute errors of the figure shown for one client, all clients of all origins, float64[rows]."""
    pairs = zip(origins, forecasts, strict=True)
    return _together([np.abs(origin.came[horizon].orders - one.per_client(horizon)) for origin, one in pairs])
