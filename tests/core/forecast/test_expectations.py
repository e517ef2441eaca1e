"""The door: one row per client, answers that fit together, nothing NaN, and the base's answer marked as such."""

from dataclasses import replace
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from clientarium.core.forecast import DEFAULT_CHOICE, Choice, day_number, forecast, histories_of, known_choice
from clientarium.core.forecast.choosing import DEFAULT_COUNTS, DEFAULT_STATUS
from clientarium.core.forecast.next_order import OWN_GAPS
from clientarium.core.metrics import FORECAST_SCHEMA

AS_OF = date(2025, 12, 31)
PLAIN = Choice(counts="last_window", dates="own-gaps", status="hiatus")


def base(*clients, until=AS_OF):
    """Clients as (id, first day, gap in days, number of purchases[, revenue, margin])."""
    rows = []
    for number, first, gap, times, *money in clients:
        revenue, margin = money or (100.0, 40.0)
        days = [date.fromisoformat(first) + timedelta(gap * turn) for turn in range(times)]
        rows += [{"client_id": number, "day": day, "revenue": revenue, "margin": margin} for day in days]
    return histories_of(pa.Table.from_pylist(rows, schema=SCHEMA), until=day_number(until))


SCHEMA = pa.schema(
    [("client_id", pa.int64()), ("day", pa.date32()), ("revenue", pa.float64()), ("margin", pa.float64())]
)
MONTHLY = [(number, f"2024-01-{number:02}", 30, 25) for number in range(1, 11)]


def answers(*clients, as_of=AS_OF, choice=PLAIN):
    found = forecast(base(*clients), as_of=as_of, choice=choice)
    return {row["client_id"]: row for row in found.to_pylist()}


def test_default_is_what_choosing_calls_usual():
    assert (DEFAULT_CHOICE.counts, DEFAULT_CHOICE.status, DEFAULT_CHOICE.dates) == (
        DEFAULT_COUNTS,
        DEFAULT_STATUS,
        OWN_GAPS,
    )


def test_answers_fit_together():
    found = answers(*MONTHLY, (20, "2025-12-20", 1, 1), (21, "2024-02-01", 30, 10))
    assert list(found) == [*range(1, 11), 20, 21]
    for row in found.values():
        assert row["p_alive_7d"] <= row["p_alive"] <= 1
        assert 0 <= row["p_order_7d"] <= row["p_order_30d"] <= 1
        assert row["expected_orders_30d"] <= row["expected_orders_90d"] <= row["expected_orders_365d"]
        assert row["next_order_on"] is None or row["next_order_on"] > AS_OF
        assert row["next_order_early"] <= row["next_order_late"]
        assert row["order_overdue_days"] == max(0, (AS_OF - row["next_order_late"]).days)


def test_clockwork_client_is_regular_and_the_silent_one_overdue():
    found = answers(*MONTHLY, (21, "2024-02-01", 30, 10))
    assert (found[1]["rhythm"], found[1]["forecast_basis"], found[1]["order_overdue_days"]) == ("regular", "own", 0)
    assert found[21]["order_overdue_days"] > 300


def test_one_purchase_is_answered_by_the_base():
    row = answers(*MONTHLY, (20, "2025-12-20", 1, 1))[20]
    assert (row["forecast_basis"], row["rhythm"]) == ("base", "unknown")
    assert row["next_order_on"] is not None


def test_margin_is_null_where_no_cost_is_known_and_may_be_negative():
    unknown, loss = (20, "2024-01-05", 30, 24, 500.0, None), (21, "2024-01-06", 30, 24, 500.0, -50.0)
    found = answers(*MONTHLY, unknown, loss)
    assert [found[20][f"expected_margin_{days}d"] for days in (30, 90, 365)] == [None, None, None]
    assert found[20]["expected_revenue_365d"] > 0
    assert found[21]["expected_margin_365d"] < 0


@pytest.mark.parametrize(
    "clients",
    [
        [(1, "2025-12-31", 1, 1)],
        [(1, "2020-01-01", 1, 1), (2, "2020-01-01", 1, 1), (3, "2020-01-01", 1, 1)],
        [(1, "2025-01-01", 30, 3), (2, "2025-03-01", 30, 3), (3, "2025-05-01", 30, 3)],
        [(1, "2015-01-01", 3000, 2), (2, "2025-05-01", 30, 3)],
    ],
)
@pytest.mark.parametrize("choice", [PLAIN, DEFAULT_CHOICE])
def test_strange_bases_are_answered_without_nan(clients, choice):
    table = forecast(base(*clients), as_of=AS_OF, choice=choice)
    assert table.num_rows == len(clients)
    for column in table.columns:
        if pa.types.is_floating(column.type):
            assert pc.all(pc.is_finite(column)).as_py()


def test_a_base_of_one_order_each_gets_no_date():
    """Nobody has ever come twice: a date would be invented."""
    rows = answers((1, "2025-11-01", 1, 1), (2, "2025-12-01", 1, 1))
    assert {row["next_order_on"] for row in rows.values()} == {None}
    assert {row["order_overdue_days"] for row in rows.values()} == {0}


def test_nobody_yet_is_an_empty_table():
    assert forecast(base(*MONTHLY), as_of=date(2023, 12, 31)).equals(FORECAST_SCHEMA.empty_table())


def test_later_purchases_change_nothing():
    early = date(2025, 6, 30)
    whole = forecast(base(*MONTHLY), as_of=early, choice=PLAIN)
    known = forecast(base(*MONTHLY).cut(day_number(early)), as_of=early, choice=PLAIN)
    assert whole.equals(known)


def test_unknown_methods_fall_back_to_the_default():
    stored = replace(DEFAULT_CHOICE, counts="oracle", status="tea leaves", origin="backtest").as_dict()
    assert known_choice(stored) == replace(DEFAULT_CHOICE, origin="backtest")
    assert known_choice(PLAIN.as_dict()) == PLAIN
