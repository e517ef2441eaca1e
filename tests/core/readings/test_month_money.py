"""A month's money by whoever held the client that day: against the same said slowly in Python."""

from datetime import date, timedelta
from decimal import Decimal
from random import Random

import pyarrow as pa
import pytest

from clientarium.core.readings import HOLDINGS, money_of_clients, money_of_holders
from tests.core.firm import IDS, firm_in

FIRST, UNTIL = date(2026, 4, 1), date(2026, 4, 30)


@pytest.fixture
def firm(tmp_path):
    return firm_in(tmp_path)


def test_every_sale_of_the_month_counts_once_to_its_holder(firm):
    """80 sales of five clients; each is held by one seller after another, or for some days by nobody."""
    lottery, sales, holdings = Random(7), [], []
    for _ in range(80):
        day = FIRST + timedelta(days=lottery.randrange(-5, 35))
        cost = lottery.choice([None, 40, 70])
        sales.append((lottery.choice(list(IDS)), day.isoformat(), lottery.choice([100, 250, -30]), cost))
    for client_id in IDS.values():
        moved = FIRST + timedelta(days=lottery.randrange(1, 29))
        holdings += [
            (client_id, 10 + client_id % 2, None, moved - timedelta(days=1 + lottery.randrange(3))),
            (client_id, 12, moved, None),
        ]
    firm.sell(*sales)
    table = pa.Table.from_pylist([dict(zip(HOLDINGS.names, row, strict=True)) for row in holdings], schema=HOLDINGS)
    found = money_of_holders(firm.base, holdings=table, first=FIRST, until=UNTIL)

    told = {}
    for client, day, revenue, cost in ((name, date.fromisoformat(day), *money) for name, day, *money in sales):
        for client_id, seller, first, last in holdings:
            is_held = (first is None or first <= day) and (last is None or day <= last)
            if client_id == IDS[client] and FIRST <= day <= UNTIL and is_held:
                one = told.setdefault((seller, day), [0, 0, 0, 0])
                one[0] += revenue > 0
                one[1] += revenue
                one[2] += 0 if cost is None else revenue - cost
                one[3] += revenue if cost is None else 0
    assert {
        (row.seller_id, row.sold_on): [row.orders, row.revenue, row.margin, row.revenue_without_cost] for row in found
    } == told


def test_money_of_clients_is_of_them_alone(firm):
    firm.sell(("birch", "2026-04-02", 100, 60), ("birch", "2026-05-01", 100, 60), ("cedar", "2026-04-02", 7, None))
    found = money_of_clients(firm.base, client_ids=[IDS["birch"]], first=FIRST, until=UNTIL)
    assert {client: (one.purchase_days, one.margin) for client, one in found.items()} == {
        IDS["birch"]: (1, Decimal(40))
    }
