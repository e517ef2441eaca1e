"""The next order of every client: its date, its window, the chance of it and whether he is still there, as one story.

The distribution is `date_distribution`, what it needs of the base is learnt in `date_learning`, who left in `leaving`.
All three answers come from the same F and p0, so a window and a P(alive) never contradict each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from clientarium.core.forecast.date_distribution import Cells, day_of_share, share_by
from clientarium.core.forecast.date_learning import WINDOW, Windows, learn_dates
from clientarium.core.forecast.gap_grid import LONGEST_DAYS
from clientarium.core.forecast.gap_states import GapStates, Numbers, states_now
from clientarium.core.forecast.histories import Histories, Indices
from clientarium.core.forecast.leaving import Leaving
from clientarium.core.forecast.methods import ORDER_WITHIN_DAYS, DateForecast

OWN_GAPS = "own-gaps"
CLIENTS_AT_ONCE = 50_000

LEAST_SILENT = 1e-5
"""Where less than this of F is left, F no longer says when: the longer the silence, the longer it goes on (Pareto with
exponent 1: the middle of the further wait is the wait so far)."""

ONE_MORE_WEEK = 7


@dataclass(frozen=True, eq=False)
class NextOrders(DateForecast):
    """What is expected of each of n clients, float64[n] where nothing else is said.

    median, early, late: days after `until`, given the silence so far and that an order comes. promised_median,
    promised_early, promised_late: days after the *last purchase*, as expected on its evening. p_alive; p_alive_7d: were
    he silent a week more. is_own: bool[n], from gaps of his own (two purchase days at least), otherwise the base's.
    is_known: bool[n], False where the base itself has no gap: then no date is said, the numbers are only fillers.
    """

    promised_median: Numbers
    promised_early: Numbers
    promised_late: Numbers
    p_alive: Numbers
    p_alive_7d: Numbers
    is_own: NDArray[np.bool_]
    is_known: NDArray[np.bool_]


class LearntGaps(Protocol):
    """What a date needs of a base: F over cells of days, the weight of weekdays inside them, a point, the windows."""

    @property
    def windows(self) -> Windows: ...

    @property
    def leaving(self) -> Leaving: ...

    def cells(self, states: GapStates) -> Cells: ...

    def weights(self, states: GapStates) -> Cells: ...

    def point(self, states: GapStates, cells: Cells, weights: Cells, silence: Indices, /) -> Numbers:
        """The day to name, after the last purchase and `silence`."""


@dataclass(frozen=True)
class OwnGaps:
    """DateMethod: the distribution of the next order's date, learnt anew from the histories given."""

    name: str = OWN_GAPS

    def forecast(self, histories: Histories, horizons: Sequence[int] = ORDER_WITHIN_DAYS) -> NextOrders:
        learnt = learn_dates(histories)
        return answer(histories, learnt, horizons) if learnt else nothing_known(histories.size, horizons)


def answer(histories: Histories, learnt: LearntGaps, horizons: Sequence[int] = ORDER_WITHIN_DAYS) -> NextOrders:
    """What `learnt` tells of every client at the end of `histories`."""
    starts = range(0, histories.size, CLIENTS_AT_ONCE)
    return _joined([_answer(states_now(histories, slice(at, at + CLIENTS_AT_ONCE)), learnt, horizons) for at in starts])


def nothing_known(size: int, horizons: Sequence[int]) -> NextOrders:
    """The answer of a base without a single gap: marked unknown, never a date."""
    far, none = np.full(size, float(LONGEST_DAYS)), np.zeros(size)
    never = np.zeros(size, bool)
    return NextOrders(far, far, far, dict.fromkeys(horizons, none), far, far, far, none, none, never, never)


def _answer(states: GapStates, dates: LearntGaps, horizons: Sequence[int]) -> NextOrders:
    repeats = states.known.astype(np.float64)
    cells, weights = dates.cells(states), dates.weights(states)
    silence = states.silence.astype(np.int64)
    gone = share_by(cells, silence, weights)
    silent = np.maximum(1.0 - gone, 0.0)
    stays = dates.leaving.stayed(repeats)
    whole = 1.0 - stays * gone

    def after(share: float) -> Numbers:
        further = day_of_share(cells, gone + share * silent, weights) - silence
        pareto = np.round(silence * share / (1.0 - share))
        found = np.where(silent > LEAST_SILENT, further, pareto)
        return np.clip(found, 1.0, float(LONGEST_DAYS))

    early_share, late_share = dates.windows[WINDOW]

    def promised(share: float) -> Numbers:
        return day_of_share(cells, np.full(states.size, share), weights)

    early, late = after(early_share), after(late_share)
    told = dates.point(states, cells, weights, silence) - silence
    named = np.where(silent > LEAST_SILENT, told, after(0.5))
    within = {h: stays * np.maximum(share_by(cells, silence + h, weights) - gone, 0.0) / whole for h in horizons}
    week_silent = np.maximum(1.0 - share_by(cells, silence + ONE_MORE_WEEK, weights), 0.0)
    return NextOrders(
        median=np.clip(named, early, late),
        early=early,
        late=late,
        within=within,
        promised_median=dates.point(states, cells, weights, np.zeros_like(silence)),
        promised_early=promised(early_share),
        promised_late=promised(late_share),
        p_alive=dates.leaving.alive(repeats, silent),
        p_alive_7d=dates.leaving.alive(repeats, week_silent),
        is_own=states.known > 0,
        is_known=np.ones(states.size, bool),
    )


def _joined(parts: Sequence[NextOrders]) -> NextOrders:
    if not parts:
        return nothing_known(0, ())
    names = [field.name for field in fields(NextOrders) if field.name != "within"]
    columns = {name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    within = {h: np.concatenate([part.within[h] for part in parts]) for h in parts[0].within}
    return NextOrders(within=within, **columns)
