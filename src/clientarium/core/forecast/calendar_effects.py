"""The calendar of a base: days of the year on which its clients order more or less than on others.

Assumptions.
1. Every client's chance to order on a day is what his own gaps say times c(day of the year), the same for all clients:
   holidays (c near 0) and seasons alike.
2. c = (orders on that day of the year + SHRINK) / (expected + SHRINK), over whole years back from the end; expected
   is a log-linear trend of weekly orders times the weekday's share. February 29 goes by February 28.
3. Nothing is assumed to be seasonal: a calendar learnt on the earlier part of the base must foretell the gaps that
   ended in the last CHECKED_DAYS better by LEAST_GAIN of their score, otherwise there is none.
   A base under two years has none.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from clientarium.core.forecast.date_distribution import Cells
from clientarium.core.forecast.gap_grid import EDGES, WIDTHS
from clientarium.core.forecast.gap_states import DAYS_IN_WEEK, Numbers, weekday_of
from clientarium.core.forecast.histories import Days, Histories, Indices

YEAR = 365
LEAST_DAYS = 2 * YEAR
CHECKED_DAYS = YEAR
"""A whole year is foretold to check the calendar: every season once."""

LEAST_GAIN = 0.01
SHRINK = 10.0
"""Orders of an even calendar that each day of the year has seen beforehand."""

LOWEST = 0.02
"""No day is impossible: someone has ordered on January 1."""


@dataclass(frozen=True, eq=False)
class Calendar:
    """index: c of assumption 2, float64[365], January 1 first, 1 on average."""

    index: Numbers

    def weighed(self, cells: Cells, last: Days) -> Cells:
        """F with each cell's days after `last` weighed by c; float32[n, CELLS], the last is 1."""
        if not last.size:
            return cells
        first = int(last.min())
        days = first + np.arange(int(last.max()) - first + int(EDGES[-1]) + 1, dtype=np.int64)
        sums = np.cumsum(self.index[day_of_year(days)]).astype(np.float64)
        ends = sums[(last.astype(np.int64) - first)[:, None] + EDGES[None, :]]
        mean = (np.diff(ends, axis=1) / WIDTHS).astype(np.float32)
        mass = np.diff(cells, axis=1, prepend=np.float32(0)) * mean
        found = np.cumsum(mass, axis=1)
        return np.asarray(found / np.maximum(found[:, -1:], 1e-30))


def day_of_year(days: Indices) -> Indices:
    """0 for January 1 to 364 for December 31, in every year; February 29 is February 28."""
    dates = days.astype("datetime64[D]")
    years = dates.astype("datetime64[Y]")
    number = (dates - years.astype("datetime64[D]")).astype(np.int64)
    is_leap = (years + 1).astype("datetime64[D]") - years.astype("datetime64[D]") == np.timedelta64(YEAR + 1, "D")
    return np.asarray(np.where(is_leap & (number > 58), number - 1, number))


def calendar_of(histories: Histories) -> Calendar | None:
    """c over the whole years up to the end of `histories`; None under a whole year."""
    years = (histories.until - int(histories.days.min()) + 1) // YEAR if histories.size else 0
    if years < 1:
        return None
    days = np.arange(histories.until - years * YEAR + 1, histories.until + 1)
    orders = np.bincount(np.maximum(histories.days - days[0], -1) + 1, minlength=days.size + 1)[1:].astype(np.float64)
    expected = _expected(orders, days)
    place = day_of_year(days)
    came = np.bincount(place, weights=orders, minlength=YEAR) + SHRINK
    index = np.maximum(came / (np.bincount(place, weights=expected, minlength=YEAR) + SHRINK), LOWEST)
    return Calendar(index / index.mean())


def _expected(orders: Numbers, days: Indices) -> Numbers:
    """Orders of each day if only the trend and the weekday mattered; adds up to the orders there were."""
    weekly = np.log(1.0 + np.convolve(orders, np.ones(DAYS_IN_WEEK), "valid")[::DAYS_IN_WEEK])
    weeks = np.arange(weekly.size)
    slope = float(np.polyfit(weeks, weekly, 1)[0]) / DAYS_IN_WEEK if weekly.size > 1 else 0.0
    weekday = weekday_of(days)
    shares = np.bincount(weekday, weights=orders, minlength=DAYS_IN_WEEK)
    expected = np.exp(slope * np.arange(days.size)) * shares[weekday]
    return np.asarray(expected * (orders.sum() / max(float(expected.sum()), 1e-12)))


Gain = Callable[[Calendar, int], float]
"""The share by which a calendar lowers the score of the gaps that ended after a day."""


def calendar_worth_using(histories: Histories, *, score_gain: Gain) -> Calendar | None:
    """The calendar of `histories` if one learnt without the last CHECKED_DAYS proved right in them."""
    if not histories.size or histories.until - int(histories.days.min()) + 1 < LEAST_DAYS:
        return None
    before = histories.until - CHECKED_DAYS
    tried = calendar_of(histories.cut(before))
    if tried is None or score_gain(tried, before) < LEAST_GAIN:
        return None
    return calendar_of(histories)
