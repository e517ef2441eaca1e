"""Money before and after a day, counted by hand over a few sales."""

from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from clientarium.core.ledger import Ledger, Snapshots
from clientarium.core.readings import Around, Asked, Base, money_around
from tests.core.ledger.staging import stage

DAY = date(2026, 3, 1)


@pytest.fixture
def base(tmp_path):
    rows = [
        ("birch", "2026-02-19", "1000", "400"),  # ten days before: within the span
        ("birch", "2026-02-18", "9000", "1"),  # eleven: not
        ("birch", "2026-03-01", "500", "100"),  # the day itself is after
        ("cedar", "2026-03-10", "300", None),
        ("dill", "2026-02-25", "70", None),
    ]
    sales = [
        {
            "client_key": client,
            "sold_on": date.fromisoformat(day),
            "revenue": Decimal(revenue),
            "cost": None if cost is None else Decimal(cost),
            "doc_id": str(place),
            "product": "bolt",
        }
        for place, (client, day, revenue, cost) in enumerate(rows)
    ]
    keys = pa.table({"client_key": ["birch", "cedar", "dill"], "client_id": pa.array([1, 2, 3], pa.int64())})
    ledger = Ledger(tmp_path / "ledger")
    ledger.load(
        {"sales": stage(tmp_path / "staging", "sales", sales)}, import_id="i", source="1c", mode="append", keys=keys
    )
    return Base(ledger, Snapshots(tmp_path / "snapshots"))


def test_equal_spans_before_and_after(base):
    asked = [Asked(7, 1, DAY), Asked(7, 2, DAY), Asked(8, 3, DAY), Asked(9, 1, date(2026, 4, 1))]
    assert money_around(base, asked=asked, until=date(2026, 3, 10)) == {
        7: Around(10, "margin", Decimal(600), Decimal(400)),
        8: Around(10, "revenue", Decimal(70), Decimal(0)),  # no cost is known
    }


def test_nothing_asked_and_nothing_loaded(base, tmp_path):
    assert money_around(base, asked=[], until=DAY) == {}
    empty = Base(Ledger(tmp_path / "none"), base.snapshots)
    assert money_around(empty, asked=[Asked(1, 1, DAY)], until=DAY) == {}
