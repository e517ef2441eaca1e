"""Backtests of counts and status: figures by hand, strict cuts, the same report twice, the choice made on the past."""

import json
from dataclasses import replace

import numpy as np
import pytest

from clientarium.core.forecast.backtest import backtest, single_split
from clientarium.core.forecast.backtest.counts import score_counts
from clientarium.core.forecast.backtest.origins import horizons_within, origin_at, rolling_origins
from clientarium.core.forecast.backtest.paired import paired_difference
from clientarium.core.forecast.backtest.ranking import score_ranking
from clientarium.core.forecast.backtest.status import score_status
from clientarium.core.forecast.choosing import CHOSEN, TOO_SMALL, USUAL_HOLDS, choose_counts, inner_origins
from clientarium.core.forecast.count_rules import Hiatus, LastWindow, PastAverage
from clientarium.core.forecast.counting import count_method
from clientarium.core.forecast.model_methods import ModelMethod
from tests.core.forecast.counted_clients import FIRST_DAY, base_of, simulated_base
from tests.core.forecast.real_data import CDNOW_END, whole

RULES = [LastWindow(), PastAverage()]


def test_counts_are_scored_as_by_hand():
    came, expected = np.array([0.0, 1.0, 3.0]), np.array([1.0, 1.0, 1.0])
    found = score_counts(came, expected=expected, typical=np.array([0.0, 1.0, 1.0]))
    assert (found.mae, found.mae_of_mean, found.rmse) == (2 / 3, 1.0, pytest.approx((5 / 3) ** 0.5))
    assert found.msle == pytest.approx((2 * np.log(2) ** 2) / 3)
    assert (found.correlation, found.bias_pct, found.bias_pct_typical) == (None, -25.0, -50.0)


def test_counts_of_nothing_have_no_bias():
    found = score_counts(np.zeros(1), expected=np.ones(1), typical=np.ones(1))
    assert (found.correlation, found.bias_pct, found.bias_pct_typical) == (None, None, None)


