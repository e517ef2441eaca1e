"""What every service spends on whom, and the whale curve: counted by hand on a small firm."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from clientarium.core.readings import (
    ServiceMinutes,
    WhaleTenth,
    attention_against_margin,
    load_counts,
    priced,
    service_minutes,
    whale_curve,
)
from tests.core.firm import IDS, Firm, firm_in

NOW = date(2025, 12, 31)
BIRCH, CEDAR, OAK, MAPLE, ROWAN = IDS.values()


@pytest.fixture(scope="module")
def firm(tmp_path_factory) -> Firm:
    """Birch brings 900 by one document, cedar 100 by two and most of the work; maple takes time and buys nothing."""
    firm = firm_in(tmp_path_factory.mktemp("home"))
    firm.sell(
        ("birch", "2025-02-01", 2_000, 1_100),
        ("cedar", "2025-03-01", 500, 450),
        ("cedar", "2025-04-01", 500, 450),
        ("oak", "2024-12-31", 5_000, 1_000),
    )
    touches = [
        ("cedar", "2025-03-02", "call", "Продажи", 40),
        ("cedar", "2025-03-03", "call", None, None),
        ("cedar", "2025-03-04", "delivery", "Логистика", None),
        ("birch", "2025-03-05", "document", "accounting", None),
        ("maple", "2025-03-06", "campaign", "marketing", None),
        ("oak", "2024-12-31", "visit", None, 500),
    ]
    firm.load(
        "touches",
        [
            {
                "client_key": client,
                "touched_on": date.fromisoformat(day),
                "kind": kind,
                "department": department,
                "minutes": None if minutes is None else Decimal(minutes),
                "touch_id": str(number),
            }
            for number, (client, day, kind, department, minutes) in enumerate(touches)
        ],
    )
    firm.pulse("2025-12-31")
    return firm


def asked(firm, by, **more):
    return service_minutes(firm.base, as_of=NOW, norms=firm.definitions.norms, by=by, **more)


def test_a_year_of_one_client_by_service_and_kind(firm):
    """Without minutes: a call 8, a delivery 30. A document: 10 of sales, 8 of accounting, 15 of the warehouse."""
    assert set(asked(firm, "client", client_ids=[CEDAR])) == {
        ServiceMinutes(CEDAR, "sales", "call", 2, 40.0, 8.0, Decimal("733.33")),  # 40 min at 900, 8 at 1000
        ServiceMinutes(CEDAR, "logistics", "delivery", 1, 0.0, 30.0, Decimal("450.00")),
        ServiceMinutes(CEDAR, "sales", "sale", 2, 0.0, 20.0, Decimal("333.33")),
        ServiceMinutes(CEDAR, "accounting", "sale", 2, 0.0, 16.0, Decimal("213.33")),
        ServiceMinutes(CEDAR, "warehouse", "sale", 2, 0.0, 30.0, Decimal("300.00")),
    }


@pytest.mark.parametrize("by", ["grade", "layer", "seller", None])
def test_all_keys_together_are_the_minutes_of_the_snapshot(firm, by):
    states = firm.states("2025-12-31", "minutes_12m", "cost_to_serve_12m")
    rows = asked(firm, by)
    assert sum(row.minutes for row in rows) == pytest.approx(sum(minutes for minutes, _cost in states.values()))
    cost = sum(cost for _minutes, cost in states.values())
    assert float(sum(row.money for row in rows)) == pytest.approx(float(cost), abs=0.1)


def test_shares_are_those_of_the_pulse(firm):
    parts = attention_against_margin(firm.base, scheme="grade", as_of=NOW)
    rows = asked(firm, "grade")
    whole = sum(row.minutes for row in rows)
    shares = {key: sum(row.minutes for row in rows if row.key == key) / whole for key in {row.key for row in rows}}
    assert shares == pytest.approx({part.category: part.attention_share for part in parts if part.attention_share})


def test_what_people_decided_counts_instead(firm):
    decided = pa.table({"client_id": pa.array([CEDAR], pa.int64()), "category": pa.array(["EE"], pa.string())})
    rows = asked(firm, "grade", decided=decided)
    assert {row.key: row.count for row in rows if row.kind == "delivery"} == {"EE": 1}


def test_only_the_clients_one_sees_are_counted(firm):
    assert asked(firm, None, client_ids=[]) == []
    assert {row.key for row in asked(firm, "client", client_ids=[BIRCH, ROWAN])} == {BIRCH}


def test_other_norms_need_no_other_counting(firm):
    norms = firm.definitions.norms
    counted = load_counts(firm.base, as_of=NOW, by=None)
    dearer = replace(norms, document_minutes={"sales": Decimal(60)})
    hours = {row.service: row.minutes for row in priced(counted, dearer) if row.kind == "sale"}
    assert (counted.measure, hours) == ("margin", {"sales": 180.0})


def test_the_whale_curve_climbs_and_falls(firm):
    """After service: birch 900 − 423.33 − 133.33; maple −15 of one campaign; cedar 100 − 846.67 − 1183.33."""
    curve = whale_curve(firm.base, as_of=NOW)
    assert (curve.measure, curve.clients, curve.earners, curve.losers, curve.unknown) == ("margin", 3, 1, 2, 0)
    states = firm.states("2025-12-31", "margin_after_service_12m")
    birch, cedar, maple = (states[name] for name in ("birch", "cedar", "maple"))
    assert (curve.peak, curve.lost, curve.total) == (birch, cedar + maple, birch + cedar + maple)
    assert curve.peak_share is None
    assert [(point.place, point.money) for point in curve.points] == [
        (1, birch),
        (2, birch + maple),
        (3, birch + maple + cedar),
    ]
    assert curve.tenths[0] == WhaleTenth(1, 1, birch, birch, birch, birch)
    assert sum(tenth.clients for tenth in curve.tenths) == 3


def test_by_documents_alone_the_touches_cost_nothing(firm):
    curve = whale_curve(firm.base, as_of=NOW, cost_per_document=Decimal(100))
    assert (curve.clients, curve.total, curve.lost) == (2, Decimal(900 - 100 + 100 - 200), Decimal(100 - 200))


def test_nobody_makes_no_curve(firm):
    curve = whale_curve(firm.base, as_of=NOW, client_ids=[])
    assert (curve.clients, curve.points, curve.tenths, curve.total) == (0, (), (), Decimal(0))
