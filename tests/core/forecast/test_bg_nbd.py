"""BG/NBD against the numbers of Fader, Hardie & Lee (2005), the BTYD walkthrough and CLVTools (SCIENCE.md 1.2)."""

import numpy as np
import pytest

from clientarium.core.forecast import statistics_of
from clientarium.core.forecast.bg_nbd import BgNbd
from tests.core.forecast.real_data import CDNOW_HOLDOUT_END, cdnow, holdout, statistics, whole

WALKTHROUGH = BgNbd(r=0.2425967, alpha=4.413659, a=0.7929869, b=2.426164)


def test_parameters_on_cdnow_are_the_published_ones():
    found = BgNbd.fit(statistics_of(cdnow()))
    values = [found.parameters.r, found.parameters.alpha, found.parameters.a, found.parameters.b]
    np.testing.assert_allclose(values, [0.2425945, 4.4136019, 0.7929199, 2.4258881], rtol=2e-5)
    assert found.log_likelihood == pytest.approx(-9582.4292, abs=1e-3)
    assert found.parameters.log_likelihood(statistics_of(cdnow())) == pytest.approx(found.log_likelihood, rel=1e-12)
    assert (found.converged, str(found.message), found.clients, found.k) == (True, "The parameters are found.", 2357, 1)


def test_frequencies_on_cdnow_are_the_published_ones():
    clients = statistics_of(cdnow())
    counts = np.bincount(np.minimum(clients.x, 7).astype(int))
    assert (counts.tolist(), clients.x.sum()) == ([1411, 439, 214, 100, 62, 38, 29, 64], 2457)


def test_holdout_means_by_frequency_are_the_published_ones():
    histories = cdnow()
    clients = statistics_of(histories)
    actual = holdout("cdnow_sample.csv", histories, CDNOW_HOLDOUT_END)
    expected = BgNbd.fit(clients).parameters.expected_orders(clients, 39)
    group = np.minimum(clients.x, 7).astype(int)
    means = [np.bincount(group, weights=one) / np.bincount(group) for one in (actual, expected)]
    assert actual.sum() == 1882
    np.testing.assert_allclose(means[0], [0.2367, 0.6970, 1.3925, 1.5600, 2.5323, 2.9474, 3.8621, 6.3594], atol=5e-5)
    np.testing.assert_allclose(
        means[1], [0.2251, 0.5231, 1.0441, 1.5203, 2.1638, 2.6538, 3.5040, 6.1570], rtol=5e-5, atol=1e-4
    )
    assert np.corrcoef(actual, expected)[0, 1] == pytest.approx(0.6256, abs=1e-4)


def test_expected_orders_of_a_frequent_client():
    client = statistics([26], [216 / 7], [31])
    assert WALKTHROUGH.expected_orders(client, 52)[0] == pytest.approx(25.75659, abs=2e-3)
    assert WALKTHROUGH.p_alive(client)[0] == pytest.approx(0.9688523, abs=1e-6)


def test_expected_orders_fall_with_frequency_after_long_silence():
    clients = statistics([10, 15, 20, 25], 20, 39)
    published = [0.3474606, 0.04283391, 0.004158973, 0.0003583685]
    np.testing.assert_allclose(WALKTHROUGH.expected_orders(clients, 52), published, rtol=1e-5)


def test_expectation_of_a_new_client():
    assert WALKTHROUGH.expectation(52) == pytest.approx(1.444004, abs=1e-5)


def test_weekly_tracking_on_cdnow():
    age = statistics_of(cdnow()).T
    births, times = np.unique(age.max() - age, return_counts=True)
    weeks = np.arange(19.0, 26.0)
    known = np.maximum(weeks[:, None] - births, 0.0)
    cumulative = WALKTHROUGH.expectations(known.ravel()).reshape(known.shape) @ times
    np.testing.assert_allclose(np.diff(cumulative), [76.865, 74.888, 73.046, 71.322, 69.704, 68.182], atol=2e-3)


def test_one_order_clients_are_alive_for_certain():
    assert WALKTHROUGH.p_alive(statistics([0, 0], 0, [1, 500])).tolist() == [1.0, 1.0]


def test_lifetimes_example_in_days():
    clients = statistics_of(whole("lifetimes_simulated_transactions.csv"), days_in_unit=1.0)
    found = BgNbd.fit(clients)
    values = [found.parameters.r, found.parameters.alpha, found.parameters.a, found.parameters.b]
    np.testing.assert_allclose(values, [0.16385, 1.86428, 1.85034, 3.18106], rtol=1e-4)
    assert found.log_likelihood == pytest.approx(-39248.626, abs=1e-3)
    predicted = found.parameters.expected_orders(clients, 30)[:5]
    np.testing.assert_allclose(predicted, [0.016053, 0.021171, 0.030461, 0.031686, 0.001607], atol=2e-6)


def test_million_clients_weigh_as_a_million():
    clients = statistics_of(cdnow())
    found = BgNbd.fit(clients)
    heavier = BgNbd.fit(clients.repeated(3))
    assert heavier.log_likelihood == pytest.approx(3 * found.log_likelihood, rel=1e-12)
    assert heavier.parameters.alpha == pytest.approx(found.parameters.alpha, rel=1e-9)
    assert heavier.standard_errors["alpha"] == pytest.approx(found.standard_errors["alpha"] / 3**0.5, rel=1e-6)
