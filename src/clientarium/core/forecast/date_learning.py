"""Learning a base's gaps: the residuals, the weekdays, who left and the settings of `date_distribution`.

1. Settings are tried one after another on finished gaps, each foretold from the gaps before it only; the score is the
   continuous ranked probability score in days.
2. Then who is silent is counted: EM, in turn the chance that each client will come back (`leaving`) and the residuals
   in which his open gap counts with that chance (`residual_tables`). A few turns: the further ones only trade long gaps
   against leaving, which nothing in the data tells apart.
3. Windows: how wide a central window of F holds .8 and .95 in whole days, by F itself and by the finished gaps, which
   are the shorter ones; the middle of the two is taken.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from clientarium.core.forecast.calendar_effects import Calendar, calendar_worth_using
from clientarium.core.forecast.date_distribution import (
    BaseGaps,
    Cells,
    Settings,
    class_of,
    day_of_share,
    gap_cells,
    likely_day,
    middle_day,
    places_and_widths,
    share_by,
    weekday_weights,
)
from clientarium.core.forecast.gap_grid import EDGES, WIDTHS
from clientarium.core.forecast.gap_states import DAYS_IN_WEEK, GapStates, Numbers, states_after, states_now, weekday_of
from clientarium.core.forecast.histories import Histories, Indices
from clientarium.core.forecast.leaving import Leaving, fit_leaving
from clientarium.core.forecast.residual_tables import Residuals, residual_tables, residuals_of

MOST_GAPS_TO_LEARN = 20_000
MOST_GAPS_TO_HOLD = 6_000
MOST_GAPS_TO_TRY = 5_000
MOST_CLIENTS_TO_LEARN = 20_000
LEAST_GAPS_TO_TRY = 200
"""With fewer the settings stay as published here: trying would choose noise."""

TRIED: Sequence[tuple[str, Sequence[Any]]] = (
    ("weekday_prior", (0.0, 2.0, 5.0, 15.0, 1000.0)),
    ("own_prior", (1.0, 2.0, 4.0, 8.0, 16.0, 1000.0)),
    ("memory", (0.7, 0.8, 0.9, 0.95, 1.0)),
    ("kernel", (0.05, 0.1, 0.2, 0.35)),
    ("place_prior", (0.5, 1.0, 2.0, 4.0, 8.0)),
    ("width_prior", (1.0, 3.0, 10.0, 100.0)),
    ("is_median", (True, False)),
)
ROUNDS = 2
TURNS = 3

NARROWEST_WIDTH = 0.05
LARGEST_STEP = 3.0
"""Neighbouring gaps differing by e^3 = 20 times say nothing of the usual spread."""

WINDOW = 0.8
WIDE_WINDOW = 0.95
WINDOWS_HOLD = (WINDOW, WIDE_WINDOW)
WIDTHS_TRIED = np.array([0.4, 0.5, 0.6, 0.66, 0.72, 0.76, 0.8, 0.84, 0.88, 0.91, 0.94, 0.96, 0.975, 0.985, 0.992])

Windows = Mapping[float, tuple[float, float]]


@dataclass(frozen=True, eq=False)
class LearntDates:
    """A base learnt. windows: by what a window should hold (.8, .95) the two shares of F that hold it."""

    base: BaseGaps
    settings: Settings
    calendar: Calendar | None
    leaving: Leaving
    windows: Windows

    def cells(self, states: GapStates) -> Cells:
        return _cells(states, self.base, self.settings, self.calendar)

    def weights(self, states: GapStates) -> Cells:
        return weekday_weights(states, self.base, self.settings)

    def point(self, _states: GapStates, cells: Cells, weights: Cells, silence: Indices) -> Numbers:
        """The middle of what is left after `silence`, moved to a likelier day near it where weekdays matter."""
        middle = middle_day(cells, weights, silence)
        return likely_day(cells, weights, middle, silence) if self.settings.weekday_prior else middle


def learn_dates(histories: Histories) -> LearntDates | None:
    """What dates need of a base; None where no client has bought twice."""
    states, actual = known_gaps(histories, MOST_GAPS_TO_LEARN)
    if not actual.size:
        return None
    settings = Settings()
    if actual.size >= LEAST_GAPS_TO_TRY:
        some = thinned(np.arange(actual.size), MOST_GAPS_TO_TRY)
        settings = _choose(states.part(some), actual[some])
    base = base_of(states, actual, settings)
    calendar = _calendar(histories, (states, actual), base, settings)
    share_learnt = actual.size / (histories.days.size - histories.size)
    base, leaving = _with_silence(base, settings, calendar, (states, actual), histories, share_learnt)
    cells, weights = _cells(states, base, settings, calendar), weekday_weights(states, base, settings)
    return LearntDates(base, settings, calendar, leaving, calibrated(cells, weights, actual))


def _cells(states: GapStates, base: BaseGaps, settings: Settings, calendar: Calendar | None) -> Cells:
    cells = gap_cells(states, base, settings)
    return calendar.weighed(cells, states.last) if calendar else cells


def _calendar(
    histories: Histories, finished: tuple[GapStates, Numbers], base: BaseGaps, settings: Settings
) -> Calendar | None:
    def gain(tried: Calendar, after: int) -> float:
        is_later = finished[0].last + finished[1] > after
        if is_later.sum() < LEAST_GAPS_TO_TRY:
            return 0.0
        states, actual = finished[0].part(is_later), finished[1][is_later]
        even = _ranked_score(gap_cells(states, base, settings), actual)
        return 1 - _ranked_score(_cells(states, base, settings, tried), actual) / even

    return calendar_worth_using(histories, score_gain=gain)


def known_ends(histories: Histories) -> Indices:
    """Positions of purchases whose next one is known too."""
    is_last = np.zeros(histories.days.size, bool)
    is_last[histories.starts[1:] - 1] = True
    return np.flatnonzero(~is_last)


def thinned(positions: Indices, most: int) -> Indices:
    """At most `most` of them, evenly: no chance in it."""
    if positions.size <= most:
        return positions
    return positions[np.linspace(0, positions.size - 1, most).astype(np.int64)]


def known_gaps(histories: Histories, most: int) -> tuple[GapStates, Numbers]:
    """The states after purchases that had a next one, and the days to it; at most `most`, evenly chosen."""
    positions = thinned(known_ends(histories), most)
    return states_after(histories, positions), np.diff(histories.days)[positions].astype(np.float64)


def silent_states(histories: Histories) -> GapStates:
    """Of at most MOST_CLIENTS_TO_LEARN clients, evenly chosen, how they stand today."""
    chosen = np.zeros(histories.size, bool)
    chosen[thinned(np.arange(histories.size), MOST_CLIENTS_TO_LEARN)] = True
    return states_now(histories.chosen(chosen))


def base_of(states: GapStates, actual: Numbers, settings: Settings) -> BaseGaps:
    """The base by its finished gaps alone."""
    logs = np.log(np.maximum(actual, 1.0))
    place, width = float(np.median(logs)), _width_inside(states, logs)
    bought = np.bincount(weekday_of(states.last), minlength=DAYS_IN_WEEK) + 1.0
    base = BaseGaps(place, width, np.zeros((1, 1), np.float32), bought / bought.sum())
    return replace(base, residuals=residual_tables(_residuals(states, logs, base, settings)))


def _residuals(states: GapStates, logs: Numbers, base: BaseGaps, settings: Settings) -> Residuals:
    place, width = places_and_widths(states, base.place, base.width, settings)
    return residuals_of((logs - place) / width, class_of(states.known))


def _width_inside(states: GapStates, logs: Numbers) -> float:
    """The typical spread of ln gap inside a client: neighbouring gaps differ by √2 of it."""
    has_gap = states.known > 0
    steps = np.abs(logs[has_gap] - np.log(states.gaps[has_gap, 0]))
    spread = np.sqrt(np.mean(np.minimum(steps, LARGEST_STEP) ** 2) / 2) if has_gap.any() else np.std(logs)
    return max(float(spread), NARROWEST_WIDTH)


def _with_silence(
    base: BaseGaps,
    settings: Settings,
    calendar: Calendar | None,
    finished: tuple[GapStates, Numbers],
    histories: Histories,
    share_learnt: float,
) -> tuple[BaseGaps, Leaving]:
    """Step 2 above. share_learnt: finished gaps looked at of all, so that open ones weigh the same."""
    now = silent_states(histories)
    open_weight = share_learnt * histories.size / now.size
    ended = _residuals(finished[0], np.log(finished[1]), base, settings)
    still = _residuals(now, np.log(np.maximum(now.silence, 0) + 0.5), base, settings)
    repeats, weights = now.known.astype(np.float64), weekday_weights(now, base, settings)
    leaving = Leaving(1.0, 1.0)
    for _ in range(TURNS):
        silent = 1 - share_by(_cells(now, base, settings, calendar), now.silence.astype(np.int64), weights)
        leaving = fit_leaving(repeats, np.clip(silent, 0.0, 1.0))
        back = leaving.alive(repeats, np.clip(silent, 0.0, 1.0))
        base = replace(base, residuals=residual_tables(ended, replace(still, weight=back * open_weight)))
    return base, leaving


def calibrated(cells: Cells, weights: Cells, actual: Numbers) -> Windows:
    """Step 3 above."""
    chosen = thinned(np.arange(actual.size), MOST_GAPS_TO_HOLD)
    cells, weights, actual = cells[chosen], weights[chosen], actual[chosen]
    by_itself, by_gaps = [], []
    for width in WIDTHS_TRIED:
        early, late = (day_of_share(cells, np.full(actual.size, share), weights) for share in shares_of(width))
        by_gaps.append(float(np.mean((actual >= early) & (actual <= late))))
        by_itself.append(float(np.mean(share_by(cells, late, weights) - share_by(cells, early - 1, weights))))
    found = {}
    for holds in WINDOWS_HOLD:
        widths = [np.interp(holds, np.maximum.accumulate(held), WIDTHS_TRIED) for held in (by_itself, by_gaps)]
        found[holds] = shares_of(float(np.mean(widths)))
    return found


def shares_of(width: float) -> tuple[float, float]:
    return (1 - width) / 2, (1 + width) / 2


def _choose(states: GapStates, actual: Numbers) -> Settings:
    def score(settings: Settings) -> float:
        return missed_days(states, actual, base_of(states, actual, settings), settings)

    best = Settings()
    least = score(best)
    for _ in range(ROUNDS):
        started = best
        for name, values in TRIED:
            for value in values:
                tried = replace(best, **{name: value})
                found = score(tried) if tried != best else least
                if found < least:
                    best, least = tried, found
        if best == started:
            break
    return best


def missed_days(states: GapStates, actual: Numbers, base: BaseGaps, settings: Settings) -> float:
    """Mean continuous ranked probability score in days, Σ width·(F − 1[came])²: the error of all quantiles at once."""
    return _ranked_score(gap_cells(states, base, settings), actual)


def _ranked_score(cells: Cells, actual: Numbers) -> float:
    came = actual[:, None] <= EDGES[None, 1:]
    return float((((cells - came) ** 2) @ WIDTHS.astype(np.float32)).mean())
