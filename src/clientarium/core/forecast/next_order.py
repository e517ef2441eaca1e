"""The next order of every client: its date, its window, the chance of it and whether he is still there, as one story.

The distribution is `date_distribution`, what it needs of the base is learnt in `date_learning`, who left in `leaving`.
All three answers come from the same F and p0, so a window and a P(alive) never contradict each other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from clientarium.core.forecast.date_distribution import Cells, day_of_share, gap_cells, share_by, weekday_weights
from clientarium.core.forecast.date_learning import LearntDates, learn_dates, thinned
from clientarium.core.forecast.gap_grid import LONGEST_DAYS
from clientarium.core.forecast.gap_states import GapStates, Numbers, states_now
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.leaving import Leaving, fit_leaving
from clientarium.core.forecast.methods import ORDER_WITHIN_DAYS, DateForecast

CLIENTS_AT_ONCE = 50_000
MOST_CLIENTS_TO_FIT = 50_000

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


@dataclass(frozen=True, eq=False)
class TrainedDates:
    """Everything learnt of one base; answers for its clients at any later end of the histories."""

    dates: LearntDates
    leaving: Leaving

    def answer(self, histories: Histories, horizons: Sequence[int] = ORDER_WITHIN_DAYS) -> NextOrders:
        parts = [
            _answer(states_now(histories, slice(at, at + CLIENTS_AT_ONCE)), self, horizons)
            for at in range(0, histories.size, CLIENTS_AT_ONCE)
        ]
        return _joined(parts)


@dataclass(frozen=True)
class OwnGaps:
    """DateMethod: the distribution of the next order's date, learnt anew from the histories given."""

    name: str = "own-gaps"

    def forecast(self, histories: Histories, horizons: Sequence[int] = ORDER_WITHIN_DAYS) -> NextOrders:
        trained = train_dates(histories)
        return trained.answer(histories, horizons) if trained else nothing_known(histories.size, horizons)


def train_dates(histories: Histories) -> TrainedDates | None:
    """None where no client has bought on two days: there is no gap to learn from."""
    dates = learn_dates(histories)
    if dates is None:
        return None
    positions = thinned(np.arange(histories.size), MOST_CLIENTS_TO_FIT)
    chosen = np.zeros(histories.size, bool)
    chosen[positions] = True
    states = states_now(histories.chosen(chosen))
    cells, weights = _cells(states, dates)
    silent = 1.0 - share_by(cells, states.silence.astype(np.int64), weights)
    return TrainedDates(dates, fit_leaving(states.known.astype(float), silent))


def nothing_known(size: int, horizons: Sequence[int]) -> NextOrders:
    """The answer of a base without a single gap: marked unknown, never a date."""
    far, none = np.full(size, float(LONGEST_DAYS)), np.zeros(size)
    never = np.zeros(size, bool)
    return NextOrders(far, far, far, dict.fromkeys(horizons, none), far, far, far, none, none, never, never)


def _cells(states: GapStates, dates: LearntDates) -> tuple[Cells, Cells]:
    return gap_cells(states, dates.base, dates.settings), weekday_weights(states, dates.base, dates.settings)


def _answer(states: GapStates, trained: TrainedDates, horizons: Sequence[int]) -> NextOrders:
    dates, repeats = trained.dates, states.known.astype(float)
    cells, weights = _cells(states, dates)
    silence = states.silence.astype(np.int64)
    gone = share_by(cells, silence, weights)
    silent = np.maximum(1.0 - gone, 0.0)
    stays = trained.leaving.stayed(repeats)
    whole = 1.0 - stays * gone

    def after(share: float) -> Numbers:
        further = day_of_share(cells, gone + share * silent, weights) - silence
        pareto = np.round(silence * share / (1.0 - share))
        found = np.where(silent > LEAST_SILENT, further, pareto)
        return np.clip(found, 1.0, float(LONGEST_DAYS))

    def promised(share: float) -> Numbers:
        return day_of_share(cells, np.full(states.size, share), weights)

    within = {h: stays * np.maximum(share_by(cells, silence + h, weights) - gone, 0.0) / whole for h in horizons}
    week_silent = np.maximum(1.0 - share_by(cells, silence + ONE_MORE_WEEK, weights), 0.0)
    return NextOrders(
        median=after(0.5),
        early=after(dates.early_share),
        late=after(dates.late_share),
        within=within,
        promised_median=promised(0.5),
        promised_early=promised(dates.early_share),
        promised_late=promised(dates.late_share),
        p_alive=trained.leaving.alive(repeats, silent),
        p_alive_7d=trained.leaving.alive(repeats, week_silent),
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
