"""Pareto/NBD against CLVTools, the BTYD walkthrough and the BTYDplus vignette (SCIENCE.md 1.2, 1.5)."""

import numpy as np
import pytest
from scipy.special import gammaln, hyp2f1

from clientarium.core.forecast import statistics_of
from clientarium.core.forecast.pareto_nbd import ParetoNbd
from tests.core.forecast.real_data import (
    CDNOW_HOLDOUT_END,
    GROCERY_HOLDOUT_END,
    cdnow,
    grocery,
    holdout,
    statistics,
)

WALKTHROUGH = ParetoNbd(r=0.5533, alpha=10.578, s=0.6061, beta=11.656)
BY_HAND = ParetoNbd(r=0.55, alpha=10.0, s=0.6, beta=12.0)


def test_parameters_on_cdnow_are_the_published_ones():
    found = ParetoNbd.fit(statistics_of(cdnow()))
    values = [found.parameters.r, found.parameters.alpha, found.parameters.s, found.parameters.beta]
    np.testing.assert_allclose(values, [0.5533, 10.5777, 0.6062, 11.6687], atol=6e-5)
    assert found.log_likelihood == pytest.approx(-9594.9762, abs=1e-4)
    assert found.converged


def test_standard_errors_on_cdnow_are_the_published_ones():
    errors = ParetoNbd.fit(statistics_of(cdnow())).standard_errors
    published = [0.0476264, 0.8427222, 0.1872594, 6.2105448]
    np.testing.assert_allclose([errors[name] for name in ("r", "alpha", "s", "beta")], published, rtol=2e-4)


def test_holdout_means_by_frequency_are_the_published_ones():
    histories = cdnow()
    clients = statistics_of(histories)
    actual = holdout("cdnow_sample.csv", histories, CDNOW_HOLDOUT_END)
    expected = ParetoNbd.fit(clients).parameters.expected_orders(clients, 39)
    group = np.minimum(clients.x, 7).astype(int)
    means = np.bincount(group, weights=expected) / np.bincount(group)
    np.testing.assert_allclose(means, [0.1385, 0.5996, 1.1960, 1.7140, 2.3985, 2.9071, 3.8189, 6.4035], rtol=4e-4)
    assert np.corrcoef(actual, expected)[0, 1] == pytest.approx(0.6302, abs=1e-4)
    # SCIENCE.md 3.2
    assert np.abs(actual - expected).mean() == pytest.approx(0.7545, abs=1e-4)


def test_clients_of_the_walkthrough():
    model = ParetoNbd.fit(statistics_of(cdnow())).parameters
    frequent = statistics([26], [216 / 7], [31])
    assert model.expected_orders(frequent, 52)[0] == pytest.approx(25.45647, abs=2e-3)
    assert model.p_alive(frequent)[0] == pytest.approx(0.997874, abs=1e-6)
    assert model.expectation(52) == pytest.approx(1.473434, abs=2e-4)
    assert model.p_alive(statistics([0], 0, 39))[0] == pytest.approx(0.2941633, abs=2e-4)
    silent = model.expected_orders(statistics([10, 15, 20, 25], 20, 39), 52)
    np.testing.assert_allclose(silent, [0.7062289, 0.1442396, 0.02250658, 0.00309267], rtol=2e-3)


def test_grocery_is_as_in_the_vignette():
    histories = grocery()
    clients = statistics_of(histories)
    found = ParetoNbd.fit(clients)
    actual = holdout("grocery_elog.csv", histories, GROCERY_HOLDOUT_END)
    expected = found.parameters.expected_orders(clients, 52)
    values = [found.parameters.r, found.parameters.alpha, found.parameters.s, found.parameters.beta]
    np.testing.assert_allclose(values, [0.786, 5.679, 0.386, 5.717], atol=1e-3)
    assert found.log_likelihood == pytest.approx(-15782.39, abs=5e-3)
    assert expected.sum() == pytest.approx(3991, abs=0.5)
    assert np.abs(expected - actual).mean() == pytest.approx(1.508, abs=5e-4)
    five = statistics([1, 2, 3, 4, 5], 12, 52)
    published = [0.448, 0.363, 0.217, 0.109, 0.049]
    np.testing.assert_allclose(found.parameters.expected_orders(five, 52), published, atol=6e-4)
    alive = [0.3186, 0.1652, 0.0728, 0.0288, 0.0107]
    np.testing.assert_allclose(found.parameters.p_alive(five), alive, atol=6e-5)


