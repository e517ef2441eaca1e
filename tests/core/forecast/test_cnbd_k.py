"""BG/CNBD-k and MBG/CNBD-k against the BTYDplus vignette, slow sums, simulation (SCIENCE.md 1.5, 1.6, 3.4)."""

import numpy as np
import pytest
from scipy.stats import betaprime

from clientarium.core.forecast import statistics_of
from clientarium.core.forecast.bg_nbd import BgNbd
from clientarium.core.forecast.cnbd_k import BgCnbdK, MbgCnbdK
from tests.core.forecast.real_data import GROCERY_HOLDOUT_END, cdnow, grocery, holdout, simulated, statistics

GROCERY = MbgCnbdK(r=1.3292, alpha=2.8126, a=0.42471, b=0.79003, k=2)
CLIENTS = statistics([0, 0, 1, 3, 8, 30], [0, 0, 5, 20, 40, 51], [0, 30, 5, 30, 41, 52])


def values_of(found):
    return [found.parameters.r, found.parameters.alpha, found.parameters.a, found.parameters.b]


def test_mbg_on_grocery_is_as_in_the_vignette():
    found = MbgCnbdK.fit(statistics_of(grocery()))
    assert (found.k, found.converged) == (2, True)
    np.testing.assert_allclose(values_of(found), [1.329, 2.813, 0.425, 0.790], atol=6e-4)
    by_k = {1: -15781.94, 2: -14978.21, 3: -14996.85, 4: -15326.92}
    assert found.log_likelihood_by_k == pytest.approx(by_k, abs=6e-3)


def test_bg_on_grocery_is_as_in_the_vignette():
    found = BgCnbdK.fit(statistics_of(grocery()))
    assert (found.k, found.converged) == (2, True)
    np.testing.assert_allclose(values_of(found), [0.359, 1.129, 0.523, 2.785], atol=6e-4)
    by_k = {1: -15836.57, 2: -15054.17, 3: -15074.71, 4: -15402.9}
    assert found.log_likelihood_by_k == pytest.approx(by_k, abs=6e-3)


def test_cdnow_shows_no_regularity():
    assert MbgCnbdK.fit(statistics_of(cdnow())).k == 1


def test_holdout_of_grocery_is_as_in_the_vignette():
    histories = grocery()
    clients = statistics_of(histories)
    model = MbgCnbdK.fit(clients).parameters
    actual = holdout("grocery_elog.csv", histories, GROCERY_HOLDOUT_END)
    corrected = model.expected_orders_as_published(clients, 52, is_bias_corrected=True)
    plain = model.expected_orders_as_published(clients, 52)
    assert (actual.sum(), corrected.sum()) == (3389, pytest.approx(3970, abs=0.5))
    assert np.abs(corrected - actual).mean() == pytest.approx(1.431, abs=5e-4)
    assert np.abs(plain - actual).mean() == pytest.approx(1.394, abs=1e-3)
    # Ours: the exact mean errs as little in the total, the median least in a client.
    exact, median = model.expected_orders(clients, 52), model.orders_quantile(clients, 52)
    assert np.abs(exact - actual).mean() == pytest.approx(1.400, abs=1e-3)
    assert np.abs(median - actual).mean() == pytest.approx(1.346, abs=1e-3)


def test_silent_clients_of_the_vignette():
    five = statistics([1, 2, 3, 4, 5], 12, 52)
    published = GROCERY.expected_orders_as_published(five, 52)
    np.testing.assert_allclose(published, [0.282, 0.075, 0.013, 0.002, 0.000], atol=6e-4)
    alive = [0.1564, 0.0292, 0.0039, 0.0004, 0.0]
    np.testing.assert_allclose(GROCERY.p_alive(five), alive, atol=6e-5)


@pytest.mark.parametrize(("weeks", "brier"), [(1, 0.0281), (4, 0.0757), (13, 0.0897), (26, 0.1027)])
def test_chance_of_an_order_on_grocery_has_the_measured_brier_score(weeks, brier):
    histories = grocery()
    clients = statistics_of(histories)
    model = MbgCnbdK.fit(clients, k=2).parameters
    has_ordered = holdout("grocery_elog.csv", histories, histories.until + 7 * weeks) > 0
    score = ((model.probability_within(clients, weeks) - has_ordered) ** 2).mean()
    assert score == pytest.approx(brier, abs=1e-4)


@pytest.mark.parametrize("family", [BgCnbdK, MbgCnbdK])
@pytest.mark.parametrize("k", [1, 2, 3, 4, 7])
@pytest.mark.parametrize("horizon", [0.0, 4.0, 52.0])
def test_expected_orders_are_the_sum_of_their_chances(family, k, horizon):
    model = family(r=0.8, alpha=2.0, a=0.5, b=1.4, k=k)
    total = sum(model.orders_at_least(CLIENTS, horizon, n) for n in range(1, 1500))
    np.testing.assert_allclose(model.expected_orders(CLIENTS, horizon), total, rtol=1e-6, atol=1e-7)


@pytest.mark.parametrize("family", [BgCnbdK, MbgCnbdK])
def test_exact_and_published_are_one_for_pure_chance(family):
    model = family(r=0.8, alpha=4.0, a=0.5, b=1.4)
    published = model.expected_orders_as_published(CLIENTS, 39)
    np.testing.assert_allclose(model.expected_orders(CLIENTS, 39), published, rtol=1e-6)


