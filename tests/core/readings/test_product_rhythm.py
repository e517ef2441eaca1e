"""What a client takes, has lost the habit of, and is due to take again."""

from datetime import date
from decimal import Decimal

import pytest

from clientarium.core.readings import Product, client_products, products_of
from tests.core.firm import IDS, Firm, firm_in

NOW = date(2025, 12, 31)
BIRCH, CEDAR, OAK, *_ = IDS.values()


def bought(client, product, *days, **more):
    return [(client, day, 100, 60, {"product": product, "quantity": Decimal(10), **more}) for day in days]


@pytest.fixture(scope="module")
def firm(tmp_path_factory) -> Firm:
    """Birch buys monthly: bolts always, drills until June, a hammer once; Cedar has gone quiet; Oak is not asked for."""
    firm = firm_in(tmp_path_factory.mktemp("home"))
    months = [f"2025-{month:02}-10" for month in range(1, 13)]
    firm.sell(
        *bought("birch", "bolts", *months),
        *bought("birch", "drills", *months[:6]),
        *bought("birch", "hammer", "2025-11-10"),
        *bought("cedar", "bolts", "2025-01-10", "2025-02-10", "2025-03-10"),
        *bought("oak", "bolts", "2025-12-30"),
        ("birch", "2026-01-05", 999, 1, {"product": "bolts"}),
    )
    firm.sell(("birch", "2025-12-20", -50, -30, {"product": "bolts", "is_return": True}))
    firm.load("products", [{"product": "bolts", "name": "Bolts M8", "product_group": "fasteners"}])
    firm.pulse("2025-12-31")
    return firm


def test_product_he_takes_has_its_rhythm_and_the_day_it_is_due(firm):
    assert client_products(firm.base, client_id=BIRCH, as_of=NOW)[0] == Product(
        product="bolts",
        product_name="Bolts M8",
        product_group="fasteners",
        days=12,
        first_on=date(2025, 1, 10),
        last_on=date(2025, 12, 10),
        typical_gap_days=31.0,
        quantity=Decimal(10),
        revenue=Decimal(1150),
        orders_since=0,
        share=1.0,
        due_on=date(2026, 1, 10),
        is_lost=False,
        is_stopped=False,
    )


def test_product_left_out_of_six_orders_is_lost_while_he_still_buys(firm):
    drills = client_products(firm.base, client_id=BIRCH, as_of=NOW)[1]
    # Six of six orders: (1 - 7/8) ** 6 is far under one in twenty.
    assert (drills.product, drills.orders_since, drills.is_lost, drills.is_stopped) == ("drills", 6, True, True)
    assert drills.due_on is None


def test_product_bought_once_is_no_habit(firm):
    hammer = client_products(firm.base, client_id=BIRCH, as_of=NOW)[2]
    assert (hammer.typical_gap_days, hammer.due_on, hammer.is_lost, hammer.is_stopped) == (None, None, False, False)


def test_product_of_a_silent_client_is_stopped_but_not_lost(firm):
    (bolts,) = client_products(firm.base, client_id=CEDAR, as_of=NOW)
    assert (bolts.orders_since, bolts.is_lost, bolts.is_stopped) == (0, False, True)


def test_order_nearest_to_the_due_day_holds_the_product(firm):
    bolts = client_products(firm.base, client_id=BIRCH, as_of=NOW)[0]
    assert bolts.is_due_by(date(2026, 1, 10), order_gap_days=30)
    assert bolts.is_due_by(date(2025, 12, 28), order_gap_days=30)
    assert not bolts.is_due_by(date(2025, 12, 20), order_gap_days=30)


def test_products_of_several_clients_are_those_asked_for(firm):
    found = products_of(firm.base, client_ids=[BIRCH, CEDAR], as_of=NOW)
    assert {client: [product.product for product in products] for client, products in found.items()} == {
        BIRCH: ["bolts", "drills", "hammer"],
        CEDAR: ["bolts"],
    }


def test_products_of_a_client_one_may_not_see_are_none(firm):
    assert client_products(firm.base, client_id=OAK, as_of=NOW, client_ids=[BIRCH, CEDAR]) == []
