"""The distribution of the next order's date: a client's own gaps, the base's, his weekdays and the silence so far.

Assumptions.
1. Given that a next order comes, the gap to it is a mixture: with weight ω_i the client's own last gaps, each smeared
   by a normal kernel of width h on the logarithm and weighted by age (ρ per gap); with 1 − ω_i what the base does
   around a client's typical gap: ln gap = μ_i + σ_i·ε, where ε follows the base's own residuals, kept apart
   by how many gaps were known. ω_i = n_i/(n_i + c): a new client borrows everything.
2. μ_i = (n_i·m_i + κ·μ_0)/(n_i + κ), σ_i² = (Σ(ln g − μ_i)² + ν·σ_0²)/(n_i + ν): empirical Bayes; m_i is the middle of
   the client's logarithms.
3. Days are then weighted by the client's weekdays, shrunk to the base's by λ purchases, and the whole scaled to 1.
4. After each purchase the client leaves with p ~ Beta(a, b) (MBG; SCIENCE.md 1.6): with F of 1.–3.,
   s days of silence and p0 = (b + x)/(a + b + x), x repeat purchases:
       P(order within h) = p0·[F(s+h) − F(s)] / [1 − p0·F(s)]      P(alive) = p0·(1 − F(s)) / (1 − p0·F(s))
       q-quantile of the date, given it comes: F^{-1}(F(s) + q·(1 − F(s)))
h, ρ, c, κ, ν, λ are not known in advance: they are learnt on each base (`date_learning`), on its later half.

Symbols: n_i gaps known, s silence, x = n_i. Units: days.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, special

from clientarium.core.forecast.gap_grid import (
    CELL_OF_DAY,
    CELLS,
    EDGES,
    LAST_WEEK_END,
    LONGEST_DAYS,
    LOWEST_LOG,
    SINGLE_DAYS,
    UPPER_LOGS,
    WIDTHS,
)
from clientarium.core.forecast.gap_states import DAYS_IN_WEEK, GapStates, Numbers, weekday_of
from clientarium.core.forecast.histories import Indices

Cells = NDArray[np.float32]

KNOWN_CLASSES = np.array([0, 1, 2, 4, 8, 15])
"""Residuals are kept apart for 0, 1, 2-3, 4-7, 8-14 and more gaps known: what is known little of spreads wider."""

NEAR_MIDDLE = 2
"""A day named is the likeliest within two days of the middle: further off costs more than a weekday is worth."""

CLEARLY = 1.001
RESIDUAL_STEP = 0.01
RESIDUAL_REACH = 8.0
"""Residuals ε are tabled from -8 to 8 in hundredths: e^8 is 3000 times the typical gap."""


@dataclass(frozen=True)
class Settings:
    """What is learnt by trying (assumptions 1-3). kernel h; memory ρ; own_prior c; place_prior κ; width_prior ν;
    weekday_prior λ, 0 = weekdays are not looked at; is_median: m_i is the median of the logarithms, otherwise the mean.
    """

    kernel: float = 0.15
    memory: float = 0.9
    own_prior: float = 8.0
    place_prior: float = 1.0
    width_prior: float = 4.0
    weekday_prior: float = 10.0
    is_median: bool = True


@dataclass(frozen=True, eq=False)
class BaseGaps:
    """What all clients teach. place μ_0 and width σ_0 of ln gap (median; standard deviation inside a client);
    residuals: float32[classes, steps] cumulative distribution of ε; weekdays: shares of purchases, Monday first.
    """

    place: float
    width: float
    residuals: Cells
    weekdays: Numbers


def log_gaps(states: GapStates) -> Numbers:
    return np.log(states.gaps.astype(np.float64))


def places_and_widths(
    states: GapStates, base_place: float, base_width: float, settings: Settings
) -> tuple[Numbers, Numbers]:
    """μ_i and σ_i of assumption 2, float64[n] each."""
    logs = log_gaps(states)
    has_gap = ~np.isnan(logs)
    filled = np.where(has_gap, logs, 0.0)
    weights = has_gap * settings.memory ** np.arange(logs.shape[1])[None, :]
    known = weights.sum(axis=1)
    middle = (
        _weighted_median(logs, weights)
        if settings.is_median
        else (weights * filled).sum(axis=1) / np.maximum(known, 1e-9)
    )
    place = (known * middle + settings.place_prior * base_place) / (known + settings.place_prior)
    squares = (weights * (filled - place[:, None]) ** 2).sum(axis=1)
    width = np.sqrt((squares + settings.width_prior * base_width**2) / (known + settings.width_prior))
    return place, width


def _weighted_median(values: Numbers, weights: Numbers) -> Numbers:
    """The middle of each row by weight, between the two middle values where it falls between; 0 for an empty row."""
    order = np.argsort(values, axis=1)
    sorted_values = np.nan_to_num(np.take_along_axis(values, order, axis=1))
    cumulative = np.cumsum(np.take_along_axis(weights, order, axis=1), axis=1)
    half = cumulative[:, -1:] / 2
    rows = np.arange(values.shape[0])
    low = (cumulative < half - 1e-9).sum(axis=1).clip(max=values.shape[1] - 1)
    high = (cumulative < half + 1e-9).sum(axis=1).clip(max=values.shape[1] - 1)
    high = np.where(weights.sum(axis=1) > 0, high, low)
    return np.asarray((sorted_values[rows, low] + sorted_values[rows, high]) / 2)


def class_of(known: Indices) -> Indices:
    return np.asarray(np.searchsorted(KNOWN_CLASSES, known, side="right") - 1)


def gap_cells(states: GapStates, base: BaseGaps, settings: Settings) -> Cells:
    """F at the cells' ends right after the last purchase, given that an order comes; float32[n, CELLS], last is 1."""
    known = np.minimum(states.known, states.gaps.shape[1]).astype(np.float32)
    share = (known / (known + settings.own_prior))[:, None]
    cumulative = _base_cells(states, base, settings) * (1 - share)
    cumulative += _own_cells(states, settings) * share
    if settings.weekday_prior:
        cumulative = _on_weekdays(cumulative, states, base, settings)
    return np.asarray(cumulative / np.maximum(cumulative[:, -1:], 1e-30))


