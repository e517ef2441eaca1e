"""Who left: the formulas of MBG with any distribution of gaps."""

import numpy as np
import pytest
from scipy import stats

from clientarium.core.forecast.leaving import Leaving, fit_leaving
from clientarium.core.forecast.mbg_nbd import MbgNbd
from clientarium.core.forecast.statistics import Statistics


def test_alive_with_the_gaps_of_mbg_is_mbg():
    """SCIENCE.md 1.6: P(alive) = p0·(1 − F)/(1 − p0·F) with F of BetaPrime(1, r + x) is the published P(alive)."""
    r, alpha, a, b = 0.525, 6.183, 0.891, 1.614
    x, t_x, age = np.array([0.0, 1, 5, 20]), np.array([0.0, 3, 20, 38]), np.array([39.0, 39, 39, 39])
    silent = stats.betaprime.sf((age - t_x) / (alpha + t_x), 1, r + x)
    published = MbgNbd(r=r, alpha=alpha, a=a, b=b).p_alive(Statistics(x, t_x, age, np.zeros(4), np.ones(4)))
    assert Leaving(a, b).alive(x, silent) == pytest.approx(published, rel=1e-9)


def test_fit_recovers_who_left():
    drawn = np.random.default_rng(11)
    size = 6000
    leaves = drawn.beta(1.2, 4.0, size)
    bought = np.minimum(drawn.geometric(np.maximum(leaves, 1e-6)), 200)  # purchases until he leaves
    most = drawn.integers(1, 12, size)  # purchases there was time for
    repeats = np.minimum(bought, most) - 1
    silent = np.where(bought <= most, 0.0, drawn.uniform(0.05, 1.0, size))  # who left has been silent for long
    found = fit_leaving(repeats.astype(float), silent)
    assert found.a / (found.a + found.b) == pytest.approx(1.2 / 5.2, rel=0.12)


def test_alive_falls_with_silence_and_rises_with_repeats():
    found = Leaving(1.0, 3.0)
    alive = found.alive(np.full(3, 4.0), np.array([1.0, 0.5, 0.0]))
    assert alive.tolist() == [7 / 8, pytest.approx(7 / 9), 0.0]
    assert found.stayed(np.array([0.0, 10.0])).tolist() == [0.75, 13 / 14]
