"""Fits of bases that hardly tell anything, of very large ones, and what must not change an answer."""

import numpy as np
import pytest

from clientarium.core.forecast import Statistics, statistics_of
from clientarium.core.forecast.bg_nbd import BgNbd
from clientarium.core.forecast.cnbd_k import BgCnbdK, MbgCnbdK
from clientarium.core.forecast.cnbd_likelihood import CnbdLikelihood
from clientarium.core.forecast.fitting import ROUGH_ROWS, NothingToFit, Point, Space, maximise
from clientarium.core.forecast.mbg_nbd import MbgNbd
from clientarium.core.forecast.nbd import Nbd
from clientarium.core.forecast.pareto_likelihood import ParetoLikelihood
from clientarium.core.forecast.pareto_nbd import ParetoNbd
from tests.core.forecast.real_data import grocery, simulated, statistics

MODELS = (BgNbd, MbgNbd, BgCnbdK, MbgCnbdK, ParetoNbd, Nbd)
SMALL = {
    "3 clients": ([2, 1, 0], [20, 5, 0], [30, 30, 10]),
    "1 client": ([5], [30], [35]),
    "regular": ([10, 11, 12], [50, 51, 50], 52),
    "one repeat in fifty": ([0] * 50 + [1], [0] * 50 + [3], 40),
    "bought yesterday and today": ([1] * 30, 1 / 7, 1 / 7),
    "ten years": ([2, 700, 3], [520, 520, 1], 520),
    "gone for years": ([700] * 5, 100, 520),
}


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("name", SMALL)
def test_tiny_base_has_finite_answers_and_says_what_it_is(model, name):
    clients = statistics(*SMALL[name])
    found = model.fit(clients)
    fitted = found.parameters
    answers = [fitted.p_alive(clients), fitted.expected_orders(clients, 52.0), fitted.probability_within(clients, 4.0)]
    assert np.isfinite([found.log_likelihood, *vars(fitted).values()]).all()
    assert all(np.isfinite(one).all() and (one >= 0).all() for one in answers)
    assert found.converged == (str(found.message) == "The parameters are found.")
    assert all(error is None or error > 0 for error in found.standard_errors.values())


@pytest.mark.parametrize("model", MODELS)
def test_twenty_clients_are_fitted(model):
    clients, _ = simulated(20, r=1.3, alpha=2.8, a=0.4, b=0.8, k=2, first_flip=1, seed=5)
    found = model.fit(clients)
    assert np.isfinite(found.parameters.expected_orders(clients, 52.0)).all()


@pytest.mark.parametrize("model", MODELS)
def test_million_identical_clients_are_not_told_apart(model):
    one = statistics([5], [30], [40])
    clients = Statistics(one.x, one.t_x, one.T, one.litt, np.array([1e6]))
    found = model.fit(clients)
    assert (found.converged, found.clients) == (False, 1e6)
    assert "The data do not tell" in str(found.message)
    assert 0 <= found.parameters.expected_orders(one, 40.0)[0] < 10


@pytest.mark.parametrize("model", MODELS)
def test_nobody_came_back_is_refused_in_words(model):
    with pytest.raises(NothingToFit, match="None of 3 clients has bought on two different days"):
        model.fit(statistics([0, 0, 0], 0, [10, 20, 30]))


@pytest.mark.parametrize("model", MODELS)
def test_all_orders_on_one_day_are_refused_in_words(model):
    with pytest.raises(NothingToFit, match="All purchases fall on one day"):
        model.fit(statistics([0, 0, 0], 0, 0))


@pytest.mark.parametrize("model", [MbgCnbdK, ParetoNbd])
def test_days_and_weeks_are_one_answer(model):
    histories = grocery()
    weeks, days = statistics_of(histories), statistics_of(histories, days_in_unit=1.0)
    by_week, by_day = model.fit(weeks), model.fit(days)
    assert by_day.parameters.alpha == pytest.approx(7 * by_week.parameters.alpha, rel=1e-5)
    expected = by_week.parameters.expected_orders(weeks, 52.0)
    np.testing.assert_allclose(by_day.parameters.expected_orders(days, 364.0), expected, rtol=1e-5)


@pytest.mark.parametrize("model", [MbgCnbdK, ParetoNbd, Nbd])
def test_same_clients_in_another_order_are_the_same_to_the_bit(model):
    clients = statistics_of(grocery())
    turned = clients.rows(np.arange(clients.size)[::-1])
    assert model.fit(clients).parameters == model.fit(clients).parameters
    assert model.fit(turned).parameters.r == pytest.approx(model.fit(clients).parameters.r, rel=1e-9)


def test_sample_only_shortens_the_way():
    clients, _ = simulated(30_000, r=0.85, alpha=1.45, a=0.79, b=2.42, k=1, first_flip=0)
    assert clients.compressed().size > ROUGH_ROWS
    found = BgNbd.fit(clients)
    slopes = CnbdLikelihood(clients.compressed(), k=1, first_flip=0)(np.log(list(vars(found.parameters).values())[:4]))
    assert found.converged
    assert np.abs(slopes.gradient).max() < 1e-9


@pytest.mark.parametrize(
    "made",
    [
        lambda clients: CnbdLikelihood(clients, k=1, first_flip=0),
        lambda clients: CnbdLikelihood(clients, k=3, first_flip=0),
        lambda clients: CnbdLikelihood(clients, k=4, first_flip=1),
        ParetoLikelihood,
    ],
)
def test_slopes_and_bends_are_the_differences_of_the_likelihood(made):
    likelihood = made(statistics_of(grocery()).compressed())
    logs, step = np.log([0.8, 6.0, 0.6, 3.0]), 1e-5
    here = likelihood(logs)
    pairs = [(likelihood(logs + way), likelihood(logs - way)) for way in step * np.eye(4)]
    slopes = [(up.value - down.value) / (2 * step) for up, down in pairs]
    bends = [(up.gradient - down.gradient) / (2 * step) for up, down in pairs]
    np.testing.assert_allclose(here.gradient, slopes, atol=1e-7)
    np.testing.assert_allclose(here.hessian, bends, atol=1e-7)


def test_two_clients_in_a_million_are_said_to_tell_little():
    one = statistics([0, 1], [0, 10], 40)
    clients = Statistics(one.x, one.t_x, one.T, one.litt, np.array([1e6, 1.0]))
    found = BgNbd.fit(clients)
    assert (found.converged, found.standard_errors["r"]) == (False, None)
    assert "There are too few clients or orders to tell" in str(found.message)


def test_search_without_a_top_is_said():
    space = Space(names=("one",), lower=(0.01,), upper=(100.0,), starts=[(2.0,)])
    ridge = maximise(
        lambda logs: Point(-float(np.abs(logs)[0]), -np.sign(logs), np.array([[-1.0]])), space, clients=10.0
    )
    assert (ridge.converged, str(ridge.message)) == (
        False,
        "The search for the parameters did not end. Forecasts are approximate.",
    )


def test_compressed_clients_keep_their_weight_and_logarithms():
    clients = statistics([2, 0, 2, 1], [9, 0, 9, 3], [10, 4, 10, 10])
    clients = Statistics(clients.x, clients.t_x, clients.T, np.array([1.0, 0.0, 3.0, 0.5]), clients.weights)
    distinct, places = clients.distinct()
    assert (distinct.x.tolist(), distinct.weights.tolist(), distinct.litt.tolist()) == (
        [0, 1, 2],
        [1, 1, 2],
        [0, 0.5, 2],
    )
    assert places.tolist() == [2, 0, 2, 1]
    assert (distinct.total_litt, distinct.clients) == (4.5, 4.0)
