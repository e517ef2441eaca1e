"""What the year rests on and what is missing without some, against plain Python over the same rows."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from clientarium.core.readings.month_plan import Taken, expected_clients
from clientarium.core.readings.room_to_grow import DECLARED_VOLUMES, clients_with_room
from clientarium.core.readings.stress import (
    Slice,
    hole_without,
    largest_clients,
    regulars_gone,
    slices,
    year_outlook,
)
from clientarium.core.readings.year_clients import AskedYear
from clientarium.core.strategy import DRAWN_ONE_BY_ONE, ClientYear, year_ahead, year_variance
from tests.core.readings.years import base_of, year

AS_OF = date(2026, 10, 31)
ASKED = AskedYear(AS_OF, 0.2)
LEAVES = 0.1


def outlook(base, without=()):
    return year_outlook(base, ASKED, leaves=LEAVES, without=without)


def test_half_and_concentration_by_hand(tmp_path):
    """Margins 50, 30, 20 of 100: the first alone reaches the half; HHI 0.25 + 0.09 + 0.04."""
    base = base_of(tmp_path, [year(1, 50), year(2, 30), year(3, 20), year(4, 0), year(5, -7)])
    found = outlook(base)
    assert (found.payers, found.total, found.half_holders) == (3, Decimal(100), 1)
    assert found.hhi == pytest.approx(0.38)
    assert found.first_shares == ((1, pytest.approx(0.5)), (3, pytest.approx(1.0)))
    assert (found.clients, found.assumed, found.margin) == (5, 0, pytest.approx(93))
    left = outlook(base, without=[1])
    assert (left.half_holders, left.hhi, left.margin) == (1, pytest.approx(0.52), pytest.approx(43))


def test_the_many_small_are_summed_as_python_sums_them(tmp_path):
    rows = [year(number, 1000 - number, orders=1 + number % 7, alive=0.3 + number % 8 / 10) for number in range(1, 141)]
    found = outlook(base_of(tmp_path, rows))
    assert [one.margin for one in found.largest] == pytest.approx(
        [1000 - number for number in range(1, DRAWN_ONE_BY_ONE + 1)]
    )
    small = rows[DRAWN_ONE_BY_ONE:]
    clients = [
        ClientYear(row["expected_orders_365d"], float(row["expected_margin_365d"]), row["p_alive"]) for row in small
    ]
    assert found.others.margin == pytest.approx(sum(one.margin for one in clients))
    assert found.others.variance == pytest.approx(sum(year_variance(one, leaves=LEAVES) for one in clients))


def test_the_largest_are_by_what_is_expected(tmp_path):
    base = base_of(tmp_path, [year(1, 10, past=900), year(2, 300), year(3, 300), year(4, 20)])
    assert largest_clients(base, ASKED, count=3) == [2, 3, 4]
    assert largest_clients(base, ASKED, count=100) == [2, 3, 4, 1]


def test_the_hole_by_month_is_the_plan_of_its_clients(tmp_path):
    base = base_of(tmp_path, [year(1, 3650), year(2, 730, alive=0.5), year(3, 100)])
    months = year_ahead(AS_OF)
    hole = hole_without(base, ASKED, months=months, client_ids=[1, 2])
    assert (hole.clients, hole.buyers, hole.margin) == (2, 2, pytest.approx(4380))
    assert [one.margin for one in hole.months] == pytest.approx([12.0 * ((m.last - m.first).days + 1) for m in months])
    assert sum(one.margin for one in hole.months) == pytest.approx(hole.margin)
    for month, one in zip(months, hole.months, strict=True):
        told = expected_clients(base, Taken(AS_OF, month.share, 0.2), client_ids=[1, 2])
        assert one.variance == pytest.approx(sum(client.variance for client in told))
    assert [one.client_id for one in hole.first] == [1, 2]


def test_all_of_them_is_the_whole_base(tmp_path):
    base = base_of(tmp_path, [year(1, 10), year(2, 20)])
    assert hole_without(base, ASKED, months=year_ahead(AS_OF), client_ids=None).margin == pytest.approx(30)
    assert hole_without(base, ASKED, months=year_ahead(AS_OF), client_ids=[]).margin == 0
    assert outlook(base, without=[1, 2]).clients == 0


def test_without_costs_the_policys_share_of_revenue_stands(tmp_path):
    found = outlook(base_of(tmp_path, [year(1, 100, cost=False), year(2, 300, cost=False)]))
    assert (found.measure, found.assumed) == ("revenue", 2)
    assert found.margin == pytest.approx(0.2 * 5 * 400)
    assert found.hhi == pytest.approx(0.0625 + 0.5625)


def test_merged_cards_are_one_client(tmp_path):
    aliases = pa.table({"alias_id": pa.array([3], pa.int64()), "client_id": pa.array([1], pa.int64())})
    base = base_of(tmp_path, [year(1, 50), year(2, 60), year(3, 40)], aliases=aliases)
    found = outlook(base)
    assert (found.clients, found.payers, found.half_holders) == (2, 2, 1)
    assert found.hhi == pytest.approx(0.36 + 0.16)
    assert largest_clients(base, ASKED, count=1) == [1]
    assert hole_without(base, ASKED, months=year_ahead(AS_OF), client_ids=[1]).margin == pytest.approx(90)


def test_regulars_who_stopped_are_counted(tmp_path):
    rows = [year(1, 10), year(2, 10, orders_before=3), year(3, 10), year(4, 10)]
    rows[2]["orders_12m"] = 0
    rows[1]["orders_12m"] = 0
    found = regulars_gone(base_of(tmp_path, rows), as_of=AS_OF)
    assert (found.regulars, found.gone) == (3, 1)


def test_slices_are_the_dearest_values_of_a_field(tmp_path):
    rows = [
        year(1, 10, segment="Агро", city="Тверь"),
        year(2, 30, segment="ЖКХ", city="Тверь"),
        year(3, 25, segment="Агро"),
    ]
    found = slices(base_of(tmp_path, rows), ASKED, fields=("segment", "city", "seller", "unheard"), most=5)
    assert found == [
        Slice("segment", "Агро", 2, pytest.approx(35)),
        Slice("segment", "ЖКХ", 1, pytest.approx(30)),
    ]  # one city, no seller: nothing to cut by


def declared(*pairs):
    return pa.table(
        {"client_id": [one for one, _ in pairs], "volume_month": [two for _, two in pairs]}, schema=DECLARED_VOLUMES
    )


def test_room_is_told_by_each_source(tmp_path):
    rows = [
        year(1, 100, past=120, before=90, grade="B", layer="anchor"),
        year(2, 100, past=100, before=300, grade="D", layer="growth"),
        year(3, 100, past=100, before=300, grade="D", layer="tactical"),
        year(4, 100, past=100, before=300, grade="A", alive=0.4),
    ]
    found = clients_with_room(base_of(tmp_path, rows), ASKED, declared=declared((1, 100.0)), most=10)
    told = {one.client_id: (one.before, one.trend, one.declared) for one in found}
    assert told == {1: (90, 150, pytest.approx(12 * 100 * 0.2)), 2: (300, None, None)}
    assert [one.client_id for one in found] == [2, 1]
    assert [
        one.client_id
        for one in clients_with_room(base_of(tmp_path, rows), ASKED, declared=declared(), without=[2], most=10)
    ] == [1]
