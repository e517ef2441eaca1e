"""How full portfolios are, the pool, hours by the database against hours by the plain function; who sees what."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from clientarium.core.strategy import contacts_a_month, hours_a_month
from clientarium.decisions.clients import Client, merge_clients, state_model
from clientarium.decisions.people import User
from clientarium.decisions.portfolios import (
    Fill,
    TermsWritten,
    case_for_hiring,
    figures_of_sellers,
    hours_of,
    load_of_seller,
    pool_of,
    set_terms,
    work_rules,
)
from tests.cast import make_client
from tests.decisions.contacts.published import AS_OF, publish

TODAY = date(2026, 3, 31)


@pytest.fixture
def worlds(base):
    """Six clients of every kind the arithmetic tells apart."""
    kinds = {
        "weekly A": {"grade": "A", "typical_gap_days": 7.0, "orders_12m": 52},
        "quarterly B": {"grade": "B", "typical_gap_days": 92.0, "orders_12m": 4},
        "D": {"grade": "D", "typical_gap_days": 10.0, "orders_12m": 30},
        "stopped": {"grade": "EEE", "typical_gap_days": 10.0, "orders_12m": 1},
        "lost": {"grade": "B", "typical_gap_days": 10.0, "lifecycle": "lost", "orders_12m": 0},
        "new": {"typical_gap_days": None, "lifecycle": "new", "orders_12m": 1},
    }
    rows = {make_client(name, holder=base.anna_sells): values for name, values in kinds.items()}
    touches = {"touches_12m": 30.0, "touch_minutes_12m": 600.0}
    publish(AS_OF, {client: touches | values for client, values in rows.items()})
    return base


def test_hours_by_the_database_are_those_of_the_plain_function(worlds):
    rules = work_rules()
    wanted = {}
    for state in state_model()._default_manager.filter(holder=worlds.anna_sells, orders_12m__isnull=False):
        contacts = contacts_a_month(
            typical_gap_days=state.typical_gap_days,
            is_lost=state.lifecycle == "lost",
            categories={"grade": state.grade, "lifecycle": state.lifecycle},
            rules=rules,
        )
        wanted[state.pk] = hours_a_month(contacts, category=state.grade, orders_12m=state.orders_12m, rules=rules)
    assert len(wanted) == 6
    assert hours_of(list(wanted), by=worlds.head) == pytest.approx(wanted)
    assert sum(wanted.values()) == pytest.approx(sum(hours_of(list(wanted), by=worlds.head).values()))


def test_minutes_are_measured_by_grade_where_there_are_enough(worlds):
    assert (work_rules().minutes["B"], work_rules().other_minutes) == (20.0, 20.0)


def seen(user):
    return [(one.seller.name, one.load.held, one.load.active_share) for one in figures_of_sellers(user, TODAY)]


def test_leaders_see_everybody_a_seller_himself(base):
    assert seen(base.head) == [("Анна", 1, 0.0), ("Борис", 1, 0.0)]
    assert seen(base.anna) == [("Анна", 1, 0.0)]
    for user in (base.marketer, base.support, base.administrator, base.nobody):
        with pytest.raises(PermissionDenied):
            figures_of_sellers(user, TODAY)
    with pytest.raises(PermissionDenied):
        load_of_seller(base.boris_sells, by=base.anna, day=TODAY)
    with pytest.raises(PermissionDenied):
        pool_of(base.anna, TODAY)


def test_overfull_and_underfull_at_a_glance(base):
    for number in range(3):
        make_client(f"Сосна {number}", holder=base.anna_sells)

    def fill(**terms):
        set_terms(base.anna_sells, TermsWritten(**terms), from_day=TODAY, reason="проба", by=base.head)
        return load_of_seller(base.anna_sells, by=base.head, day=TODAY).fill

    assert fill(norm_low=1, norm_high=2, ceiling=3) == Fill.OVER_CEILING
    assert fill(norm_low=1, norm_high=2, ceiling=5) == Fill.OVER_NORM
    assert fill(norm_low=1, norm_high=5, ceiling=5) == Fill.WITHIN
    assert fill(norm_low=5, norm_high=6, ceiling=7) == Fill.UNDER
    assert fill(norm_low=1, norm_high=5, ceiling=5, hours_month=0.1) == Fill.OVER_HOURS
    assert load_of_seller(base.boris_sells, by=base.head, day=TODAY).load.held == 1


def test_the_pool_holds_the_unheld_and_those_of_sellers_who_left(base):
    pool = pool_of(base.head, TODAY)
    assert (pool.unheld.held, pool.of_left.held, pool.left) == (1, 0, ())
    User.objects.filter(seller=base.boris_sells).update(is_active=False)
    pool = pool_of(base.head, TODAY)
    assert (pool.unheld.held, pool.of_left.held, [one.name for one in pool.left]) == (1, 1, ["Борис"])
    assert pool.total.expected_margin_365d == 240_000
    assert [name for name, _held, _share in seen(base.head)] == ["Анна"]


def test_the_case_for_hiring_names_money_on_both_sides(base):
    set_terms(
        base.anna_sells, TermsWritten(norm_low=0, norm_high=0, ceiling=0), from_day=TODAY, reason="?", by=base.head
    )
    found = case_for_hiring(figures_of_sellers(base.head, TODAY), pool_of(base.head, TODAY), hourly_cost=10)
    assert (found.clients, found.over, found.margin) == (1, 1, 240_000)
    assert (found.margin_each, found.cost_year, found.pays_off) == (240_000, 19_720, True)


def test_a_merged_client_counts_once(base):
    twin = make_client("Берёза 2", holder=base.anna_sells)
    merge_clients(twin, into=base.birch, by=base.head)
    assert seen(base.anna) == [("Анна", 1, 0.0)]
    assert Client.objects.filter(holder=base.anna_sells).count() == 2


def test_remembered_sums_follow_every_change_of_the_state(base):
    """Two thirds of a page are sums over all clients, kept under the state's stamp: a stale one would lie."""
    from clientarium.decisions.clients import put_into_state, state_stamp, transfer_client
    from clientarium.decisions.portfolios import figures_of_sellers

    def held():
        return {one.seller.name: (one.load.held, one.load.lost) for one in figures_of_sellers(base.head)}

    before, stamp = held(), state_stamp()
    assert held() == before
    assert state_stamp() == stamp
    transfer_client(base.birch, to=base.boris_sells, on=timezone.localdate(), reason="уходит", by=base.head)
    (anna_held, anna_lost), (boris_held, boris_lost) = before["Анна"], before["Борис"]
    assert held() == before | {"Анна": (anna_held - 1, anna_lost), "Борис": (boris_held + 1, boris_lost)}
    put_into_state("lifecycle", {base.birch.pk: "lost"})
    assert held()["Борис"] == (boris_held + 1, boris_lost + 1)
