"""The year after a day in calendar months: what of the published horizons falls into each."""

from dataclasses import dataclass
from datetime import date, timedelta

from clientarium.core.ground import add_months
from clientarium.core.strategy.plan import HORIZONS, MonthShare, last_day_of, rest_share


@dataclass(frozen=True)
class MonthAhead:
    """`first`…`last` of the calendar month; `part` of it, 1 for a whole one. `share` weighs the horizons."""

    first: date
    last: date
    part: float
    share: MonthShare

    @property
    def is_whole(self) -> bool:
        return self.part == 1


def year_ahead(as_of: date) -> tuple[MonthAhead, ...]:
    """The 365 days after `as_of` by month. The shares add up to (0, 0, 1): together they are the year's forecast.

    After a month's last day there are twelve months; otherwise thirteen, the first and the last not whole.
    """
    end = as_of + timedelta(days=HORIZONS[-1])
    found: list[MonthAhead] = []
    month = (as_of + timedelta(days=1)).replace(day=1)
    while month <= end:
        first, last = max(month, as_of + timedelta(days=1)), min(last_day_of(month), end)
        is_cut = last < last_day_of(month)
        share = _left_by(found) if is_cut else rest_share(as_of, month)
        days = (last_day_of(month) - month).days + 1
        found.append(MonthAhead(first, last, ((last - first).days + 1) / days, share))
        month = add_months(month, 1)
    return tuple(found)


def _left_by(months: list[MonthAhead]) -> MonthShare:
    return MonthShare(
        0 - sum(one.share.within_30d for one in months),
        0 - sum(one.share.within_90d for one in months),
        1 - sum(one.share.within_365d for one in months),
    )
