"""What similar clients take: by hand on a dozen clients."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from clientarium.core.ledger import Ledger, Snapshots
from clientarium.core.readings import Base, Offer, offers_for
from tests.core.ledger.staging import stage

NOW = date(2025, 12, 31)
BASKETS = {
    **{f"both{n}": ("drill", "bits") for n in range(6)},
    **{f"paint{n}": ("paint", "brush") for n in range(5)},
    **{f"rare{n}": ("drill", "laser") for n in range(4)},
    "asked": ("drill",),
    "nothing new": ("drill", "bits"),
}


@pytest.fixture(scope="module")
def base(tmp_path_factory) -> Base:
    home = tmp_path_factory.mktemp("home")
    rows = [
        {
            "client_key": client,
            "product": product,
            "sold_on": date(2025, 6, 1),
            "revenue": Decimal(100),
            "cost": None,
            "doc_id": client,
            "line_no": number,
        }
        for client, products in BASKETS.items()
        for number, product in enumerate(products, start=1)
    ]
    keys = pa.table({"client_key": list(BASKETS), "client_id": pa.array(range(len(BASKETS)), pa.int64())})
    ledger = Ledger(home / "ledger")
    staged = {"sales": stage(home / "staging", "sales", rows)}
    ledger.load(staged, import_id="i1", source="1c", mode="append", keys=keys)
    names = {"products": stage(home / "staging2", "products", [{"product": "bits", "name": "Bits, set of 10"}])}
    ledger.load(names, import_id="i2", source="1c", mode="append", keys=None)
    return Base(ledger, Snapshots(home / "snapshots"))


def client(name):
    return list(BASKETS).index(name)


def test_offer_names_what_goes_with_it_and_how_often(base):
    (offer,) = offers_for(base, client_ids=[client("asked")], as_of=NOW)[client("asked")]
    # Of 12 who take a drill 7 take bits; the cosine is 7 / √(12 · 7).
    assert offer == Offer(
        product="bits",
        product_name="Bits, set of 10",
        because="drill",
        because_name=None,
        confidence=pytest.approx(7 / 12),
        clients=7,
        score=pytest.approx(7 / (12 * 7) ** 0.5),
    )


def test_what_fewer_than_five_clients_share_is_never_told(base):
    offers = offers_for(base, client_ids=[client("asked")], as_of=NOW, most=10)
    assert "laser" not in [offer.product for offer in offers[client("asked")]]


def test_client_who_takes_everything_already_gets_no_offer(base):
    assert offers_for(base, client_ids=[client("nothing new"), client("paint0")], as_of=NOW) == {}


def test_purchases_older_than_a_year_bind_nothing(base):
    assert offers_for(base, client_ids=[client("asked")], as_of=date(2026, 12, 31)) == {}
