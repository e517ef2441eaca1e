"""What similar clients take and he does not, in money: by hand on a few baskets."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from clientarium.core.ledger import Ledger, Snapshots
from clientarium.core.readings import Base, peer_potential
from tests.core.ledger.staging import stage

NOW = date(2025, 12, 31)
GROUPS = {"M6": "bolts", "M8": "bolts", "nut": "nuts", "rod": "wire", "tap": "rare", "axe": "tools"}
BASKETS = {
    "asked": {"M6": 100},
    **{f"peer{n}": {"M8": 100, "nut": 40 + 10 * n} for n in range(6)},  # nuts for 40, 50 … 90
    **{f"plain{n}": {"M6": 200} for n in range(4)},
    **{f"odd{n}": {"M6": 100, "tap": 500} for n in range(2)},
    **{f"other{n}": {"axe": 900} for n in range(9)},  # nothing in common with the asked one
}
NAMES = list(BASKETS)


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Base:
    home = tmp_path_factory.mktemp("home")
    rows = [line(client, product, money) for client, basket in BASKETS.items() for product, money in basket.items()] + [
        line("asked", "nut", 1000, on=date(2024, 12, 31))
    ]  # more than 12 months ago
    keys = pa.table({"client_key": NAMES, "client_id": pa.array(range(len(NAMES)), pa.int64())})
    ledger = Ledger(home / "ledger")
    ledger.load({"sales": stage(home / "a", "sales", rows)}, import_id="i1", source="1c", mode="append", keys=keys)
    products = [{"product": product, "name": product, "product_group": group} for product, group in GROUPS.items()]
    ledger.load(
        {"products": stage(home / "b", "products", products)}, import_id="i2", source="1c", mode="append", keys=None
    )
    return Base(ledger, Snapshots(home / "snapshots"))


def line(client, product, money, *, on=date(2025, 6, 1)):
    cost = None if product == "M6" else Decimal(money) * 3 / 4
    return {
        "client_key": client,
        "product": product,
        "sold_on": on,
        "revenue": Decimal(money),
        "cost": cost,
        "doc_id": f"{client}-{product}",
        "line_no": 1,
    }


def of(base, name, among=NAMES):
    candidates = [NAMES.index(one) for one in among if one != name]
    return peer_potential(base, client_id=NAMES.index(name), candidate_ids=candidates, as_of=NOW)


def test_potential_is_what_the_likest_take_and_he_does_not(base):
    found = of(base, "asked")
    # Twelve have something in common with him; six of them take nuts, for 390 together; two take taps: too few to tell.
    assert sorted(NAMES[peer] for peer in found.peer_ids) == sorted(
        name for name in NAMES if name.startswith(("peer", "plain", "odd"))
    )
    (nuts,) = found.groups
    assert (nuts.name, nuts.buyers, nuts.expected, nuts.margin_share) == ("nuts", 6, 390 / 12, 0.25)
    assert (nuts.usual_low, nuts.usual, nuts.usual_high) == (52.5, 65, 77.5)
    assert (found.expected, found.expected_margin) == (390 / 12, 390 / 48)
    assert 0 < found.low < found.expected < found.high < 65


def test_potential_is_the_same_every_time(base):
    assert of(base, "asked") == of(base, "asked")


def test_potential_of_whoever_takes_everything_is_nothing(base):
    found = of(base, "peer0")
    assert (found.groups, found.expected, found.is_known) == ((), 0, True)


def test_potential_with_few_peers_is_unknown(base):
    found = of(base, "asked", among=["plain0", "plain1", "peer0"])
    assert (found.is_known, found.groups, len(found.peer_ids)) == (False, (), 3)


def test_potential_without_a_basket_asks_the_candidates_in_their_order(base):
    nobody = 900
    order = [NAMES.index(f"peer{n}") for n in range(6)] + [NAMES.index(f"plain{n}") for n in range(4)]
    found = peer_potential(base, client_id=nobody, candidate_ids=order, as_of=NOW)
    assert found.peer_ids == tuple(order)
    assert [(group.name, group.buyers) for group in found.groups] == [("bolts", 10), ("nuts", 6)]