def test_likelihood_is_that_of_the_published_formula():
    clients = statistics([0, 1, 2, 7, 7], [0, 3, 10, 30, 0.5], [10, 20, 10, 39, 39])
    assert BY_HAND.log_likelihood(clients) == pytest.approx(sum(by_hypergeometric(BY_HAND, clients)), rel=1e-10)


def test_probability_of_orders_adds_up_to_the_expectation():
    clients = statistics([0, 1, 7, 40], [0, 3, 30, 38], [10, 20, 39, 39])
    total = sum(BY_HAND.orders_at_least(clients, 26, n) for n in range(1, 400))
    np.testing.assert_allclose(total, BY_HAND.expected_orders(clients, 26), rtol=1e-9)
    pmf = BY_HAND.pmf(52, np.arange(400.0))
    assert (pmf.sum(), (pmf * np.arange(400)).sum()) == pytest.approx((1.0, BY_HAND.expectation(52)), abs=1e-5)


def test_orders_quantile_is_where_the_chances_pass_it():
    clients = statistics([0, 1, 7, 40], [0, 3, 30, 38], [10, 20, 39, 39])
    median = BY_HAND.orders_quantile(clients, 26.0)
    assert (BY_HAND.orders_at_least(clients, 26.0, median + 1) <= 0.5).all()
    assert ((BY_HAND.orders_at_least(clients, 26.0, median) > 0.5) | (median == 0)).all()


def test_expectation_passes_smoothly_over_a_life_of_shape_one():
    at, beside = ParetoNbd(r=0.55, alpha=10.0, s=1.0, beta=12.0), ParetoNbd(r=0.55, alpha=10.0, s=1 + 1e-7, beta=12.0)
    assert at.expectation(52) == pytest.approx(beside.expectation(52), rel=1e-6)


def test_frequent_client_of_long_ago_neither_underflows_nor_overflows():
    # x = 132 and 133, T = 200: where peers' code broke (lifetimes' tests).
    clients = statistics([132, 133, 5000], [115, 115.5, 190], [200, 200, 200])
    alive = BY_HAND.p_alive(clients)
    assert np.isfinite(alive).all()
    assert ((alive >= 0) & (alive < 1e-6)).all()


def test_silence_only_lowers_the_chance_to_be_there():
    clients = statistics([0, 3], [0, 30], [10, 39])
    assert (BY_HAND.p_alive(clients, after=5) < BY_HAND.p_alive(clients)).all()
    np.testing.assert_allclose(BY_HAND.p_alive(clients, after=5), BY_HAND.p_alive(clients.later(5)))


def by_hypergeometric(model, clients):
    """The likelihood as printed (SCIENCE.md 1.7), client by client."""
    r, alpha, s, beta = model.r, model.alpha, model.s, model.beta
    low, high = min(alpha, beta), max(alpha, beta)
    for x, t_x, age in zip(clients.x, clients.t_x, clients.T, strict=True):
        c, p = r + s + x, s + 1 if alpha >= beta else r + x
        parts = [hyp2f1(c, p, c + 1, (high - low) / (high + t)) / (high + t) ** c for t in (t_x, age)]
        seen = (alpha + age) ** -(r + x) * (beta + age) ** -s + s / c * (parts[0] - parts[1])
        yield gammaln(r + x) - gammaln(r) + r * np.log(alpha) + s * np.log(beta) + np.log(seen)
