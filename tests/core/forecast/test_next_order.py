"""The next order of every client: one story, and an honest answer for the odd bases."""

from itertools import pairwise

import numpy as np
import pytest

from clientarium.core.forecast.gap_grid import LONGEST_DAYS
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.next_order import NextOrders, OwnGaps
from clientarium.core.forecast.rule_dates import RuleDates
from tests.core.forecast.test_date_rules import histories

HORIZONS = (7, 30, 365)
METHODS = [OwnGaps(), RuleDates("median-on-weekday"), RuleDates("gamma")]


def firm(clients=300, seed=5):
    """Clients with a period of their own, some of whom stopped."""
    drawn = np.random.default_rng(seed)
    found = []
    for _ in range(clients):
        days = np.cumsum(
            np.maximum(1, np.round(drawn.gamma(6.0, drawn.choice([7, 20, 45]) / 6.0, drawn.integers(1, 25))))
        )
        found.append(days[days <= 700].astype(int).tolist() or [1])
    return histories(found, until=700)


def assert_one_story(found: NextOrders):
    for numbers in (found.median, found.early, found.late, found.promised_early, found.promised_late):
        assert ((numbers >= 1) & (numbers <= LONGEST_DAYS)).all()
    assert (found.early <= found.median).all() and (found.median <= found.late).all()
    assert (found.promised_early <= found.promised_late).all()
    shares = [np.zeros(found.median.size), *(found.within[h] for h in HORIZONS), found.p_alive]
    for less, more in pairwise(shares):
        assert (less <= more + 1e-9).all()
    assert (found.p_alive_7d <= found.p_alive + 1e-9).all() and (found.p_alive <= 1).all()


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
@pytest.mark.parametrize(
    "clients",
    [
        pytest.param([[1]], id="one order"),
        pytest.param([[5], [5], [5]], id="all on one day"),
        pytest.param([[1, 8]], id="one gap"),
        pytest.param([[1, 8, 15], [3], [2, 40]], id="three clients"),
        pytest.param([[-12000, -6000, 1], [1, 390], [350, 357, 364]], id="gaps of years"),
        pytest.param([[10, 17, 24, 31]] * 500, id="identical clients"),
        pytest.param([list(range(400))], id="every day"),
    ],
)
def test_odd_bases_get_finite_answers(method, clients):
    found = method.forecast(histories(clients), HORIZONS)
    assert_one_story(found)
    is_known = any(len(client) > 1 for client in clients)
    assert found.is_known.tolist() == [is_known] * len(clients)
    assert found.is_own.tolist() == [len(client) > 1 for client in clients]
    if not is_known:
        assert found.p_alive.tolist() == [0.0] * len(clients) and not found.within[365].any()


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_no_clients_no_answers(method):
    nobody = histories([[1]]).chosen(np.array([False]))
    assert method.forecast(nobody, HORIZONS).median.size == 0


@pytest.mark.parametrize("method", METHODS, ids=lambda method: method.name)
def test_forecast_of_a_firm_is_one_story_to_the_bit(method):
    base = firm()
    found, again = method.forecast(base, HORIZONS), method.forecast(base, HORIZONS)
    assert_one_story(found)
    assert np.array_equal(found.median, again.median) and np.array_equal(found.p_alive, again.p_alive)


def test_regular_client_is_expected_after_his_period():
    weekly = [list(range(day, 701, 7)) for day in range(100, 107)] * 40
    found = OwnGaps().forecast(histories(weekly, until=700), HORIZONS)
    silence = 700 - np.array([days[-1] for days in weekly])
    assert (np.maximum(7 - silence, 1) == found.median).all()
    assert (found.within[7] > 0.95).all()


def test_longer_silence_of_the_same_client_is_worse_news():
    base = firm()
    days = base.days.copy()
    later = Histories(base.client_ids, base.starts, days, base.revenue, base.margin, base.until + 120)
    now, then = OwnGaps().forecast(base, HORIZONS), OwnGaps().forecast(later, HORIZONS)
    assert then.p_alive.mean() < now.p_alive.mean()


def test_new_clients_answer_is_marked_as_the_bases():
    base = histories([[1, 31, 61, 91]] * 50 + [[100]], until=100)
    found = OwnGaps().forecast(base, HORIZONS)
    assert found.is_own.tolist() == [True] * 50 + [False]
    assert 25 <= found.median[-1] <= 35
