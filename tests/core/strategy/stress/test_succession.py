"""Who fills the hole: figures a head of sales can check by hand."""

from datetime import date

import pytest

from clientarium.core.strategy import CanGrow, GrowthRules, RoomSource, WorkRules, succession, year_ahead

AS_OF = date(2026, 10, 31)
MONTHS = year_ahead(AS_OF)
RULES = GrowthRules(room_share=0.5, ramp_months=2, contacts_month=3)
WORK = WorkRules(other_minutes=10, document_minutes=6, minutes={"A": 20})


def grower(client_id, could, *, expected=1200.0, alive=1.0, source=RoomSource.TREND, **more):
    return CanGrow(client_id, expected, 12.0, alive, {source: could}, **more)


def filled(hole, clients, *, months=MONTHS, rules=RULES):
    return succession(hole, clients, months=months, rules=rules, work=WORK)


def test_a_year_ahead_is_twelve_months_after_a_months_last_day():
    assert (len(MONTHS), MONTHS[0].first, MONTHS[-1].last) == (12, date(2026, 11, 1), date(2027, 10, 31))
    assert all(month.is_whole for month in MONTHS)


@pytest.mark.parametrize("as_of", [AS_OF, date(2026, 10, 15), date(2027, 2, 28), date(2028, 2, 29), date(2026, 12, 30)])
def test_the_shares_of_the_months_add_up_to_the_year(as_of):
    months = year_ahead(as_of)
    sums = [sum(getattr(month.share, f"within_{days}d") for month in months) for days in (30, 90, 365)]
    assert sums == pytest.approx([0, 0, 1])
    assert sum((month.last - month.first).days + 1 for month in months) == 365


def test_room_is_halved_and_comes_in_steps():
    """1200 expected, 3600 possible: half of 2400 is 100 a month, 50 in the first."""
    found = filled([100.0] * 12, [grower(1, 3600.0)])
    (one,) = found.taken
    assert (one.adds, one.begins, one.full_from) == (100, 0, 1)
    assert found.added == (50, *[100] * 11)
    assert (found.filled_from, found.left, found.lost) == (1, 0, 50)


def test_work_is_contacts_and_documents():
    """3 contacts of 20 minutes and 100 / (1200 / 12) = 1 document of 6 minutes: 66 minutes."""
    (one,) = filled([100.0] * 12, [grower(1, 3600.0, grade="A")]).taken
    assert (one.contacts, one.hours) == (3, pytest.approx(1.1))


def test_the_largest_comes_first_and_nobody_more_than_needed():
    clients = [grower(1, 2400.0), grower(2, 6000.0), grower(3, 3600.0)]
    found = filled([250.0] * 12, clients)
    assert [one.client.client_id for one in found.taken] == [2, 3]
    assert [one.client.client_id for one in found.spare] == [1]


def test_the_most_of_what_is_known_counts():
    one = CanGrow(1, 100.0, 12.0, 1.0, {RoomSource.BEFORE: 50.0, RoomSource.DECLARED: 700.0, RoomSource.TREND: 300.0})
    assert (one.source, one.room) == (RoomSource.DECLARED, 600)


def test_a_hole_nobody_fills_says_what_is_left():
    found = filled([1000.0] * 12, [grower(1, 3600.0)])
    assert (found.filled_from, found.left) == (None, 900)
    assert found.lost == 12_000 - 1_150


def test_he_begins_with_his_next_order():
    found = filled([100.0] * 12, [grower(1, 3600.0, next_order_on=date(2027, 1, 20))])
    assert found.added[:5] == (0, 0, 50, 100, 100)
    assert found.filled_from == 3


def test_whoever_orders_after_the_year_adds_nothing_in_it():
    found = filled([100.0] * 12, [grower(1, 3600.0, next_order_on=date(2028, 1, 1))])
    assert (found.added, found.filled_from, found.taken[0].begins) == ((0,) * 12, None, 12)


def test_whoever_may_be_gone_adds_less():
    (one,) = filled([100.0] * 12, [grower(1, 3600.0, alive=0.6)]).taken
    assert one.adds == pytest.approx(60)


def test_without_room_nobody_is_a_successor():
    found = filled([100.0] * 12, [grower(1, 1000.0), grower(2, 1200.0)])
    assert (found.taken, found.spare, found.filled_from, found.left) == ((), (), None, 100)


def test_no_hole_needs_nobody():
    found = filled([0.0] * 12, [grower(1, 3600.0)])
    assert (found.taken, found.filled_from, found.lost) == ((), 0, 0)


def test_half_a_month_takes_half():
    months = year_ahead(date(2026, 11, 15))
    found = filled([100.0 * month.part for month in months], [grower(1, 3600.0)], months=months)
    assert found.added[0] == pytest.approx(25)
    assert (found.filled_from, found.left) == (1, 0)
