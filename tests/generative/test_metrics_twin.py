"""Random small bases: DuckDB against plain Python, every metric of every client."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clientarium.core.metrics import compute
from tests.generative.twin import TWINS, Base
from tests.spec.examples import packaged_catalogue
from tests.spec.tables import NORMS, Facts, MemoryEngine, cards_table, clients_table, forecast_table

AS_OF = st.sampled_from(
    [date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 31), date(2025, 12, 31), date(2025, 5, 15), date(2025, 3, 30)]
)
CLIENT_IDS = st.integers(1, 4)
AMOUNTS = (st.integers(-300, 900) | st.integers(10**9, 10**10)).map(lambda cents: Decimal(cents) / 4)
COSTS = st.none() | st.integers(0, 900).map(lambda cents: Decimal(cents) / 8)
DISCOUNTS = st.none() | st.integers(0, 40).map(Decimal)
FORECASTS = st.fixed_dictionaries({
    "client_id": CLIENT_IDS, "p_alive": st.floats(0, 1), "expected_orders_90d": st.floats(0, 30),
    "expected_margin_90d": st.none() | AMOUNTS, "expected_revenue_90d": AMOUNTS, "next_order_on": st.none() | st.dates(),
    "order_overdue_days": st.integers(0, 900), "rhythm": st.sampled_from(["regular", "irregular", "unknown"]),
})  # fmt: skip
CARDS = st.fixed_dictionaries({
    "client_id": CLIENT_IDS, "data_quality": st.none() | st.integers(0, 100), "valid_phones": st.integers(0, 3),
    "inn_check": st.sampled_from(["valid", "wrong", "missing"]), "days_since_verified": st.none() | st.integers(0, 900),
    "is_unreachable": st.booleans(), "has_refused": st.booleans(),
})  # fmt: skip


def days_near(as_of: date) -> st.SearchStrategy[date]:
    """Days of some three years, the borders of windows and the leap day among them."""
    borders = [
        as_of,
        as_of + timedelta(1),
        as_of - timedelta(1),
        date(2024, 2, 29),
        date(2024, 2, 28),
        date(2023, 2, 28),
    ]
    months = [
        date(as_of.year - back, month, 28) + timedelta(offset)
        for back in (0, 1, 2)
        for month in (1, 2, 3, 12)
        for offset in (-1, 0, 1, 3)
    ]
    return st.sampled_from(borders + months) | st.integers(-40, 1100).map(lambda back: as_of - timedelta(back))


@st.composite
def bases(draw: st.DrawFn) -> tuple[Facts, date]:
    as_of = draw(AS_OF)
    day = days_near(as_of)
    source = st.sampled_from(["1c", "site"])
    product = st.none() | st.sampled_from(["nail", "rope", "tar"])
    line = st.fixed_dictionaries({
        "client_id": CLIENT_IDS, "source": source, "doc_id": st.none() | st.sampled_from(["1", "2", "3", "4"]),
        "sold_on": day, "product": product, "revenue": AMOUNTS, "cost": COSTS, "discount": DISCOUNTS,
        "currency": st.just("RUB"), "is_return": st.just(False),
    })  # fmt: skip
    touch = st.fixed_dictionaries({
        "client_id": CLIENT_IDS, "source": source, "touched_on": day,
        "kind": st.sampled_from(["call", "meeting", "document", "ticket", "delivery"]),
        "department": st.sampled_from([None, "support", "accounting", "unheard of"]),
        "minutes": st.none() | st.integers(0, 300).map(Decimal),
    })  # fmt: skip
    payment = st.fixed_dictionaries({
        "client_id": CLIENT_IDS, "source": source, "due_on": st.none() | day, "paid_on": st.none() | day,
        "amount": st.integers(-10, 500).map(Decimal), "currency": st.just("RUB"),
    })  # fmt: skip
    facts = Facts()
    facts.rows["sales"] = draw(st.lists(line, max_size=40))
    facts.rows["touches"] = draw(st.lists(touch, max_size=8))
    facts.rows["payments"] = draw(st.lists(payment, max_size=8))
    facts.rows["products"] = [
        {"source": "1c", "product": "nail", "product_group": "metal"},
        {"source": "1c", "product": "rope", "product_group": draw(st.sampled_from(["metal", "hemp", None]))},
    ]
    facts.rows["forecast"] = draw(st.lists(FORECASTS, max_size=3, unique_by=lambda row: row["client_id"]))
    facts.rows["cards"] = draw(st.lists(CARDS, max_size=3, unique_by=lambda row: row["client_id"]))
    return facts, as_of


def engine_answers(facts: Facts, as_of: date, norms: Any) -> dict[int, dict[str, Any]]:
    engine = MemoryEngine(facts)
    expected = forecast_table(facts.rows.get("forecast", []))
    relation = compute(
        engine,
        packaged_catalogue(),
        as_of=as_of,
        norms=norms,
        clients=clients_table([2, 9]),
        forecast=expected,
        cards=cards_table(facts.rows.get("cards", [])),
    )
    found = {row["client_id"]: row for row in engine.rows(f"SELECT * FROM {relation}")}
    return {client: {name: row[name] for name in TWINS} for client, row in found.items()}


def comparable(value: Any) -> Any:
    """Divided money and doubles are compared to the fourth decimal of money and to nine figures."""
    if isinstance(value, float):
        return pytest.approx(value, rel=1e-9, abs=1e-9)
    return pytest.approx(value, abs=Decimal("0.00011")) if isinstance(value, Decimal) else value


def assert_alike(facts: Facts, as_of: date, norms: Any = NORMS) -> None:
    expected = facts.rows.get("forecast", [])
    slow = Base(
        facts.rows, ids=[2, 9], as_of=as_of, norms=norms, forecast=expected, cards=facts.rows.get("cards", [])
    ).answers()
    fast = engine_answers(facts, as_of, norms)
    assert fast.keys() == slow.keys()
    for client, values in slow.items():
        assert fast[client] == {name: comparable(value) for name, value in values.items()}


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(bases())
def test_every_metric_agrees_with_its_twin(base: tuple[Facts, date]) -> None:
    assert_alike(*base)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(bases())
def test_every_metric_agrees_with_its_twin_where_quintiles_are_used(base: tuple[Facts, date]) -> None:
    assert_alike(*base, norms=replace(NORMS, few_buyers=1))


def test_every_metric_agrees_with_its_twin_on_an_empty_base() -> None:
    assert_alike(Facts(), date(2025, 3, 31))


def test_every_metric_has_a_twin() -> None:
    assert set(packaged_catalogue().metrics) == set(TWINS)