def test_ranking_is_scored_as_by_hand():
    came = np.array([5.0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    nobody = np.full(10, np.nan)
    right = score_ranking(came, came, spent=came, expected_spend=came)
    assert (right.top_lift, right.top_hit, right.auc, right.gini_spend) == (10.0, 1.0, 1.0, 1.0)
    wrong = score_ranking(came, -came, spent=nobody, expected_spend=nobody)
    assert (wrong.top_lift, wrong.top_hit, wrong.auc, wrong.gini_spend) == (0.0, 0.0, 0.0, None)
    blind = score_ranking(came, np.ones(10), spent=came, expected_spend=np.ones(10))
    assert (blind.auc, blind.gini_spend) == (0.5, 0.0)


def test_ranking_where_nothing_came_says_nothing():
    found = score_ranking(np.zeros(3), np.arange(3.0), spent=np.zeros(3), expected_spend=np.arange(3.0))
    assert (found.top_lift, found.top_hit, found.auc, found.gini_spend) == (None, None, None, None)


def test_status_is_scored_as_by_hand():
    ordered, chance = np.array([1.0, 1.0, 0.0, 0.0]), np.array([0.9, 0.4, 0.4, 0.05])
    found = score_status(ordered, score=chance, chance=chance)
    assert (found.auc, found.climatology) == (0.875, 0.25)
    assert found.brier == pytest.approx((0.01 + 0.36 + 0.16 + 0.0025) / 4)
    assert [(one.clients, one.told, one.ordered) for one in found.reliability] == [
        (1, 0.05, 0.0),
        (2, 0.4, 0.5),
        (1, 0.9, 1.0),
    ]
    assert score_status(np.ones(2), score=np.ones(2), chance=np.ones(2)).auc is None


def test_a_difference_is_better_only_beyond_chance():
    clients = np.arange(200)
    noise = np.random.default_rng(3).normal(size=200)
    clear, unclear = paired_difference(noise - 1, noise * 0, clients), paired_difference(noise, noise * 0, clients)
    assert (clear.is_better, unclear.is_better) == (True, False)
    assert unclear.low < unclear.mean < unclear.high
    one_client = paired_difference(np.array([-1.0, -1.0]), np.zeros(2), np.array([7, 7]))
    assert (one_client.mean, one_client.low, one_client.high) == (-1.0, -1.0, -1.0)


def test_an_origin_knows_nothing_later_and_counts_who_is_new():
    base = base_of([(1, 0), (1, 9), (1, 15), (2, 10), (3, 12), (3, 14)], days=21)
    found = origin_at(base, FIRST_DAY + 10, [5])
    assert found.known.client_ids.tolist() == [1, 2]
    assert int(found.known.days.max()) == FIRST_DAY + 10
    assert (found.came[5].orders.tolist(), found.came[5].revenue.tolist()) == ([1.0, 0.0], [10.0, 0.0])
    assert found.came[5].orders_of_new == 2
    assert {name: chosen.tolist() for name, chosen in found.populations().items()} == {
        "all": [True, True],
        "one_order": [False, True],
        "five_and_more": [False, False],
    }


def test_origins_lie_apart_and_have_a_horizon_on_both_sides():
    base = base_of([(1, 0), (1, 99)], days=100)
    cuts = [FIRST_DAY + 99 - one.cut for one in rolling_origins(base, [7, 30])]
    assert cuts == [30, 50, 70]
    assert rolling_origins(base, [60]) == []
    assert [one.cut for one in rolling_origins(base, [50])] == [FIRST_DAY + 49]
    assert horizons_within(base, [7, 28, 49, 50, 91]) == [7, 28, 49]


def test_what_came_after_the_last_window_changes_no_report():
    base = simulated_base(150)
    report = single_split(base, cut=base.until - 200, horizon=91, methods=RULES, statuses=[])
    shorter = single_split(base.cut(base.until - 109), cut=base.until - 200, horizon=91, methods=RULES, statuses=[])
    assert report == replace(shorter, new_share=report.new_share)


def test_the_report_is_the_same_twice_and_plain():
    base = simulated_base(150)
    methods, statuses = [*RULES, ModelMethod("mbg_nbd")], [Hiatus(), ModelMethod("mbg_nbd")]
    first, second = (
        json.dumps(backtest(base, methods=methods, statuses=statuses, horizons=[28, 91, 1000]).as_dict())
        for _ in range(2)
    )
    assert first == second
    found = json.loads(first)
    assert (len(found["cuts"]), found["horizons"], found["left_out"]) == (3, [28, 91], [1000])
    assert {line["population"] for line in found["counts"]} == {"all", "one_order", "five_and_more"}
    assert {(one["method"], one["against"]) for one in found["comparisons"]} <= {
        (name, rule) for name in ("last_window", "past_average", "mbg_nbd") for rule in ("last_window", "past_average")
    }


def test_a_base_too_short_to_judge_says_which_horizons():
    base = base_of([(1, 0), (1, 3)], days=5)
    found = backtest(base, methods=RULES, statuses=[Hiatus()], horizons=[7, 28])
    assert (found.cuts, found.counts, found.statuses, found.comparisons) == ((), (), (), ())
    assert (found.left_out, found.new_share) == ((7, 28), {})


def test_cdnow_is_ranked_by_pareto_as_published():
    """SCIENCE.md 3.2: AUC .779, lift 4.73, top-10 % hit .479; the week's Brier of 3.4 to three digits."""
    pareto = ModelMethod("pareto_nbd")
    found = single_split(whole("cdnow_sample.csv"), cut=CDNOW_END, horizon=273, methods=[pareto], statuses=[pareto])
    ranking = found.count("pareto_nbd", 273).ranking
    assert (round(ranking.auc, 3), round(ranking.top_lift, 2), round(ranking.top_hit, 3)) == (0.779, 4.73, 0.479)
    assert found.status("pareto_nbd", 273).status.brier < found.status("pareto_nbd", 273).status.climatology
    assert (found.clients, found.new_share) == ((2357,), {273: 0.0})


def test_a_small_base_keeps_the_usual_methods_and_says_why():
    found = choose_counts(simulated_base(10))
    assert (found.counts, found.status, found.origin, found.reason) == ("boosted", "mbg_cnbd_k", "default", TOO_SMALL)
    assert inner_origins(base_of([(1, 0)], days=1), 0) == []
    assert choose_counts(base_of([], days=1)).reason == TOO_SMALL


def test_a_choice_is_made_on_the_past_alone_and_can_be_used():
    base = simulated_base(250, days=500)
    found = choose_counts(base, horizon=61)
    assert found == choose_counts(base.cut(base.until), horizon=61)
    assert (found.origin, found.window, len(found.cuts)) == ("backtest", 61, 3)
    assert found.reason in (USUAL_HOLDS, CHOSEN)
    assert found.typical_mae["base_mean"] > found.typical_mae["boosted"]
    assert count_method(found.counts).forecast(base, [61]).expected[61].size == base.size
    assert json.loads(json.dumps(found.as_dict()))["counts"] == found.counts
