"""MBG/NBD against the parameters lifetimes' tests take from BTYDplus, and what tells it from BG/NBD."""

import numpy as np
import pytest

from clientarium.core.forecast import statistics_of
from clientarium.core.forecast.bg_nbd import BgNbd
from clientarium.core.forecast.mbg_nbd import MbgNbd
from tests.core.forecast.real_data import cdnow, grocery, statistics


def test_parameters_on_cdnow_are_the_published_ones():
    found = MbgNbd.fit(statistics_of(cdnow()))
    values = [found.parameters.r, found.parameters.alpha, found.parameters.a, found.parameters.b]
    np.testing.assert_allclose(values, [0.525, 6.183, 0.891, 1.614], atol=6e-4)
    assert found.log_likelihood == pytest.approx(-9582.13, abs=1e-2)
    assert found.converged


def test_parameters_on_grocery_are_the_published_ones():
    found = MbgNbd.fit(statistics_of(grocery()))
    values = [found.parameters.r, found.parameters.alpha, found.parameters.a, found.parameters.b]
    np.testing.assert_allclose(values, [1.257, 6.038, 0.368, 0.716], rtol=2e-4, atol=3e-4)
    assert found.log_likelihood == pytest.approx(-15781.94, abs=1e-2)


def test_one_order_clients_may_be_gone():
    model = MbgNbd(r=0.525, alpha=6.183, a=0.891, b=1.614)
    alive = model.p_alive(statistics([0, 0, 0], 0, [0, 10, 500]))
    # Nothing is known of the first but that he bought: b/(a+b).
    assert alive[0] == pytest.approx(1.614 / (0.891 + 1.614))
    assert alive[0] > alive[1] > alive[2] > 0


def test_expectation_begins_with_the_chance_to_stay():
    model = MbgNbd(r=0.525, alpha=6.183, a=0.891, b=1.614)
    bg = BgNbd(r=0.525, alpha=6.183, a=0.891, b=2.614)
    # Who stays after the first purchase has learnt one stay: b + 1.
    assert model.expectation(20) == pytest.approx(1.614 / 2.505 * bg.expectation(20))
