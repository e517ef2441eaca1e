"""What clients are expected to bring: the database's sums against core's own arithmetic."""

from datetime import date

import pytest

from clientarium.core.ground import UserError
from clientarium.core.strategy import expected, margin_variance
from tests.cast import make_client
from tests.decisions.plans.conftest import APRIL, buys, publish

pytestmark = pytest.mark.django_db

MAY = date(2026, 5, 1)


def test_the_database_says_of_a_client_what_core_says(base):
    from clientarium.decisions.plans import expected_of

    found = expected_of([base.birch.pk, base.cedar.pk], APRIL)
    assert set(found) == {base.birch.pk, base.cedar.pk}
    for client, orders, margin, alive in ((base.birch, 2.0, 1000.0, 1.0), (base.cedar, 1.0, 3000.0, 0.5)):
        variance = margin_variance(orders=orders, margin=margin, p_alive=alive)
        told = expected(orders=orders, margin=margin, variance=variance)
        assert vars_of(found[client.pk]) == pytest.approx(vars_of(told))


def test_a_longer_month_brings_more(base):
    from clientarium.decisions.plans import expected_of

    assert expected_of([base.birch.pk], MAY)[base.birch.pk].margin == pytest.approx(1000 * 31 / 30)


def test_the_plan_of_a_choice_is_the_sum_of_its_clients(base):
    from clientarium.decisions.clients import Client
    from clientarium.decisions.plans import plan_of_choice

    chosen = [base.birch.pk, base.cedar.pk]
    variance = margin_variance(orders=2, margin=1000, p_alive=1) + margin_variance(orders=1, margin=3000, p_alive=0.5)
    told = expected(orders=3.0, margin=4000.0, variance=variance)
    found = plan_of_choice(chosen, APRIL)
    assert (found.margin, found.low, found.high) == pytest.approx((4000, told.low, told.high))
    assert (found.clients, found.buyers, found.assumed) == (2, 2, 0)
    assert plan_of_choice(Client.objects.filter(pk__in=chosen).values("pk"), APRIL) == found
    assert plan_of_choice([], APRIL).clients == 0


def test_a_seller_who_keeps_three_hundred_has_a_plan_of_three_hundred(base):
    """1.8.10: whoever keeps the whole base gets a plan on the whole base."""
    from clientarium.decisions.plans import plan_fact, plan_of_choice

    kept = [make_client(f"Клиент {number}", holder=base.anna_sells) for number in range(300)]
    publish({client: buys(0.5, 200) for client in kept})
    ids = [client.pk for client in kept]
    assert plan_of_choice(ids, APRIL).margin == pytest.approx(300 * 200)
    assert plan_of_choice(ids[:60], APRIL).margin == pytest.approx(60 * 200)
    mine = plan_fact(APRIL, by=base.anna)[base.anna_sells.pk]
    assert (mine.expected.clients, mine.expected.buyers, mine.target) == (301, 300, pytest.approx(60_000))  # and Birch


def test_a_client_without_a_known_cost_counts_by_the_share_of_the_policy(base):
    from clientarium.decisions.plans import plan_of_choice

    publish({base.birch: buys(2.0, None, revenue=5000)})
    found = plan_of_choice([base.birch.pk], APRIL)
    assert (found.margin, found.assumed) == (pytest.approx(0.2 * 5000), 1)


def test_nothing_is_expected_of_one_who_will_not_order(base):
    from clientarium.decisions.plans import expected_of, plan_of_choice

    publish({base.birch: buys(0.0001, 5)})
    assert expected_of([base.birch.pk], APRIL) == {}
    found = plan_of_choice([base.birch.pk], APRIL)
    assert (found.clients, found.buyers) == (1, 0)


def test_before_the_first_count_there_is_nothing_to_plan_by(home, cast):
    from clientarium.decisions.plans import PlanBasis, basis_of, expected_of, plan_fact, plan_of_choice

    assert expected_of([cast.birch.pk], APRIL) == {}
    assert plan_of_choice([cast.birch.pk], APRIL).margin == 0
    assert basis_of(APRIL) == (PlanBasis.NONE, None)
    assert plan_fact(APRIL, by=cast.head) == {}


def test_a_month_too_far_ahead_is_refused(base):
    from clientarium.decisions.plans import plan_of_choice

    with pytest.raises(UserError, match="too far"):
        plan_of_choice([base.birch.pk], date(2028, 1, 1))


def test_a_merged_card_is_planned_once(base):
    from clientarium.decisions.clients import merge_clients
    from clientarium.decisions.plans import plan_fact

    twin = make_client("Берёза плюс", holder=base.anna_sells)
    merge_clients(twin, into=base.birch, by=base.owner)
    assert plan_fact(APRIL, by=base.head)[base.anna_sells.pk].expected.clients == 1


def vars_of(found):
    return (found.orders, found.margin, found.low, found.high)
