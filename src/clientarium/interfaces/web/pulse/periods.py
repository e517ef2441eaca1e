"""Which two snapshots are compared: what the reader chose, or the quarter up to the newest one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clientarium.core.ground import add_months

MONTHS_COMPARED = 3


@dataclass(frozen=True)
class Period:
    """Two snapshot dates, the earlier first."""

    since: date
    until: date


def chosen_period(dates: Sequence[date], *, since: str = "", until: str = "") -> Period | None:
    """The wanted dates where there are such snapshots, else the newest and the one nearest to three months earlier.

    None while there are fewer than two snapshots.
    """
    known = sorted(dates)
    if len(known) < 2:
        return None
    last = _wanted(known[1:], until) or known[-1]
    earlier = [day for day in known if day < last]
    quarter_ago = add_months(last, -MONTHS_COMPARED)
    nearest = min(earlier, key=lambda day: abs((day - quarter_ago).days))
    return Period(_wanted(earlier, since) or nearest, last)


def _wanted(dates: Sequence[date], text: str) -> date | None:
    return next((day for day in dates if day.isoformat() == text), None)
