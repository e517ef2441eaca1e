"""Decisions about a month: the leader's figures, growth steps, approval, and who may see what."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from tests.cast import make_seller, make_user
from tests.decisions.plans.conftest import APRIL, buys, publish

pytestmark = pytest.mark.django_db


def plans():
    from clientarium.decisions import plans

    return plans


def targets(by):
    return {seller: one.target for seller, one in plans().plan_fact(APRIL, by=by).items()}


def said(verb):
    from clientarium.decisions.journal import Entry

    return [entry.data for entry in Entry.objects.filter(verb=verb).order_by("pk")]


def test_everybody_sees_what_is_his(base):
    anna, boris = base.anna_sells.pk, base.boris_sells.pk
    assert set(plans().plan_fact(APRIL, by=base.head)) == set(plans().plan_fact(APRIL, by=base.owner)) == {anna, boris}
    assert set(plans().plan_fact(APRIL, by=base.anna)) == {anna}
    for stranger in (base.marketer, base.support, base.administrator, base.nobody):
        assert plans().plan_fact(APRIL, by=stranger) == {}
    base.anna.is_active = False
    assert plans().plan_fact(APRIL, by=base.anna) == {}


def test_a_leaders_figure_keeps_the_computed_one_and_the_reason(base):
    override = plans().override_plan(APRIL, base.anna_sells, margin=Decimal(1500), reason=" новый склад ", by=base.head)
    assert (override.margin, override.computed, override.reason) == (1500, 1000, "новый склад")
    one = plans().plan_fact(APRIL, by=base.head)[base.anna_sells.pk]
    assert (one.target, one.computed, one.override, one.reason) == (1500, 1000, 1500, "новый склад")
    plans().remove_override(APRIL, base.anna_sells, by=base.owner)
    assert targets(base.head)[base.anna_sells.pk] == 1000
    assert said("plan_overridden")[0]["computed"] == "1000.0"


def test_no_figure_without_a_reason_nor_below_zero_nor_by_a_seller(base):
    for margin, reason in ((Decimal(5), "  "), (Decimal(-1), "why")):
        with pytest.raises(UserError):
            plans().override_plan(APRIL, base.anna_sells, margin=margin, reason=reason, by=base.head)
    for stranger in (base.anna, base.marketer, base.administrator):
        with pytest.raises(PermissionDenied):
            plans().override_plan(APRIL, base.anna_sells, margin=Decimal(5), reason="why", by=stranger)
    with pytest.raises(UserError):
        plans().remove_override(APRIL, base.anna_sells, by=base.head)


def test_zero_is_not_the_same_as_not_asked(base):
    def growth():
        one = plans().plan_fact(APRIL, by=base.anna)[base.anna_sells.pk]
        return one.asked, one.growth

    assert growth() == (0, 0.0)
    plans().answer_growth(APRIL, base.birch, margin=Decimal(0), by=base.anna)
    assert growth() == (1, 0.0)
    plans().answer_growth(APRIL, base.birch, margin=Decimal(250), step="анкеры", by=base.anna)
    assert (growth(), targets(base.anna)) == ((1, 250.0), {base.anna_sells.pk: 1250.0})
    plans().remove_answer(APRIL, base.birch, by=base.anna)
    assert growth() == (0, 0.0)


def test_nobody_takes_growth_on_for_another(base):
    with pytest.raises(PermissionDenied):
        plans().answer_growth(APRIL, base.cedar, margin=Decimal(5), by=base.anna)
    with pytest.raises(UserError, match="Nobody holds"):
        plans().answer_growth(APRIL, base.dill, margin=Decimal(5), by=base.head)
    with pytest.raises(UserError):
        plans().answer_growth(APRIL, base.birch, margin=Decimal(-5), by=base.anna)


def test_what_one_took_on_binds_nobody_else(base):
    from clientarium.decisions.clients import transfer_client

    plans().answer_growth(APRIL, base.birch, margin=Decimal(250), by=base.anna)
    transfer_client(base.birch, to=base.boris_sells, on=date(2027, 1, 11), reason="отпуск", by=base.head)
    found = plans().plan_fact(APRIL, by=base.head)
    assert {seller: (one.asked, one.growth) for seller, one in found.items()} == {
        base.anna_sells.pk: (0, 0.0),
        base.boris_sells.pk: (0, 0.0),
    }
    assert found[base.boris_sells.pk].target == 4000


@pytest.mark.parametrize(
    ("spread", "anna", "boris"),
    [
        ("even", 3000, 3000),
        ("weight", 1500, 4500),  # 1000 and 3000 expected
        ("potential", 6000, 0),  # a year ago Birch brought 2000 a month, Cedar 1000: less than what he brings now
    ],
)
def test_a_figure_from_above_stands_beside_the_plan(base, spread, anna, boris):
    plans().set_figure(APRIL, margin=Decimal(6000), spread=spread, by=base.head)
    found = plans().plan_fact(APRIL, by=base.head)
    assert [found[one.pk].share for one in (base.anna_sells, base.boris_sells)] == [anna, boris]
    assert targets(base.head) == {base.anna_sells.pk: 1000, base.boris_sells.pk: 3000}
    assert plans().take_spread(APRIL, reason="так решил совет", by=base.head) == 2
    assert targets(base.head) == {base.anna_sells.pk: anna, base.boris_sells.pk: boris}
    assert {one.computed for one in plans().plan_fact(APRIL, by=base.head).values()} == {1000, 3000}


def test_there_is_nothing_to_take_before_a_figure_is_set(base):
    with pytest.raises(UserError, match="no figure"):
        plans().take_spread(APRIL, reason="why", by=base.head)


def test_an_approved_plan_is_not_changed_by_later_counts(base):
    plans().answer_growth(APRIL, base.birch, margin=Decimal(100), by=base.anna)
    plan = plans().approve_plan(APRIL, by=base.head)
    assert (plan.as_of, plan.approved_by, plan.lines.count()) == (date(2026, 3, 31), base.head, 2)
    before = plans().plan_fact(APRIL, by=base.head)
    publish({base.birch: buys(9.0, 90_000), base.cedar: buys(1.0, 1)}, as_of=date(2026, 4, 10))
    after = plans().plan_fact(APRIL, by=base.head)
    assert {key: (one.expected, one.target) for key, one in after.items()} == {
        key: (one.expected, one.target) for key, one in before.items()
    }
    assert after[base.anna_sells.pk].target == 1100
    assert after[base.anna_sells.pk].end == pytest.approx(
        90_000 * 20 / 30
    )  # the rest of the month by what is known now


def test_what_an_approved_plan_was_made_of_cannot_be_changed(base):
    plans().approve_plan(APRIL, by=base.head)
    for change in (
        lambda: plans().approve_plan(APRIL, by=base.owner),  # two leaders: the second hears it is done
        lambda: plans().set_figure(APRIL, margin=Decimal(1), spread="even", by=base.head),
        lambda: plans().answer_growth(APRIL, base.birch, margin=Decimal(1), by=base.anna),
        lambda: plans().take_spread(APRIL, reason="why", by=base.head),
    ):
        with pytest.raises(UserError, match="is approved"):
            change()
    plans().override_plan(APRIL, base.anna_sells, margin=Decimal(700), reason="болел", by=base.head)
    one = plans().plan_fact(APRIL, by=base.head)[base.anna_sells.pk]
    assert (one.target, one.computed) == (700, 1000)


def test_an_approval_is_taken_back_with_a_reason_and_told(base):
    plans().approve_plan(APRIL, by=base.head)
    with pytest.raises(UserError):
        plans().reopen_plan(APRIL, reason=" ", by=base.head)
    plan = plans().reopen_plan(APRIL, reason="ошибка", by=base.head)
    assert (plan.is_approved, plan.lines.count(), plan.sellers.count()) == (False, 0, 0)
    assert said("plan_reopened")[0]["targets"] == {str(base.anna_sells.pk): 1000.0, str(base.boris_sells.pk): 3000.0}
    with pytest.raises(UserError):
        plans().reopen_plan(APRIL, reason="ещё раз", by=base.head)
    publish({base.birch: buys(1.0, 500)})
    assert targets(base.head)[base.anna_sells.pk] == 500


def test_a_month_gone_by_is_not_planned_afterwards(base):
    publish({base.birch: buys(1.0, 500)}, as_of=date(2026, 4, 30))
    for change in (
        lambda: plans().approve_plan(APRIL, by=base.head),
        lambda: plans().set_figure(APRIL, margin=Decimal(1), spread="even", by=base.head),
        lambda: plans().answer_growth(APRIL, base.birch, margin=Decimal(1), by=base.anna),
    ):
        with pytest.raises(UserError, match="is over"):
            change()


def test_a_new_seller_has_a_plan_in_his_first_month(base):
    """1.8.11: his free places up to the norm (50), at the pool's usual client; Dill is the pool, so one place is filled."""
    vera = make_seller("Вера")
    make_user("vera", role="seller", seller=vera)
    type(vera).objects.filter(pk=vera.pk).update(started_on=date(2026, 4, 6))
    one = plans().plan_fact(APRIL, by=base.head)[vera.pk]
    assert (one.expected.clients, one.newcomer, one.target) == (0, pytest.approx(600), pytest.approx(600))
    assert plans().plan_fact(date(2026, 5, 1), by=base.head)[vera.pk].newcomer == 0