def _base_cells(states: GapStates, base: BaseGaps, settings: Settings) -> Cells:
    place, width = places_and_widths(states, base.place, base.width, settings)
    return spread_cells(place, width, base.residuals, class_of(states.known))


def spread_cells(place: Numbers, width: Numbers, residuals: Cells, row: Indices) -> Cells:
    """F of ln gap = place + width·ε, ε by the row of `residuals` that `row` names, over gaps of a day and more."""
    steps = residuals.shape[1]
    start = (row * steps).astype(np.int32)[:, None]
    scale = (1 / (width * RESIDUAL_STEP)).astype(np.float32)[:, None]
    shift = (RESIDUAL_REACH / RESIDUAL_STEP - place / (width * RESIDUAL_STEP)).astype(np.float32)[:, None]

    def at(logs: NDArray[np.float32]) -> Cells:
        index = np.clip(logs * scale + shift, 0, steps - 1).astype(np.int32)
        return np.asarray(residuals.ravel().take(index + start))

    lowest = at(np.array([[LOWEST_LOG]], np.float32))
    found = at(UPPER_LOGS[None, :].astype(np.float32)) - lowest
    return np.asarray(found / np.maximum(found[:, -1:], 1e-9))


def _own_cells(states: GapStates, settings: Settings) -> Cells:
    """The client's own gaps, each smeared by the kernel; rows without a gap are 0 (their share is 0)."""
    gaps = np.nan_to_num(states.gaps).astype(np.int64).clip(max=LONGEST_DAYS)
    weights = (gaps > 0) * (settings.memory ** np.arange(gaps.shape[1]))[None, :]
    weights = weights / np.maximum(weights.sum(axis=1, keepdims=True), 1e-9)
    starts = np.concatenate([[0], np.cumsum((gaps > 0).sum(axis=1))])
    has_gap = gaps > 0
    days, at = np.unique(gaps[has_gap], return_inverse=True)
    table = special.ndtr((UPPER_LOGS[None, :] - np.log(np.maximum(days, 1))[:, None]) / settings.kernel).astype(
        np.float32
    )
    table /= table[:, -1:]
    matrix = sparse.csr_matrix((weights[has_gap].astype(np.float32), at, starts), shape=(gaps.shape[0], days.size))
    return np.asarray(matrix @ table) if days.size else np.zeros((gaps.shape[0], CELLS), np.float32)


def weekday_weights(states: GapStates, base: BaseGaps, settings: Settings) -> Cells:
    """The weight of each of the seven days after the last purchase, mean 1; column 0 is the next day."""
    if not settings.weekday_prior:
        return np.ones((states.size, DAYS_IN_WEEK), np.float32)
    bought = states.weekdays.sum(axis=1, keepdims=True)
    shares = (states.weekdays + settings.weekday_prior * base.weekdays[None, :]) / (bought + settings.weekday_prior)
    ahead = (weekday_of(states.last)[:, None] + 1 + np.arange(DAYS_IN_WEEK)[None, :]) % DAYS_IN_WEEK
    return np.asarray(np.take_along_axis(shares, ahead, axis=1) * DAYS_IN_WEEK, dtype=np.float32)


