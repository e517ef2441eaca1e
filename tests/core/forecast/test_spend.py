"""What one order brings: credible, negative where it is, unknown where it is."""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from clientarium.core.forecast import day_number, histories_of, net_of_returns
from clientarium.core.forecast.spend import spend_per_order


def base(**clients):
    """client → [(revenue, margin), …], a purchase a day."""
    rows = [
        {"client_id": number, "day": day, "revenue": revenue, "margin": margin}
        for number, orders in enumerate(clients.values())
        for day, (revenue, margin) in enumerate(orders)
    ]
    table = pa.table(
        {
            "client_id": pa.array([row["client_id"] for row in rows], pa.int64()),
            "day": pa.array([row["day"] for row in rows], pa.int32()).cast(pa.date32()),
            "revenue": pa.array([row["revenue"] for row in rows], pa.float64()),
            "margin": pa.array([row["margin"] for row in rows], pa.float64()),
        }
    )
    return histories_of(table, until=1000)


def test_equal_orders_are_expected_again():
    spend = spend_per_order(base(birch=[(100, 40)] * 5, cedar=[(100, 40)] * 2))
    assert spend.revenue == pytest.approx([100, 100])
    assert spend.margin == pytest.approx([40, 40])


def test_one_order_is_moved_to_the_base_and_many_are_believed():
    # Orders of the last days: ageing is nothing. A client of n orders counts n/(n + 1) for himself, on logarithms.
    histories = base(birch=[(100, 10)] * 9, cedar=[(10_000, 1_000)])
    spend = spend_per_order(replace(histories, until=9))
    middle = (100 + 10_000) / 2
    birch, cedar = 100**0.9 * middle**0.1, 10_000**0.5 * middle**0.5
    ratio = (900 + 10_000) / (9 * birch + cedar)
    assert spend.revenue == pytest.approx([birch * ratio, cedar * ratio], rel=0.01)


def test_whole_base_adds_up_to_what_it_spent():
    histories = base(birch=[(100, 1), (300, 1)], cedar=[(5_000, 1)], maple=[(20, 1)] * 6)
    expected = spend_per_order(replace(histories, until=5)).revenue
    assert float(expected @ histories.counts) == pytest.approx(100 + 300 + 5_000 + 120, rel=0.01)


def test_order_of_a_year_ago_counts_half():
    histories = base(birch=[(100, 1), (400, 1)], cedar=[(200, 1)])
    aged = replace(histories, days=np.array([0, 365, 365], np.int32), until=365)
    birch = spend_per_order(aged).revenue[0]
    assert 250 < birch < (100 * 0.5 + 400) / 1.5  # above the plain mean, moved a little to the base


def test_margin_may_be_negative_and_unknown_stays_unknown():
    spend = spend_per_order(base(birch=[(100, -50)] * 9, cedar=[(100, 50)] * 9, maple=[(100, None)] * 9))
    assert spend.margin[0] < 0 < spend.margin[1]
    assert np.isnan(spend.margin[2])
    assert spend.revenue[2] == pytest.approx(100)


def test_a_rouble_sold_far_below_its_cost_ruins_nobody():
    """Counted by orders, the share of such a client would be minus a hundred times his revenue."""
    honest = {f"client{number}": [(1_000, 400)] * 6 for number in range(12)}
    spend = spend_per_order(base(**honest, birch=[(1_000, 400)] * 5 + [(1, -999)]))
    share = spend.margin / spend.revenue
    assert share[:-1] == pytest.approx(0.4, abs=0.02)
    assert (5 * 400 - 999) / 5_001 < share[-1] < 0.4  # between his own and the base's


def test_without_revenue_nothing_is_known():
    histories = base(birch=[(None, None)], cedar=[(None, None)])
    assert np.isnan(spend_per_order(histories).revenue).all()


def test_returns_take_their_share_of_every_order():
    history = pa.table(
        {
            "client_id": pa.array([1, 1, 2], pa.int64()),
            "day": pa.array([10, 20, 10], pa.int32()).cast(pa.date32()),
            "revenue": [100.0, None, 100.0],
            "margin": [40.0, None, 40.0],
            "returned": [None, -50.0, None],
        }
    )
    # A quarter of the base's money came back; of birch's half, moved half the way: he keeps 0.625, cedar 0.875.
    purchases = net_of_returns(history)
    assert purchases["revenue"].to_pylist() == [62.5, 87.5]
    assert purchases["margin"].to_pylist() == [25.0, 35.0]
    assert purchases.column_names == ["client_id", "day", "revenue", "margin"]
    assert histories_of(purchases, until=day_number(purchases["day"][0].as_py())).size == 2