def test_a_seller_who_has_left_has_no_plan(base):
    type(base.boris_sells).objects.filter(pk=base.boris_sells.pk).update(left_on=date(2026, 3, 15))
    base.cedar.holder = None
    base.cedar.save()
    publish({base.birch: buys(1.0, 500), base.cedar: buys(1.0, 500)})
    assert set(plans().plan_fact(APRIL, by=base.head)) == {base.anna_sells.pk}


def test_lines_show_the_dearest_first_and_nobody_elses(base):
    found = plans().lines_of(base.anna_sells, APRIL, by=base.anna)
    assert [(line.name, line.expected.margin, line.room, line.step) for line in found.lines] == [
        ("Берёза", 1000.0, pytest.approx(1000.0), None)
    ]
    assert plans().lines_of(base.boris_sells, APRIL, by=base.anna).lines == ()


def test_a_client_of_the_plan_who_has_gone_is_counted_and_not_named(base):
    from clientarium.decisions.clients import transfer_client

    plans().approve_plan(APRIL, by=base.head)
    transfer_client(base.birch, to=base.boris_sells, on=date(2027, 1, 11), reason="отпуск", by=base.head)
    found = plans().lines_of(base.anna_sells, APRIL, by=base.anna)
    assert (found.lines, found.gone, found.gone_margin) == ((), 1, 1000.0)


def test_a_declared_volume_is_room_at_the_policys_share_of_margin(base):
    """Cedar is expected to bring 3000; declared 20 000 of revenue a month at 20 % are 4000."""
    from clientarium.decisions.potential import declare

    declare(base.cedar, volume=Decimal(20_000), assortment="", by=base.boris)
    (line,) = plans().lines_of(base.boris_sells, APRIL, by=base.boris).lines
    assert line.room == pytest.approx(1000)


def test_growth_taken_on_with_a_silent_client_is_kept_by_the_approval(base):
    publish({base.birch: buys(0.0, 0), base.cedar: buys(1.0, 500)})
    plans().answer_growth(APRIL, base.birch, margin=Decimal(700), by=base.anna)
    plan = plans().approve_plan(APRIL, by=base.head)
    assert plan.lines.count() == 2
    (line,) = plans().lines_of(base.anna_sells, APRIL, by=base.anna).lines
    assert (line.is_expected, line.step.margin, targets(base.head)[base.anna_sells.pk]) == (False, 700, 700)