@pytest.mark.parametrize("family", [BgCnbdK, MbgCnbdK])
def test_date_distribution_is_the_closed_form(family):
    model = family(r=0.8, alpha=4.0, a=0.5, b=1.4, k=3)
    x, t_x, s = CLIENTS.x, CLIENTS.t_x, CLIENTS.T - CLIENTS.t_x
    flips = x - 1 + model.first_flip
    stays = np.where(flips + 1 > 0, (model.b + flips) / (model.a + model.b + flips), 1.0)
    gaps = betaprime(3, model.r + 3 * x, scale=model.alpha + t_x)
    silent = 1 - stays * gaps.cdf(s)
    np.testing.assert_allclose(model.p_alive(CLIENTS), stays * gaps.sf(s) / silent, rtol=1e-10)
    within = stays * (gaps.cdf(s + 6) - gaps.cdf(s)) / silent
    np.testing.assert_allclose(model.probability_within(CLIENTS, 6.0), within, rtol=1e-9, atol=1e-14)
    later = gaps.ppf(gaps.cdf(s) + 0.8 * gaps.sf(s)) - s
    np.testing.assert_allclose(model.next_order_quantile(CLIENTS, 0.8), later, rtol=1e-6)
    np.testing.assert_allclose(model.gap_quantile(CLIENTS, 0.8), gaps.ppf(0.8), rtol=1e-9)


def test_forecasts_are_those_of_simulated_futures():
    # One client many times: his rate and chance to leave from what is known, the futures that begin with his silence.
    x, t_x, silence, horizon, times = 3, 20.0, 6.0, 26.0, 400_000
    model = MbgCnbdK(r=1.3, alpha=2.8, a=0.5, b=1.0, k=2)
    chance = np.random.default_rng(7)
    rates = chance.gamma(model.r + 2 * x, 1 / (model.alpha + t_x), times)
    leaving = chance.beta(model.a, model.b + x, times)
    is_here = chance.random(times) >= leaving
    now = chance.gamma(2, 1 / rates)
    is_silent = ~is_here | (now > silence)
    orders = np.zeros(times)
    active = np.flatnonzero(is_here & (now > silence))
    alive, first = active.size / is_silent.sum(), now[active] - silence
    while active.size:
        active = active[now[active] <= silence + horizon]
        orders[active] += 1
        active = active[chance.random(active.size) >= leaving[active]]
        now[active] += chance.gamma(2, 1 / rates[active])
    client = statistics([x], [t_x], [t_x + silence])
    assert model.p_alive(client)[0] == pytest.approx(alive, abs=3e-3)
    assert model.expected_orders(client, horizon)[0] == pytest.approx(orders[is_silent].mean(), abs=8e-3)
    assert model.orders_at_least(client, horizon, 3)[0] == pytest.approx((orders[is_silent] >= 3).mean(), abs=3e-3)
    assert model.next_order_quantile(client, 0.5)[0] == pytest.approx(np.median(first), rel=0.01)


def test_orders_quantile_is_where_the_chances_pass_it():
    median = GROCERY.orders_quantile(CLIENTS, 52.0)
    more = GROCERY.orders_at_least(CLIENTS, 52.0, median + 1)
    this = GROCERY.orders_at_least(CLIENTS, 52.0, median)
    assert (more <= 0.5).all()
    assert ((this > 0.5) | (median == 0)).all()


@pytest.mark.parametrize("family", [BgCnbdK, MbgCnbdK])
def test_chances_of_a_new_client_add_up(family):
    model = family(r=1.3, alpha=2.8, a=0.5, b=1.5, k=2)
    pmf = model.pmf(26.0, np.arange(300.0))
    assert (pmf.sum(), (pmf * np.arange(300)).sum()) == pytest.approx((1.0, model.expectation(26.0)), abs=1e-6)


def test_silence_only_lowers_the_chance_to_be_there():
    np.testing.assert_allclose(GROCERY.p_alive(CLIENTS, after=3), GROCERY.p_alive(CLIENTS.later(3)))
    assert (GROCERY.p_alive(CLIENTS, after=3) < GROCERY.p_alive(CLIENTS)).all()


def test_simulated_clients_give_their_parameters_back():
    clients, later = simulated(8_000, r=0.85, alpha=1.45, a=0.79, b=2.42, k=3, first_flip=1)
    found = MbgCnbdK.fit(clients)
    assert found.k == 3
    np.testing.assert_allclose(values_of(found), [0.85, 1.45, 0.79, 2.42], rtol=0.1)
    assert found.parameters.expected_orders(clients, 52).sum() == pytest.approx(later.sum(), rel=0.05)
    for name, true in {"r": 0.85, "alpha": 1.45, "a": 0.79, "b": 2.42}.items():
        assert abs(getattr(found.parameters, name) - true) < 3 * found.standard_errors[name]


def test_client_of_years_of_silence_has_finite_answers():
    model = BgCnbdK(r=0.377, alpha=0.0218, a=0.111, b=1.17, k=12)
    clients = statistics([2, 700, 3, 0], [520, 520, 1, 0], [520, 520, 520, 520])
    answers = [
        model.p_alive(clients),
        model.p_alive(clients, after=500.0),
        model.expected_orders(clients, 4.0),
        model.expected_orders(clients, 520.0),
        model.probability_within(clients, 1.0),
        *(model.next_order_quantile(clients, q) for q in (0.1, 0.5, 0.9)),
    ]
    assert all(np.isfinite(one).all() and (one >= 0).all() for one in answers)
    assert (model.next_order_quantile(clients, 0.5) > 0).all()


def test_bg_nbd_is_the_family_with_k_of_one():
    clients = statistics_of(grocery())
    assert BgNbd.fit(clients).log_likelihood == BgCnbdK.fit(clients, k=1).log_likelihood