def _on_weekdays(cumulative: Cells, states: GapStates, base: BaseGaps, settings: Settings) -> Cells:
    """Single days weighted; every longer cell up to a year holds whole weeks, whose weights are 1 on average."""
    mass = np.diff(cumulative, axis=1, prepend=np.float32(0))
    weights = weekday_weights(states, base, settings)
    mass[:, :SINGLE_DAYS] *= np.tile(weights, (1, SINGLE_DAYS // DAYS_IN_WEEK))
    return np.asarray(np.cumsum(mass, axis=1))


def share_by(cumulative: Cells, day: Numbers | Indices, weights: Cells) -> Numbers:
    """F(day) for one day number per client, whole days >= 0."""
    whole = np.clip(day, 0, LONGEST_DAYS).astype(np.int64)
    cell = CELL_OF_DAY[whole]
    rows = np.arange(cumulative.shape[0])
    upper = np.where(cell >= 0, cumulative[rows, np.maximum(cell, 0)], 0.0)
    lower = np.where(cell > 0, cumulative[rows, np.maximum(cell - 1, 0)], 0.0)
    inside = whole - EDGES[np.maximum(cell, 0)]
    part = _part_of_cell(np.maximum(cell, 0), inside, weights)
    return np.asarray(lower + (upper - lower) * part)


def _part_of_cell(cell: Indices, inside: Indices, weights: Cells) -> Numbers:
    """The share of a cell's probability on its first `inside` days."""
    even = inside / WIDTHS[cell]
    sums = np.concatenate([np.zeros((weights.shape[0], 1), np.float32), np.cumsum(weights, axis=1)], axis=1)
    by_weekday = sums[np.arange(weights.shape[0]), np.clip(inside, 0, DAYS_IN_WEEK)] / sums[:, -1]
    is_week = WIDTHS[cell] == DAYS_IN_WEEK
    return np.where(is_week, by_weekday, even)


def day_of_share(cumulative: Cells, share: Numbers, weights: Cells) -> Numbers:
    """The first whole day by which F reaches `share`, float64[n] >= 1."""
    share = np.minimum(share, cumulative[:, -1])
    cell = np.minimum((cumulative < share[:, None]).sum(axis=1), CELLS - 1)
    rows = np.arange(cumulative.shape[0])
    lower = np.where(cell > 0, cumulative[rows, np.maximum(cell - 1, 0)], 0.0)
    mass = np.maximum(cumulative[rows, cell] - lower, 1e-12)
    part = np.clip((share - lower) / mass, 0.0, 1.0)
    even = np.ceil(part * WIDTHS[cell])
    sums = np.cumsum(weights, axis=1) / weights.sum(axis=1, keepdims=True)
    by_weekday = (sums < part[:, None] - 1e-6).sum(axis=1) + 1.0
    is_week = (WIDTHS[cell] == DAYS_IN_WEEK) & (EDGES[cell + 1] <= LAST_WEEK_END)
    return np.asarray(EDGES[cell] + np.clip(np.where(is_week, by_weekday, even), 1, WIDTHS[cell]), dtype=np.float64)


def middle_day(cumulative: Cells, weights: Cells, silence: Indices) -> Numbers:
    """The middle of what is left of F after `silence` days, in days after the last purchase."""
    gone = share_by(cumulative, silence, weights)
    middle = day_of_share(cumulative, gone + (cumulative[:, -1] - gone) / 2, weights)
    return np.asarray(np.maximum(middle, silence + 1.0))


def likely_day(cumulative: Cells, weights: Cells, middle: Numbers, silence: Indices) -> Numbers:
    """The likeliest day within NEAR_MIDDLE days of `middle` and after `silence`; the nearest of equals."""
    reaches = np.arange(-NEAR_MIDDLE - 1, NEAR_MIDDLE + 1)
    shares = np.array([share_by(cumulative, middle + reach, weights) for reach in reaches])
    mass = np.diff(shares, axis=0)
    found, most = middle.copy(), mass[NEAR_MIDDLE]
    for reach in sorted(range(-NEAR_MIDDLE, NEAR_MIDDLE + 1), key=abs):
        is_better = (mass[reach + NEAR_MIDDLE] > most * CLEARLY) & (middle + reach > silence)
        found, most = np.where(is_better, middle + reach, found), np.where(is_better, mass[reach + NEAR_MIDDLE], most)
    return np.asarray(found)
