"""Plan and fact of a month that has begun, from sales, two counts and who held whom on which day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from clientarium.core.strategy import expected, margin_variance, month_share
from tests.interfaces.web.counted import counted, counted_home

__all__ = ["counted", "counted_home"]

pytestmark = pytest.mark.django_db

HEAD = "Дата;Номер;Клиент;Сумма;Себестоимость;Менеджер\n"
BEFORE, NOW = COUNTED_ON = date(2026, 3, 31), date(2026, 4, 20)
APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


def sales():
    """Aspen buys every Monday for 1000 at a cost of 600, Maple every second for 500 at 450; both also in April."""
    mondays = [date(2025, 7, 7) + timedelta(days=7 * week) for week in range(42)]
    lines = [(day, "Осина", 1000, 600, "Анна") for day in mondays]
    lines += [(day, "Клён", 500, 450, "Борис") for day in mondays[::2]]
    return HEAD + "".join(
        f"{day:%d.%m.%Y};{number};{client};{revenue},00;{cost},00;{seller}\n"
        for number, (day, client, revenue, cost, seller) in enumerate(lines)
    )


SALES = sales()


def aspen():
    from clientarium.decisions.clients import Client

    return Client.objects.get(name="Осина")


def facts(by, month=APRIL):
    from clientarium.decisions.plans import plan_fact

    return {seller: (one.fact.orders, one.fact.margin) for seller, one in plan_fact(month, by=by).items()}


def test_a_month_begun_is_planned_by_the_snapshot_before_it(counted):
    from clientarium.decisions.plans import PlanBasis, basis_of, plan_fact

    assert basis_of(APRIL) == (PlanBasis.BEFORE, BEFORE)
    assert basis_of(MAY) == (PlanBasis.STATE, NOW)
    assert basis_of(date(2025, 6, 1)) == (PlanBasis.NONE, None)
    one = plan_fact(APRIL, by=counted.head)[counted.anna_sells.pk]
    assert (one.basis, one.until, one.expected.clients) == (PlanBasis.BEFORE, NOW, 1)
    assert one.end == pytest.approx(one.fact.margin + one.rest.margin)
    assert one.end_low <= one.end <= one.end_high


def test_the_snapshot_says_what_core_says_of_its_rows(counted):
    from clientarium.decisions.plans import lines_of, plan_fact
    from clientarium.decisions.runs import open_snapshots

    row = next(row for row in open_snapshots().read(BEFORE).to_pylist() if row["client_id"] == aspen().pk)
    share = month_share(BEFORE, APRIL)
    orders = share.of(*(row[f"expected_orders_{days}d"] for days in (30, 90, 365)))
    margin = share.of(*(float(row[f"expected_margin_{days}d"]) for days in (30, 90, 365)))
    variance = margin_variance(orders=orders, margin=margin, p_alive=row["p_alive"])
    told = expected(orders=orders, margin=margin, variance=variance)
    sums = plan_fact(APRIL, by=counted.head)[counted.anna_sells.pk].expected
    (line,) = lines_of(counted.anna_sells, APRIL, by=counted.anna).lines
    for found in (sums, line.expected):
        assert (found.orders, found.margin, found.low, found.high) == pytest.approx(
            (told.orders, told.margin, told.low, told.high)
        )
    assert (line.fact.purchase_days, line.fact.margin) == (3, Decimal(1200))


def test_a_sale_counts_to_whoever_held_the_client_that_day(counted):
    """The holdings came with a file: they reach back to sales before it. Moved on 14 April, the last Monday is Boris's."""
    from clientarium.decisions.clients import Holding

    anna, boris = counted.anna_sells.pk, counted.boris_sells.pk
    assert facts(counted.head) == {anna: (3, 1200.0), boris: (1, 50.0)}
    assert facts(counted.anna) == {anna: (3, 1200.0)}
    Holding.objects.filter(client=aspen()).update(first_day=date(2026, 1, 1), last_day=date(2026, 4, 13))
    Holding.objects.create(client=aspen(), seller_id=boris, first_day=date(2026, 4, 14), cause="person")
    assert facts(counted.head) == {anna: (2, 800.0), boris: (2, 450.0)}


def test_a_sale_of_a_client_nobody_held_counts_to_nobody(counted):
    from clientarium.decisions.clients import Holding

    Holding.objects.filter(client=aspen()).delete()
    Holding.objects.create(client=aspen(), seller=counted.anna_sells, first_day=date(2026, 4, 10), cause="person")
    assert facts(counted.head)[counted.anna_sells.pk] == (2, 800.0)


def test_a_month_without_a_plan_has_facts_all_the_same(counted):
    from clientarium.decisions.plans import plan_fact

    one = plan_fact(date(2025, 7, 1), by=counted.head)[counted.anna_sells.pk]
    assert (one.target, one.fact.orders, one.end) == (None, 4, None)


def test_a_running_month_is_approved_by_the_snapshot_before_it(counted):
    from clientarium.decisions.plans import approve_plan, plan_fact

    before = plan_fact(APRIL, by=counted.head)
    plan = approve_plan(APRIL, by=counted.head)
    assert (plan.as_of, plan.lines.count()) == (BEFORE, 2)
    after = plan_fact(APRIL, by=counted.head)
    assert {key: one.target for key, one in after.items()} == pytest.approx(
        {key: one.target for key, one in before.items()}
    )
    assert sum(line.margin for line in plan.lines.all()) == pytest.approx(
        sum(one.expected.margin for one in before.values())
    )
