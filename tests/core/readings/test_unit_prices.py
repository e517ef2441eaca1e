"""What a client paid before he fell silent, against his own usual price and against what others paid."""

from datetime import date
from decimal import Decimal

import pytest

from clientarium.core.readings import Attempt, BoughtSince, PriceChange, bought_since, price_changes, product_groups_of
from tests.core.firm import IDS, Firm, firm_in

NOW = date(2025, 12, 31)
BIRCH, CEDAR, OAK, *_ = IDS.values()


def bolts(client, day, *, price, quantity=10):
    return client, day, price * quantity, 1, {"product": "bolts", "quantity": Decimal(quantity)}


@pytest.fixture(scope="module")
def firm(tmp_path_factory) -> Firm:
    """Birch paid 10, 12, 11 and at last 15 for a bolt; others 12 about then, and 9 after he had left."""
    firm = firm_in(tmp_path_factory.mktemp("home"))
    firm.sell(
        bolts("birch", "2024-01-10", price=99),  # more than a year before his last purchase
        bolts("birch", "2025-01-10", price=10),
        bolts("birch", "2025-02-10", price=12),
        bolts("birch", "2025-03-10", price=11),
        bolts("birch", "2025-05-10", price=15),
        ("birch", "2025-05-10", 40, 1, {"product": "drill"}),  # nobody wrote how many
        *[bolts("cedar", day, price=12) for day in ("2025-04-01", "2025-05-01")],
        *[bolts("oak", day, price=9) for day in ("2025-06-01", "2025-07-01")],
        bolts("oak", "2025-11-01", price=500),  # past the quarter
    )
    firm.load("products", [{"product": "bolts", "name": "Bolts M8", "product_group": "fasteners"}])
    return firm


def test_last_price_stands_against_his_usual_one_and_against_others(firm):
    (found,) = price_changes(firm.base, client_id=BIRCH, as_of=NOW)
    assert found == PriceChange(
        product="bolts",
        product_name="Bolts M8",
        product_group="fasteners",
        last_on=date(2025, 5, 10),
        revenue=Decimal(480),
        paid=15.0,
        usual=11.0,
        others_before=12.0,
        others_after=9.0,
    )
    assert (round(found.rise, 3), found.above_others, found.rise_since) == (0.364, 0.25, -0.25)


def test_products_of_his_last_year_come_by_money(firm):
    assert product_groups_of(firm.base, client_ids=[BIRCH], as_of=NOW) == {
        BIRCH: [("Bolts M8", "fasteners", Decimal(480)), ("drill", None, Decimal(40))]
    }


def test_purchases_since_are_counted_by_days_with_a_positive_sum(firm):
    attempts = [
        Attempt(1, BIRCH, date(2025, 2, 10)),
        Attempt(2, CEDAR, date(2025, 5, 1)),
        Attempt(3, BIRCH, date(2025, 6, 1)),
    ]
    assert bought_since(firm.base, attempts=attempts, until=NOW) == {
        1: BoughtSince(date(2025, 2, 10), date(2025, 3, 10), Decimal(420), Decimal(416)),
        2: BoughtSince(date(2025, 5, 1), None, Decimal(120), Decimal(119)),
    }
