"""Days left until cold: the rule, the client's rhythm, a portfolio's own rule, exceptions, the take-over month."""

from datetime import date, timedelta

from tests.decisions.clock.conftest import AS_OF, MONDAY, bought
from tests.decisions.contacts.published import publish


def left(by, day=MONDAY):
    from clientarium.decisions.clock import clocks_of

    return {one.name: one.days_left for one in clocks_of(None, by=by, day=day)}


def test_cold_on_the_day_after_the_last_allowed_one(base):
    from clientarium.decisions.clock import ClockOf, clocks_of

    assert clocks_of(None, by=base.owner, day=MONDAY) == [
        ClockOf(
            client_id=base.cedar.pk,
            name=base.cedar.name,
            holder_id=base.boris_sells.pk,
            last_purchase_on=date(2026, 1, 19),
            cold_on=date(2026, 3, 22),
            days_left=-8,
            warning=0,
            allowed_days=61,
        ),
        ClockOf(
            client_id=base.birch.pk,
            name=base.birch.name,
            holder_id=base.anna_sells.pk,
            last_purchase_on=date(2026, 1, 30),
            cold_on=date(2026, 4, 2),
            days_left=3,
            warning=3,
            allowed_days=61,
        ),
        ClockOf(base.dill.pk, base.dill.name, None, None, None, None, None, allowed_days=61),
    ]


def test_days_run_on_after_the_data(base):
    assert left(base.anna, MONDAY + timedelta(days=3)) == {base.birch.name: 0}


def test_who_buys_seldom_keeps_his_rhythm(base):
    publish(AS_OF, {base.birch: bought(150, gap=90.5), base.cedar: bought(150, gap=20), base.dill: bought(None)})
    assert left(base.owner) == {base.birch.name: 32, base.cedar.name: -88, base.dill.name: None}


def test_a_seller_sees_his_own_only(base):
    assert left(base.anna) == {base.birch.name: 3}
    assert left(base.nobody) == {}


def test_counts_by_seller_are_the_same_clocks(base):
    from clientarium.decisions.clock import ClockCounts, counts_by_seller

    assert counts_by_seller(base.owner, MONDAY) == {
        base.anna_sells.pk: ClockCounts(held=1, first=0, second=0, last=1, cold=0),
        base.boris_sells.pk: ClockCounts(held=1, first=0, second=0, last=0, cold=1),
        None: ClockCounts(held=1, first=0, second=0, last=0, cold=0),
    }


def test_cold_ones_are_proposed_not_moved(base):
    from clientarium.decisions.clock import cold_now

    assert list(cold_now(base.owner, MONDAY).values_list("pk", flat=True)) == [base.cedar.pk]
    base.cedar.refresh_from_db()
    assert base.cedar.holder_id == base.boris_sells.pk


def test_who_takes_a_cold_client_over_has_a_month(base):
    from clientarium.decisions.clients import transfer_client
    from clientarium.decisions.clock import clocks_of

    transfer_client(base.cedar, to=base.anna_sells, on=MONDAY + timedelta(days=1), reason="холодный", by=base.head)
    (clock,) = clocks_of([base.cedar.pk], by=base.head, day=MONDAY + timedelta(days=5))
    assert (clock.days_left, clock.takeover_until, clock.cold_on) == (28, date(2026, 5, 1), date(2026, 5, 2))
    (after,) = clocks_of([base.cedar.pk], by=base.head, day=date(2026, 5, 2))
    assert (after.days_left, after.warning) == (-41, 0)
