"""The ladder of release: figures a head of sales can check by hand, and the same said slowly client by client."""

from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest

from clientarium.core.strategy import Assumptions, GroupMoney, Rung, ServiceHours, Small, ladder, least_order

ASSUMED = Assumptions(
    reprice_leave=Decimal("0.2"),
    reprice_rise=Decimal("0.1"),
    reprice_kept=Decimal("0.5"),
    minimum_leave=Decimal("0.5"),
    minimum_order=Decimal(1000),
    self_service_leave=Decimal("0.1"),
    self_service_saved=Decimal("0.5"),
    fewer_touches_leave=Decimal(0),
    fewer_touches_saved=Decimal("0.5"),
    growth=Decimal("0.25"),
)
SALES, STORE = ServiceHours("sales", 60.0, 20.0, Decimal(8000)), ServiceHours("warehouse", 0.0, 40.0, Decimal(2000))
GROUP = GroupMoney(clients=10, revenue=Decimal(100_000), money=Decimal(10_000), services=(SALES, STORE))
SMALL = Small(clients=4, money=Decimal(2000), touches=0.5, documents=0.5, orders_kept=0.4)


def told(rung: Rung, **changes):
    return ladder(GROUP, SMALL, replace(ASSUMED, **changes), money_an_hour=Decimal(1000))[rung]


def test_a_price_that_holds_pays_for_who_leaves():
    """Eight of ten stay at 10 000 + 5 % of 100 000: 12 000 for the 10 000 of before; a fifth of 120 hours is free."""
    found = told(Rung.REPRICE)
    assert (found.leaving, found.change, found.hours) == (2.0, Decimal(2000), {"sales": 16.0, "warehouse": 8.0})
    assert (found.earned, found.balance, found.cost) == (Decimal(6000), Decimal(8000), Decimal(2000))


@pytest.mark.parametrize(("leave", "sign"), [("0.33", 1), ("0.34", -1)])
def test_the_share_that_may_leave_is_where_the_money_turns(leave, sign):
    """5 000 more of 15 000: a third."""
    found = told(Rung.REPRICE, reprice_leave=Decimal(leave))
    assert round(found.bearable, 4) == Decimal("0.3333")
    assert found.change * sign > 0


def test_fewer_larger_orders_free_the_paperwork_of_the_small():
    """Half of the small leave with 30 + 10 + 20 hours; who stays types 40 % of his documents: 6 of 10 and 12 of 20."""
    found = told(Rung.MINIMUM)
    assert (found.leaving, found.change) == (2.0, Decimal(-1000))
    assert found.hours == pytest.approx({"sales": 0.5 * 40 + 0.5 * 6, "warehouse": 0.5 * 20 + 0.5 * 12})
    assert found.needed_an_hour == Decimal("25.64")  # 1 000 over 39 hours


def test_self_service_takes_touches_and_typing_and_leaves_the_warehouse():
    found = told(Rung.SELF_SERVICE)
    assert found.hours == pytest.approx({"sales": 8 + 0.9 * 0.5 * 80, "warehouse": 4.0})
    assert found.change == Decimal(-1000)


def test_fewer_touches_leave_documents_alone():
    assert told(Rung.FEWER_TOUCHES).hours == {"sales": 30.0, "warehouse": 0.0}
    assert told(Rung.FEWER_TOUCHES).needed_an_hour is None  # nothing is lost


def test_to_stop_is_all_of_the_money_and_all_of_the_hours():
    found = told(Rung.STOP)
    assert (found.change, found.hours_freed, found.earned) == (Decimal(-10_000), 120.0, Decimal(30_000))


def test_a_group_at_a_loss_gains_by_leaving():
    losing = replace(GROUP, money=Decimal(-6000))
    found = ladder(losing, SMALL, ASSUMED, money_an_hour=None)
    assert found[Rung.STOP].change == Decimal(6000) and found[Rung.STOP].needed_an_hour is None
    assert found[Rung.REPRICE].bearable == 1  # it brings nothing even at the new price
    assert found[Rung.STOP].earned is None and found[Rung.STOP].balance is None


def test_the_least_order_pays_for_its_own_service():
    """10 000 for 50 orders is 200 an order; at a margin of 10 % an order of 2 000 brings as much."""
    assert least_order(GROUP, 50) == Decimal(2000)
    assert least_order(GROUP, 49) == Decimal(2100)  # 2 040.8, rounded up
    assert least_order(GROUP, 0) is None
    assert least_order(replace(GROUP, money=Decimal(-1)), 50) is None


def test_the_ladder_is_the_sum_over_clients():
    """Thirty clients one by one: what each leaves, keeps and frees."""
    lottery = Random(7)
    clients = [
        (lottery.randrange(100, 5000), lottery.randrange(1, 9), lottery.uniform(0, 5), lottery.uniform(0.1, 3))
        for _ in range(30)
    ]  # mean order, documents, hours of touches, hours of documents
    order, leave = 2000, float(ASSUMED.minimum_leave)
    small = [one for one in clients if one[0] < order]
    touches, documents = sum(one[2] for one in clients), sum(one[3] for one in clients)
    # A document takes equally long at every client: hours of documents go by their number.
    an_hour = documents / sum(one[1] for one in clients)
    group = GroupMoney(30, Decimal(1), Decimal(1), (ServiceHours("sales", touches, documents, Decimal(1)),))
    found = ladder(
        group,
        Small(
            len(small),
            Decimal(1),
            touches=sum(one[2] for one in small) / touches,
            documents=sum(one[1] for one in small) / sum(one[1] for one in clients),
            orders_kept=sum(one[1] * one[0] / order for one in small) / sum(one[1] for one in small),
        ),
        replace(ASSUMED, minimum_order=Decimal(order)),
        money_an_hour=None,
    )[Rung.MINIMUM]
    slowly = 0.0
    for mean, papers, talks, _hours in small:
        slowly += leave * (talks + papers * an_hour) + (1 - leave) * papers * an_hour * (1 - mean / order)
    assert found.hours_freed == pytest.approx(slowly)
