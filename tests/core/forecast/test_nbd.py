"""NBD against SCIENCE.md 1.2 and 1.5."""

import numpy as np
import pytest
from scipy.stats import nbinom

from clientarium.core.forecast import statistics_of
from clientarium.core.forecast.nbd import Nbd
from tests.core.forecast.real_data import GROCERY_HOLDOUT_END, cdnow, grocery, holdout, statistics


def test_parameters_on_cdnow_are_the_published_ones():
    found = Nbd.fit(statistics_of(cdnow()))
    assert (round(found.parameters.r, 3), round(found.parameters.alpha, 3)) == (0.385, 12.072)
    assert found.log_likelihood == pytest.approx(-9763.66, abs=5e-3)


def test_grocery_total_and_error_are_the_published_ones():
    histories = grocery()
    clients = statistics_of(histories)
    found = Nbd.fit(clients)
    actual = holdout("grocery_elog.csv", histories, GROCERY_HOLDOUT_END)
    expected = found.parameters.expected_orders(clients, 52)
    assert (round(found.parameters.r, 3), round(found.parameters.alpha, 3)) == (0.420, 5.245)
    assert found.log_likelihood == pytest.approx(-16376.86, abs=5e-3)
    assert expected.sum() == pytest.approx(6355, abs=0.5)
    assert np.abs(expected - actual).mean() == pytest.approx(2.609, abs=5e-4)


def test_expected_orders_of_the_vignette():
    model = Nbd.fit(statistics_of(grocery())).parameters
    expected = model.expected_orders(statistics([1, 2, 3, 4, 5], 12, 52), 52)
    np.testing.assert_allclose(expected[[0, 4]], [1.290, 4.924], atol=1e-3)


def test_orders_are_negative_binomial():
    model, client = Nbd(r=0.42, alpha=5.245), statistics([3], [20], [52])
    law = nbinom(3.42, (5.245 + 52) / (5.245 + 52 + 26))
    at_least = [model.orders_at_least(client, 26, n)[0] for n in range(8)]
    np.testing.assert_allclose(at_least, law.sf(np.arange(8) - 1), rtol=1e-10)
    assert model.orders_quantile(client, 26, 0.9)[0] == law.ppf(0.9)
    assert (model.p_alive(client)[0], model.probability_within(client, 26)[0]) == (1.0, at_least[1])
    assert model.expectation(26) == pytest.approx(26 * 0.42 / 5.245)
