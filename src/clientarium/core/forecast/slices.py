"""Earlier cuts of the same histories with what came after them: what a method may learn from (multi-slicing).

Mirković et al. 2022 (Applied Sciences 12(10), 5001): several cuts in time for each client teach more than one.

1. A slice is a cut c and a window w with c + w <= until: the histories at c, and the orders in (c, c + w].
2. The window is the horizon; where the base is shorter than two of them, half of the base: learners that read times in
   windows then read the same shape at a smaller scale.
3. Every slice has at least three quarters of a window behind it.
4. The newest slices, a quarter of a window apart, and those a whole number of years back: the same season.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from clientarium.core.forecast.count_rules import span_of
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.methods import Numbers

YEAR = 364
"""Whole weeks: the same weekday a year ago."""

NEWEST_SLICES = 5
STEPS_IN_WINDOW = 4
LEAST_PAST = 0.75
"""Windows of history behind a slice."""

LEAST_WINDOW = 7
"""Days: a shorter one tells of weekdays, not of clients."""


@dataclass(frozen=True, eq=False)
class Slice:
    """known: the histories on the evening of its cut; window: days; orders: float64[n] within the window after it."""

    known: Histories
    window: int
    orders: Numbers


def window_for(histories: Histories, horizon: int) -> int:
    """Days after a cut that are looked at: the horizon, or half of a short base; under LEAST_WINDOW there is none."""
    window = min(horizon, span_of(histories) // 2)
    return window if window >= min(LEAST_WINDOW, horizon) else 0


_cuts: WeakKeyDictionary[Histories, dict[int, Histories]] = WeakKeyDictionary()
_samples: WeakKeyDictionary[Histories, dict[int, Histories]] = WeakKeyDictionary()
"""Parts of histories, kept as long as those: what is fitted on a part is then fitted once for all horizons."""


def slice_at(histories: Histories, cut: int, window: int) -> Slice:
    known = _cuts.setdefault(histories, {})
    if cut not in known:
        known[cut] = histories.cut(cut)
    orders = histories.purchases_within(cut, cut + window)[histories.first <= cut]
    return Slice(known[cut], window, orders.astype(float))


def cuts_of(histories: Histories, window: int) -> list[int]:
    """The cuts of the slices, newest first; empty where the base is too short for any."""
    if not window:
        return []
    first = int(histories.days.min())
    newest = histories.until - window
    recent = [newest - step * max(window // STEPS_IN_WINDOW, 1) for step in range(NEWEST_SLICES)]
    seasonal = same_season_cuts(histories)
    least = first + max(int(window * LEAST_PAST), 1)
    return sorted({cut for cut in recent + seasonal if least <= cut <= newest}, reverse=True)


def same_season_cuts(histories: Histories) -> list[int]:
    """`until` one year ago, two years ago, and so on back to the first purchase; newest first."""
    first = int(histories.days.min())
    return list(range(histories.until - YEAR, first, -YEAR))


def slices_of(histories: Histories, horizon: int) -> Iterator[Slice]:
    """The slices of `histories` for `horizon`, newest first."""
    window = window_for(histories, horizon)
    for cut in cuts_of(histories, window):
        yield slice_at(histories, cut, window)


def evenly_chosen(histories: Histories, clients: int) -> Histories:
    """At most `clients` of the clients, at even steps through them: a bounded sample without chance."""
    if histories.size <= clients:
        return histories
    known = _samples.setdefault(histories, {})
    if clients not in known:
        chosen = np.zeros(histories.size, dtype=bool)
        chosen[np.linspace(0, histories.size - 1, clients).astype(np.int64)] = True
        known[clients] = histories.chosen(chosen)
    return known[clients]
