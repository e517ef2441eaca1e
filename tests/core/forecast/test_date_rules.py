"""The plain rules of the next date, on a history a sales head can follow by hand."""

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from clientarium.core.forecast import histories_of
from clientarium.core.forecast.date_rules import DATE_RULES, GapBase, learn_gap_base
from clientarium.core.forecast.gap_states import states_now

MONDAY = 4
GAPS = [7, 7, 14, 7, 10]
BASE = GapBase(median=20.0, k=2.0, r=1.5, alpha=30.0)


def histories(clients, until=400):
    rows = [(number, day) for number, days in enumerate(clients) for day in days]
    days = pa.array([day for _, day in rows], pa.int32()).cast(pa.date32())
    return histories_of(pa.table({"client_id": pa.array([c for c, _ in rows], pa.int64()), "day": days}), until=until)


def one_client():
    return states_now(histories([MONDAY + np.concatenate([[0], np.cumsum(GAPS)])]))


def slow_ewma():
    mean = GAPS[0]
    for gap in GAPS[1:]:
        mean = 0.3 * gap + 0.7 * mean
    return mean


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("global-median", 20.0),
        ("last-gap", 10.0),
        ("mean-gap", 9.0),
        ("ewma", slow_ewma()),
        ("median-of-12", 7.0),
        # The last order was a Thursday, the usual day is Monday: 7 days on is Thursday, the nearest Monday 3 days before.
        ("median-on-weekday", 4.0),
        ("gamma", (30.0 + 45.0) * stats.betaprime.ppf(0.5, 2.0, 1.5 + 2.0 * 5)),
    ],
)
def test_rule_answers_days_from_the_last_purchase(rule, expected):
    assert DATE_RULES[rule](one_client(), BASE) == pytest.approx([expected], rel=1e-5)


@pytest.mark.parametrize("rule", ["last-gap", "mean-gap", "ewma", "median-of-12"])
def test_client_without_a_gap_gets_the_base(rule):
    assert DATE_RULES[rule](states_now(histories([[MONDAY]])), BASE).tolist() == [20.0]


def test_gap_base_recovers_what_gaps_were_drawn_from():
    drawn = np.random.default_rng(3)
    clients = []
    for rate in drawn.gamma(2.0, 1 / 100.0, 1500):
        clients.append(np.cumsum(np.maximum(1, np.round(drawn.gamma(3.0, 1 / rate, 9)))).astype(int))
    found = learn_gap_base(histories(clients, until=10**6))
    assert found.k == pytest.approx(3.0, rel=0.1)
    assert found.r == pytest.approx(2.0, rel=0.1)
    assert found.alpha == pytest.approx(100.0, rel=0.15)


def test_base_without_a_gap_is_none():
    assert learn_gap_base(histories([[1], [2]])) is None
