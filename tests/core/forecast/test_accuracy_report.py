"""The report a base keeps: what the wrappers that tell progress must not take away, and the last quarters."""

from datetime import date

import numpy as np
import pyarrow as pa
import pytest

from clientarium.core.forecast import accuracy, day_number, histories_of
from clientarium.core.forecast.backtest.quarters import last_quarters
from clientarium.core.forecast.counting import COUNT_METHODS

UNTIL = day_number(date(2026, 6, 30))
DAYS = 900


def base(*, clients=60, seed=3):
    """Half of the clients order every four weeks or so, a quarter by chance, a quarter once."""
    drawn = np.random.default_rng(seed)
    rows = []
    for client in range(clients):
        start = UNTIL - DAYS + int(drawn.integers(0, 200))
        if client % 4 == 3:
            days = [start + int(drawn.integers(0, 600))]
        else:
            shape = 16 if client % 4 < 2 else 1
            gaps = np.maximum(drawn.gamma(shape, 28 / shape, 60), 1).astype(int)
            days = [day for day in start + np.cumsum(gaps) if day <= UNTIL]
        rows += [(client, int(day), 100.0 + client) for day in days]
    table = pa.table({"client_id": [r[0] for r in rows], "day": [r[1] for r in rows], "revenue": [r[2] for r in rows]})
    return histories_of(table, until=UNTIL)


@pytest.fixture(scope="module")
def found():
    told = []
    return accuracy(base(), horizons=(28, 91), progress=lambda done, total: told.append((done, total))), told


def test_chance_of_an_order_is_judged_and_not_the_chance_of_being_alive(found):
    lines = found[0].report["counts"]["statuses"]
    (line,) = [one for one in lines if (one["method"], one["horizon"], one["population"]) == ("mbg_cnbd_k", 28, "all")]
    told = sum(one["told"] * one["clients"] for one in line["status"]["reliability"]) / line["clients"]
    ordered = sum(one["ordered"] * one["clients"] for one in line["status"]["reliability"]) / line["clients"]
    # Nearly everybody is alive, yet a third does not order within four weeks.
    assert told == pytest.approx(ordered, abs=0.12)


def test_progress_ends_where_it_said_it_would(found):
    assert found[1][-1][0] == found[1][-1][1]


def test_quarters_count_what_came_of_known_clients_and_of_new_ones(found):
    histories = base()
    for quarter in last_quarters(histories, COUNT_METHODS["last_window"]):
        since, until = (day_number(date.fromisoformat(day)) for day in (quarter.since, quarter.until))
        is_within = (histories.days >= since) & (histories.days <= until)
        assert quarter.came + quarter.of_new == int(is_within.sum())
        assert sum(group.came for group in quarter.groups.values()) == quarter.came
        assert sum(group.clients for group in quarter.groups.values()) == quarter.clients
        assert quarter.expected_revenue is not None
    assert found[0].report["quarters"][-1]["until"] == "2026-06-30"


def test_quarters_of_a_young_base_are_none():
    histories = base()
    assert last_quarters(histories.cut(int(histories.days.min()) + 200), COUNT_METHODS["last_window"]) == []
