"""How right we would have been: every method from earlier dates of this base, and the ones it chooses."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from clientarium.core.forecast.backtest.dates import backtest_dates, choose_dates
from clientarium.core.forecast.backtest.origins import HORIZONS
from clientarium.core.forecast.backtest.quarters import last_quarters
from clientarium.core.forecast.backtest.report import Chancing, backtest
from clientarium.core.forecast.choice import Choice
from clientarium.core.forecast.choosing import choose_counts
from clientarium.core.forecast.counting import COUNT_METHODS, STATUS_METHODS, count_method
from clientarium.core.forecast.histories import Histories, date_of
from clientarium.core.forecast.methods import CountForecast, CountMethod, Numbers, StatusMethod

ORIGINS = 3
LATER_STEPS = 3
"""Dates, the choosing, the last quarters: told as one piece of work each."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Accuracy:
    """`report`: plain numbers and words, as JSON keeps them; `choice`: the methods that won, or the default."""

    report: Mapping[str, Any]
    choice: Choice


def accuracy(
    histories: Histories,
    *,
    origins: int = ORIGINS,
    horizons: Sequence[int] = HORIZONS,
    progress: Progress | None = None,
) -> Accuracy:
    """The report of `histories` and the choice it makes. `progress(done, total)` may raise to stop the work."""
    told = _Told(progress, total=origins * (len(COUNT_METHODS) + len(STATUS_METHODS)) + LATER_STEPS)
    counts = backtest(
        histories,
        methods=[_WatchedCounts(method, told) for method in COUNT_METHODS.values()],
        statuses=[_watched(method, told) for method in STATUS_METHODS.values()],
        horizons=horizons,
        number=origins,
    )
    dates = backtest_dates(histories)
    told.one_more()
    choosing = choose_counts(histories)
    choice = Choice(
        counts=choosing.counts, dates=choose_dates(histories), status=choosing.status, origin=choosing.origin
    )
    told.one_more()
    quarters = last_quarters(histories, count_method(choice.counts))
    told.one_more()
    report = {
        "as_of": date_of(histories.until).isoformat(),
        "clients": histories.size,
        "purchase_days": int(histories.days.size),
        "counts": counts.as_dict(),
        "dates": dates.as_dict(),
        "choosing": choosing.as_dict(),
        "chosen": choice.as_dict(),
        "quarters": [asdict(quarter) for quarter in quarters],
    }
    return Accuracy(plain(report), choice)


class _Told:
    """Counts the pieces of work done."""

    def __init__(self, progress: Progress | None, *, total: int) -> None:
        self._progress, self._done, self._total = progress, 0, total

    def one_more(self) -> None:
        self._done = min(self._done + 1, self._total)
        if self._progress is not None:
            self._progress(self._done, self._total)


class _WatchedCounts:
    """`method`, telling when it has answered."""

    def __init__(self, method: CountMethod, told: _Told) -> None:
        self._method, self._told, self.name = method, told, method.name

    def forecast(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        answer = self._method.forecast(histories, horizons)
        self._told.one_more()
        return answer


class _WatchedStatus:
    def __init__(self, method: StatusMethod, told: _Told) -> None:
        self._method, self._told, self.name = method, told, method.name

    def p_alive(self, histories: Histories) -> Numbers:
        answer = self._method.p_alive(histories)
        self._told.one_more()
        return answer


class _WatchedChance(_WatchedStatus):
    """The same for a method that tells the chance of an order within days: of it the reliability is judged."""

    _method: Chancing

    def p_order_within(self, histories: Histories, horizon: int) -> Numbers:
        return self._method.p_order_within(histories, horizon)


def _watched(method: StatusMethod, told: _Told) -> StatusMethod:
    return _WatchedChance(method, told) if isinstance(method, Chancing) else _WatchedStatus(method, told)


def plain(value: Any) -> Any:
    """`value` as JSON keeps it: keys are texts, tuples lists, and what is no number is null."""
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(inner) for inner in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
