"""Learning a base's gaps: the residuals, the weekdays and the settings of `date_distribution`, on the base alone."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy import special

from clientarium.core.forecast.date_distribution import (
    KNOWN_CLASSES,
    RESIDUAL_REACH,
    RESIDUAL_STEP,
    BaseGaps,
    Cells,
    Settings,
    class_of,
    day_of_share,
    gap_cells,
    places_and_widths,
    weekday_weights,
)
from clientarium.core.forecast.gap_states import DAYS_IN_WEEK, GapStates, Numbers, states_after, weekday_of
from clientarium.core.forecast.histories import Histories, Indices

MOST_GAPS_TO_LEARN = 12_000
LEAST_OF_A_CLASS = 60
"""Fewer residuals than this are joined by those of the neighbouring class."""

LEAST_GAPS_TO_TRY = 200
"""With fewer the settings stay as published here: trying would choose noise."""

TRIED: Sequence[tuple[str, Sequence[Any]]] = (
    ("weekday_prior", (0.0, 2.0, 5.0, 15.0, 1000.0)),
    ("own_prior", (1.0, 2.0, 4.0, 8.0, 16.0, 1000.0)),
    ("kernel", (0.05, 0.1, 0.2, 0.35)),
    ("memory", (0.8, 0.9, 0.95, 1.0)),
    ("place_prior", (0.25, 0.5, 1.0, 2.0, 4.0)),
    ("width_prior", (1.0, 3.0, 10.0, 100.0)),
    ("is_median", (True, False)),
)
WINDOW_HOLDS = 0.8
WINDOWS_TRIED = np.linspace(0.4, 0.98, 30)
SHARES_SCORED = (0.1, 0.3, 0.5, 0.7, 0.9)


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


@dataclass(frozen=True, eq=False)
class LearntDates:
    """A base learnt: early_share, late_share are the shares of F whose window held WINDOW_HOLDS of the later half."""

    base: BaseGaps
    settings: Settings
    early_share: float
    late_share: float


def learn_dates(histories: Histories) -> LearntDates | None:
    """What dates need of a base; None where no client has bought twice."""
    positions = thinned(known_ends(histories), MOST_GAPS_TO_LEARN)
    if not positions.size:
        return None
    states = states_after(histories, positions)
    actual = (histories.days[positions + 1] - histories.days[positions]).astype(np.float64)
    if positions.size < LEAST_GAPS_TO_TRY:
        return LearntDates(base_of(states, actual, Settings()), Settings(), *_shares_of(WINDOW_HOLDS))
    settings = _choose(states, actual)
    base = base_of(states, actual, settings)
    return LearntDates(base, settings, *_calibrated(states, actual, base, settings))


def base_of(states: GapStates, actual: Numbers, settings: Settings) -> BaseGaps:
    logs = np.log(np.maximum(actual, 1.0))
    place = float(np.median(logs))
    width = _width_inside(states, logs)
    own_place, own_width = places_and_widths(states, place, width, settings)
    residuals = (logs - own_place) / own_width
    rows = np.bincount(weekday_of(states.last), minlength=DAYS_IN_WEEK).astype(float)
    return BaseGaps(
        place, width, _residual_tables(residuals, class_of(states.known)), (rows + 1.0) / (rows.sum() + DAYS_IN_WEEK)
    )


def _width_inside(states: GapStates, logs: Numbers) -> float:
    """The typical spread of ln gap inside a client: neighbouring gaps differ by √2 of it."""
    has_gap = states.known > 0
    differences = np.abs(logs[has_gap] - np.log(states.gaps[has_gap, 0]))
    spread = float(np.sqrt(np.mean(np.minimum(differences, 3.0) ** 2) / 2)) if has_gap.any() else float(np.std(logs))
    return max(spread, 0.05)


def _residual_tables(residuals: Numbers, classes: Indices) -> Cells:
    """One cumulative distribution per class, smoothed by a normal kernel (Silverman's width)."""
    grid = np.arange(-RESIDUAL_REACH, RESIDUAL_REACH + RESIDUAL_STEP / 2, RESIDUAL_STEP)
    rows = []
    for number in range(KNOWN_CLASSES.size):
        reach = 0
        chosen = classes == number
        while chosen.sum() < LEAST_OF_A_CLASS and reach < KNOWN_CLASSES.size:
            reach += 1
            chosen = np.abs(classes - number) <= reach
        rows.append(_smoothed(residuals[chosen], grid))
    return np.array(rows, np.float32)


def _smoothed(values: Numbers, grid: Numbers) -> Numbers:
    middle = np.subtract(*np.quantile(values, [0.75, 0.25])) / 1.349
    spread = min(x for x in (float(np.std(values)), float(middle), 9.0) if x > 0) if np.std(values) > 0 else 0.05
    width = max(0.9 * spread * values.size**-0.2, 0.02)
    edges = np.concatenate([grid - RESIDUAL_STEP / 2, [grid[-1] + RESIDUAL_STEP / 2]])
    mass = np.histogram(np.clip(values, grid[0], grid[-1]), edges)[0] / values.size
    reach = int(np.ceil(4 * width / RESIDUAL_STEP))
    kernel = np.diff(special.ndtr((np.arange(-reach, reach + 2) - 0.5) * RESIDUAL_STEP / width))
    smooth = np.convolve(mass, kernel / kernel.sum())[reach : reach + grid.size]
    return np.asarray(np.cumsum(smooth) / smooth.sum())


def _shares_of(width: float) -> tuple[float, float]:
    return (1 - width) / 2, (1 + width) / 2


def _calibrated(states: GapStates, actual: Numbers, base: BaseGaps, settings: Settings) -> tuple[float, float]:
    """The central window of F that held WINDOW_HOLDS of the gaps: whole days make nominal windows too wide."""
    cells, weights = gap_cells(states, base, settings), weekday_weights(states, base, settings)
    held = []
    for width in WINDOWS_TRIED:
        early, late = (day_of_share(cells, np.full(states.size, share), weights) for share in _shares_of(width))
        held.append(float(np.mean((actual >= early) & (actual <= late))))
    return _shares_of(float(np.interp(WINDOW_HOLDS, np.maximum.accumulate(held), WINDOWS_TRIED)))


def _choose(states: GapStates, actual: Numbers) -> Settings:
    """One setting after another. A gap is always foretold from gaps before it; the base's residuals are of all gaps."""

    def score(settings: Settings) -> float:
        return pinball(states, actual, base_of(states, actual, settings), settings)

    best = Settings()
    least = score(best)
    for _ in range(2):
        for name, values in TRIED:
            for value in values:
                tried = replace(best, **{name: value})
                found = score(tried) if tried != best else least
                if found < least:
                    best, least = tried, found
    return best


def pinball(states: GapStates, actual: Numbers, base: BaseGaps, settings: Settings) -> float:
    """Mean pinball loss in days over SHARES_SCORED: the error of the median and of the window in one number."""
    cumulative, weights = gap_cells(states, base, settings), weekday_weights(states, base, settings)
    total = 0.0
    for share in SHARES_SCORED:
        missed = actual - day_of_share(cumulative, np.full(states.size, share), weights)
        total += float(np.mean(np.maximum(share * missed, (share - 1) * missed)))
    return total / len(SHARES_SCORED)
