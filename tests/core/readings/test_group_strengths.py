"""Groups of clients and goods: each sum against the rows it was made of, in plain Python."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from clientarium.core.readings import (
    Cut,
    Newcomers,
    Tickets,
    clients_of_part,
    clients_with_tickets,
    newcomers,
    strengths,
    tallies_by_group,
    tickets_of,
)
from tests.core.firm import IDS, Firm, firm_in, monthly

NOW = date(2025, 12, 31)
BIRCH, CEDAR, OAK, MAPLE, ROWAN = IDS.values()
CARDS = pa.table(
    {
        "client_id": pa.array(IDS.values(), pa.int64()),
        "segment": ["Стройка", "Стройка", "Розница", None, "Розница"],
    }
)


@pytest.fixture(scope="module")
def firm(tmp_path_factory) -> Firm:
    """Birch and cedar build, oak and rowan are shops, maple is not filled in; rowan never bought."""
    firm = firm_in(tmp_path_factory.mktemp("home"))
    bolts, nuts = {"product": "b", "channel": "Офис"}, {"product": "n", "channel": "Сайт"}
    firm.sell(
        *((*sale, bolts) for sale in monthly("birch", "2024-02-10", 20, 1_000, 700)),
        ("cedar", "2024-06-01", 900, 800, nuts),
        ("cedar", "2025-06-01", 500, 400, {**nuts, "discount": Decimal(500)}),
        ("oak", "2025-03-03", 200, 100, {**bolts, "discount": Decimal(0)}),
        ("oak", "2025-03-09", -200, -100, {**bolts, "is_return": True}),
        ("oak", "2025-04-04", 300, None, nuts),
        ("maple", "2024-03-03", 100, 50, nuts),
    )
    firm.load(
        "products",
        [
            {"product": "b", "name": "Болт", "product_group": "Крепёж"},
            {"product": "n", "name": "Гайка", "product_group": "Метизы"},
        ],
    )
    firm.touch(("oak", "2025-05-05", 5))
    firm.load(
        "touches",
        [
            {"client_key": "oak", "touched_on": date(2025, 5, 6), "kind": "ticket", "touch_id": "t1"},
            {"client_key": "birch", "touched_on": date(2024, 5, 6), "kind": "ticket", "touch_id": "t2"},
        ],
    )
    firm.pulse("2025-12-31", cards=CARDS)
    return firm


def sums(tallies, *names):
    return {
        group: tuple(round(sum(getattr(one, name) for one in heaps), 2) for name in names)
        for group, heaps in tallies_by_group(tallies).items()
    }


def test_segments_count_clients_as_the_metrics_do(firm):
    measure, found = strengths(firm.base, cut=Cut.CLIENT, column="segment", as_of=NOW)
    assert measure == "margin"
    names = ("clients", "bought", "bought_before", "stayed", "repeated", "revenue", "margin")
    assert sums(found, *names) == {
        "Стройка": (2, 2, 2, 2, 1, 9_500.0, 2_800.0),
        "Розница": (2, 1, 0, 0, 1, 300.0, 0.0),
        None: (1, 0, 1, 0, 0, 0.0, 0.0),
    }


def test_discounts_are_of_lines_that_tell_them(firm):
    _measure, found = strengths(firm.base, cut=Cut.CLIENT, column="segment", as_of=NOW)
    assert sums(found, "list_price", "discount", "told", "undiscounted") == {
        "Стройка": (1_000.0, 500.0, 1, 0),
        "Розница": (200.0, 0.0, 1, 1),
        None: (0.0, 0.0, 0, 0),
    }


def test_goods_count_who_paid_more_than_he_brought_back(firm):
    _measure, found = strengths(firm.base, cut=Cut.PRODUCT_GROUP, as_of=NOW)
    assert sums(found, "clients", "bought", "bought_before", "stayed", "repeated", "revenue", "margin") == {
        "Крепёж": (2, 1, 1, 1, 1, 9_000.0, 2_700.0),
        "Метизы": (3, 2, 2, 1, 0, 800.0, 100.0),
    }


def test_a_part_of_the_base_sees_its_own_sums(firm):
    _measure, found = strengths(firm.base, cut=Cut.CHANNEL, as_of=NOW, client_ids=[CEDAR])
    assert sums(found, "bought", "revenue") == {"Сайт": (1, 500.0)}


def test_goods_open_to_their_buyers(firm):
    asked = {"cut": Cut.PRODUCT_GROUP, "as_of": NOW}
    assert clients_of_part(firm.base, part="Метизы", **asked) == [CEDAR, OAK]
    assert clients_of_part(firm.base, part="Крепёж", **asked) == [BIRCH]
    assert clients_of_part(firm.base, part="Крепёж", client_ids=[OAK], **asked) == []
    assert clients_of_part(firm.base, part=None, **asked) == []


def test_newcomers_who_came_again_within_half_a_year(firm):
    found = newcomers(firm.base, column="segment", as_of=NOW)
    assert found == [Newcomers("Розница", 1, 1), Newcomers("Стройка", 2, 1), Newcomers(None, 1, 0)]


def test_tickets_of_both_years(firm):
    assert tickets_of(firm.base, as_of=NOW) == Tickets(1, 1, 1, 1)
    assert clients_with_tickets(firm.base, as_of=NOW) == [OAK]
    assert clients_with_tickets(firm.base, as_of=NOW, client_ids=[BIRCH]) == []
