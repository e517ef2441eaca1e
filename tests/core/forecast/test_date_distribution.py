"""The distribution of the next date against a slow, obvious one."""

from math import erf, log, sqrt

import numpy as np
import pytest

from clientarium.core.forecast.date_distribution import (
    RESIDUAL_REACH,
    RESIDUAL_STEP,
    BaseGaps,
    Settings,
    day_of_share,
    gap_cells,
    likely_day,
    middle_day,
    places_and_widths,
    share_by,
    weekday_weights,
)
from clientarium.core.forecast.gap_grid import CELLS, EDGES, SINGLE_DAYS
from tests.core.forecast.test_date_rules import one_client

SHARES = np.array([0.3, 0.1, 0.1, 0.2, 0.2, 0.05, 0.05])


def normal(x):
    return 0.5 * (1 + erf(x / sqrt(2)))


def base():
    grid = np.arange(-RESIDUAL_REACH, RESIDUAL_REACH + RESIDUAL_STEP / 2, RESIDUAL_STEP)
    row = np.array([normal(x) for x in grid], np.float32)
    return BaseGaps(place=log(20), width=0.5, residuals=np.tile(row, (6, 1)), weekdays=SHARES)


def settings(**changed):
    return Settings(**{"kernel": 0.2, "memory": 0.9, "own_prior": 4.0, "weekday_prior": 0.0, **changed})


def slow_share(day, place, width, gaps, chosen):
    """F(day) without weekdays, one client, one day."""
    weights = [chosen.memory**age for age in range(len(gaps))]
    top = log(EDGES[-1] + 0.5)

    def own(value):
        return sum(w * normal((value - log(g)) / chosen.kernel) for w, g in zip(weights, gaps, strict=True)) / sum(
            weights
        )

    def borrowed(value):
        return normal((value - place) / width)

    share = len(gaps) / (len(gaps) + chosen.own_prior)
    floor = borrowed(log(0.5))
    of_base = (borrowed(log(day + 0.5)) - floor) / (borrowed(top) - floor)
    return share * own(log(day + 0.5)) / own(top) + (1 - share) * of_base


def test_cells_equal_the_slow_distribution():
    states, chosen = one_client(), settings()
    place, width = places_and_widths(states, base().place, base().width, chosen)
    cells = gap_cells(states, base(), chosen)
    slow = [slow_share(day, place[0], width[0], [10, 7, 14, 7, 7], chosen) for day in EDGES[1:]]
    # The residuals are tabled in hundredths: a step of one is at most .004 of a normal distribution.
    assert np.allclose(cells[0], slow, atol=0.01)
    assert cells.shape == (1, CELLS) and cells[0, -1] == 1.0


def test_weekdays_weigh_single_days():
    states = one_client()
    even, weighed = gap_cells(states, base(), settings()), gap_cells(states, base(), settings(weekday_prior=3.0))
    shares = (np.array([5, 0, 0, 1, 0, 0, 0]) + 3.0 * SHARES) / (6 + 3.0)
    # The last purchase was a Thursday: the next day is a Friday.
    assert np.allclose(
        weekday_weights(states, base(), settings(weekday_prior=3.0))[0], 7 * np.roll(shares, -4), atol=1e-6
    )
    expected = np.diff(even[0], prepend=0)[:SINGLE_DAYS] * np.tile(7 * np.roll(shares, -4), 8)
    found = np.diff(weighed[0], prepend=0)[:SINGLE_DAYS]
    assert np.allclose(found / found.sum(), expected / expected.sum(), atol=1e-5)


def test_day_of_share_and_share_by_are_each_others_inverse():
    chosen = settings(weekday_prior=3.0)
    states = one_client()
    cells, weights = gap_cells(states, base(), chosen), weekday_weights(states, base(), chosen)
    for share in (0.01, 0.1, 0.5, 0.9, 0.99, 0.999):
        day = day_of_share(cells, np.array([share]), weights)
        assert share_by(cells, day, weights)[0] >= share - 1e-5
        assert share_by(cells, day - 1, weights)[0] < share + 1e-5
    assert share_by(cells, np.array([0]), weights)[0] == 0.0


@pytest.mark.parametrize("is_median", [True, False])
def test_place_moves_from_the_base_to_the_client(is_median):
    states = one_client()
    near, far = (
        places_and_widths(states, base().place, base().width, settings(place_prior=prior, is_median=is_median))[0][0]
        for prior in (1000.0, 0.001)
    )
    assert near == pytest.approx(log(20), abs=0.01)
    assert log(7) - 0.01 <= far < log(10)


def test_likely_day_is_the_mondays_near_the_middle():
    """Every gap from 1 to 56 days alike, and Mondays ten times likelier; the last purchase was on a Sunday."""
    cells = np.minimum(EDGES[1:] / SINGLE_DAYS, 1.0)[None, :].astype(np.float32)
    weights = np.array([[10, 1, 1, 1, 1, 1, 1]], np.float32)
    mass = np.diff(cells, axis=1, prepend=0)
    mass[:, :SINGLE_DAYS] *= np.tile(weights, 8)
    cells = np.cumsum(mass, axis=1) / mass.sum()
    middle = middle_day(cells, weights, np.array([0]))
    # Sixteen sixteenths a week, eight weeks: half of it is there at the end of day 28; day 29 is a Monday.
    assert middle.tolist() == [28.0]
    assert likely_day(cells, weights, middle, np.array([0])).tolist() == [29.0]
    assert likely_day(cells, weights, np.array([31.0]), np.array([29])).tolist() == [31.0]
