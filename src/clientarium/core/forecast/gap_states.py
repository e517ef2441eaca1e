"""What is known of a client's gaps at a moment: the last ones, the silence, the weekdays; for any moments at once.

A moment is a purchase of a client: what the seller knew on that evening. The state after the last purchase together
with the days of silence since then is the state today.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clientarium.core.forecast.histories import Days, Histories, Indices

LAST_GAPS = 20
"""Older gaps tell nothing more of a habit (SCIENCE.md 3.3 compares medians of 12 and quantiles of 20)."""

LAST_WEEKDAYS = 12
DAYS_IN_WEEK = 7
EPOCH_WEEKDAY = 3
"""1970-01-01 was a Thursday; Monday is 0."""

Numbers = NDArray[np.float64]
Gaps = NDArray[np.float32]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class GapStates:
    """n moments. gaps: float32[n, LAST_GAPS] days, the newest first, NaN where there is none. known: gaps behind the
    moment in all, int64[n]; total: their sum, days; logs: the sum of their logarithms. last: the day number of the
    purchase; silence: days since then without one, int32[n]. weekdays: the last LAST_WEEKDAYS
    purchases by weekday, Monday first, int32[n, 7].
    owner: index of the client, int64[n].
    """

    gaps: Gaps
    known: Indices
    total: Numbers
    logs: Numbers
    last: Days
    silence: Days
    weekdays: Days
    owner: Indices

    @property
    def size(self) -> int:
        return int(self.known.size)

    def part(self, chosen: slice | Indices | Flags) -> "GapStates":
        return GapStates(
            self.gaps[chosen],
            self.known[chosen],
            self.total[chosen],
            self.logs[chosen],
            self.last[chosen],
            self.silence[chosen],
            self.weekdays[chosen],
            self.owner[chosen],
        )


def weekday_of(days: NDArray[np.integer[Any]]) -> Days:
    """Monday is 0."""
    return ((days + EPOCH_WEEKDAY) % DAYS_IN_WEEK).astype(np.int32)


def states_after(histories: Histories, positions: Indices) -> GapStates:
    """The states on the evening of the purchases at `positions` of histories.days: nothing later is looked at."""
    days, owner = histories.days, np.searchsorted(histories.starts, positions, side="right") - 1
    first = histories.starts[owner]
    known = positions - first
    back = positions[:, None] - np.arange(LAST_GAPS + 1)[None, :]
    seen = days[np.maximum(back, 0)]
    gaps = (seen[:, :-1] - seen[:, 1:]).astype(np.float32)
    gaps[np.arange(LAST_GAPS)[None, :] >= known[:, None]] = np.nan
    return GapStates(
        gaps=gaps,
        known=known,
        total=(days[positions] - days[first]).astype(np.float64),
        logs=_logs_behind(histories, positions, first),
        last=days[positions],
        silence=np.zeros(positions.size, np.int32),
        weekdays=_recent_weekdays(gaps, days[positions]),
        owner=owner,
    )


def states_now(histories: Histories, clients: slice | None = None) -> GapStates:
    """The state of every client (of the slice of them) at the end of `histories`, with the silence until then."""
    found = states_after(histories, (histories.starts[1:] - 1)[clients or slice(None)])
    return GapStates(**{**found.__dict__, "silence": (histories.until - found.last).astype(np.int32)})


def _logs_behind(histories: Histories, positions: Indices, first: Indices) -> Numbers:
    """Σ ln gap up to each position; the step into a client's first purchase is no gap."""
    low, high = (int(first.min()), int(positions.max()) + 1) if positions.size else (0, 0)
    steps = np.zeros(high - low)
    if high > low:
        steps[1:] = np.log(np.maximum(np.diff(histories.days[low:high]), 1))
    sums = np.cumsum(steps)
    return np.asarray(sums[positions - low] - sums[first - low])


def _recent_weekdays(gaps: Gaps, last: Days) -> Days:
    """Counts by weekday of the last purchases (LAST_WEEKDAYS of them): shops move their delivery day."""
    found = np.zeros((last.size, DAYS_IN_WEEK), np.int32)
    rows, day = np.arange(last.size), last.astype(np.int64)
    found[rows, weekday_of(last)] += 1
    for back in range(LAST_WEEKDAYS - 1):
        has_gap = ~np.isnan(gaps[:, back])
        day = day - np.where(has_gap, np.nan_to_num(gaps[:, back]), 0).astype(np.int64)
        found[rows, weekday_of(day)] += has_gap
    return found
