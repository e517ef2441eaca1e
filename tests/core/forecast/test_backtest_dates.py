"""The backtest of dates: the protocol by hand, its figures by a slow second way, nothing seen of the future."""

import json

import numpy as np
import pyarrow as pa
import pytest

from clientarium.core.forecast import histories_of
from clientarium.core.forecast.backtest.dates import LEAST_GAPS, backtest_dates, choose_dates
from clientarium.core.forecast.next_order import OWN_GAPS
from tests.core.forecast.real_data import GROCERY_END, whole
from tests.core.forecast.test_date_rules import histories
from tests.core.forecast.test_next_order import firm


def slow_origins(found, since):
    """(gaps behind the origin, realised gap) of every counted origin, and how many wait still."""
    origins, waiting = [], 0
    for client in range(found.size):
        days = found.days[found.starts[client] : found.starts[client + 1]].astype(int).tolist()
        for place in range(LEAST_GAPS, len(days)):
            if days[place] <= since:
                continue
            if place == len(days) - 1:
                waiting += 1
            else:
                origins.append((np.diff(days[: place + 1]), days[place + 1] - days[place]))
    return origins, waiting


@pytest.fixture(scope="module")
def grocery_report():
    return backtest_dates(whole("grocery_elog.csv"), since=GROCERY_END, blocks=1)


def test_rules_on_grocery_equal_the_slow_way(grocery_report):
    origins, waiting = slow_origins(whole("grocery_elog.csv"), GROCERY_END)
    assert (grocery_report.origins, grocery_report.censored) == (len(origins), waiting) == (2771, 441)
    for rule, point in {
        "last-gap": lambda gaps: gaps[-1],
        "mean-gap": np.mean,
        "median-of-12": lambda gaps: np.median(gaps[-12:]),
    }.items():
        missed = np.array([max(1, round(float(point(gaps)))) - gap for gaps, gap in origins])
        score = grocery_report.scores[rule]
        # A median of an even number may fall between two days; whole days round to the even one on both sides.
        assert score.mean_error == pytest.approx(np.abs(missed).mean(), abs=1e-6)
        assert score.near[7] == pytest.approx((np.abs(missed) <= 7).mean(), abs=1e-6)


def test_distribution_beats_every_rule_on_grocery(grocery_report):
    own = grocery_report.scores[OWN_GAPS]
    others = [score for name, score in grocery_report.scores.items() if name != OWN_GAPS]
    assert own.mean_error < min(score.mean_error for score in others)
    assert own.near[7] > max(score.near[7] for score in others)
    assert own.crps < min(score.crps for score in others)
    assert 0.76 <= own.covered[0.8] <= 0.86
    assert grocery_report.chosen == OWN_GAPS


def test_pit_of_a_firm_without_surprises_is_even():
    report = backtest_dates(firm(clients=600), since=350, blocks=1)
    assert max(abs(share - 0.1) for share in report.scores[OWN_GAPS].pit) < 0.05
    assert 0.74 <= report.scores[OWN_GAPS].covered[0.8] <= 0.88


def test_later_lines_change_nothing_that_was_learnt():
    """Without the orders after the last counted gap's end the same origins get the same scores."""
    base = firm(clients=120)
    since, until = 300, 450
    days = [base.days[base.starts[i] : base.starts[i + 1]].tolist() for i in range(base.size)]
    jumbled = [[day if day <= until else day + 1 for day in client] for client in days]
    first = backtest_dates(base.cut(until), since=since, blocks=2)
    second = backtest_dates(histories(jumbled, until=base.until + 1).cut(until), since=since, blocks=2)
    assert first == second


def test_report_is_plain_json():
    found = json.loads(json.dumps(backtest_dates(firm(clients=80), blocks=2).as_dict()))
    assert set(found["scores"]) >= {OWN_GAPS, "gamma", "median-on-weekday"}
    assert found["origins"] + found["censored"] > 0


@pytest.mark.parametrize("clients", [[[1]], [[1], [1]], [[1, 8, 15]], [[1, 2, 3, 4, 5, 6, 7, 8]]])
def test_nothing_to_test_is_an_empty_report(clients):
    report = backtest_dates(histories(clients))
    assert (report.chosen, report.origins) in {(OWN_GAPS, 0), (OWN_GAPS, report.origins)}
    assert json.dumps(report.as_dict())


def test_nobody_at_all():
    nobody = histories_of(
        pa.table({"client_id": pa.array([], pa.int64()), "day": pa.array([], pa.date32())}), until=100
    )
    assert (backtest_dates(nobody).origins, choose_dates(nobody)) == (0, OWN_GAPS)
