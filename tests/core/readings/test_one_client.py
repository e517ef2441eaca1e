"""The card of one client, and the same questions about a client one may not see."""

from datetime import date
from decimal import Decimal

import pytest

from clientarium.core.readings import (
    ClientMonth,
    client_documents,
    client_months,
    client_payments,
    client_touches,
    document_lines,
    lines_behind,
)
from tests.core.firm import IDS, Firm, firm_in

NOW = date(2025, 12, 31)
BIRCH, CEDAR, *_ = IDS.values()


@pytest.fixture(scope="module")
def firm(tmp_path_factory) -> Firm:
    """Birch: bolts every quarter, nails long ago, one return; the last document has two lines, one day has none."""
    firm = firm_in(tmp_path_factory.mktemp("home"))
    firm.sell(
        ("birch", "2024-03-01", 50, 30, {"product": "nails"}),
        ("birch", "2025-03-01", 100, 60, {"product": "bolts", "quantity": Decimal(10)}),
        ("birch", "2025-06-01", 100, None, {"product": "bolts", "quantity": Decimal(10)}),
        ("birch", "2025-06-20", -40, -24, {"product": "bolts", "quantity": Decimal(-4), "is_return": True}),
        ("birch", "2025-09-01", 100, 60, {"product": "bolts", "doc_id": "N7", "line_no": 1}),
        ("birch", "2025-09-01", 20, 10, {"product": "screws", "doc_id": "N7", "line_no": 2}),
        ("birch", "2025-11-05", 5, 1, {"doc_id": None}),
        ("birch", "2026-01-05", 999, 1),
        ("cedar", "2025-09-01", 7_000, 1),
    )
    firm.load("products", [{"product": "bolts", "name": "Bolts M8", "product_group": "fasteners"}])
    firm.touch(("birch", "2025-09-02", 15), ("cedar", "2025-09-02", 30))
    due = {"due_on": date(2025, 10, 1), "paid_on": date(2025, 10, 11), "amount": Decimal(120), "doc_id": "N7"}
    firm.load("payments", [{"client_key": "birch", **due}, {"client_key": "cedar", **due}])
    firm.pulse("2025-12-31")
    return firm


def test_months_hold_money_orders_and_touches(firm):
    months = client_months(firm.base, client_id=BIRCH, as_of=NOW)
    assert len(months) == 24
    assert [month for month in months if month.revenue or month.touches] == [
        ClientMonth(date(2024, 3, 1), Decimal(50), Decimal(20), 1, 0, None),
        ClientMonth(date(2025, 3, 1), Decimal(100), Decimal(40), 1, 0, None),
        ClientMonth(date(2025, 6, 1), Decimal(60), Decimal(-16), 1, 0, None),
        ClientMonth(date(2025, 9, 1), Decimal(120), Decimal(50), 1, 1, 15.0),
        ClientMonth(date(2025, 11, 1), Decimal(5), Decimal(4), 1, 0, None),
    ]


def test_documents_come_in_pages_newest_first(firm):
    first = client_documents(firm.base, client_id=BIRCH, as_of=NOW, limit=2)
    assert [(document.sold_on, document.doc_id, document.lines, document.revenue) for document in first] == [
        (date(2025, 11, 5), None, 1, Decimal(5)),
        (date(2025, 9, 1), "N7", 2, Decimal(120)),
    ]
    cursor = (first[-1].sold_on, first[-1].key)
    rest = client_documents(firm.base, client_id=BIRCH, as_of=NOW, before=cursor)
    assert [(document.sold_on, document.is_return, document.margin) for document in rest] == [
        (date(2025, 6, 20), True, Decimal(-16)),
        (date(2025, 6, 1), False, None),
        (date(2025, 3, 1), False, Decimal(40)),
        (date(2024, 3, 1), False, Decimal(20)),
    ]


def test_document_opens_to_its_lines(firm):
    key = client_documents(firm.base, client_id=BIRCH, as_of=NOW, limit=2)[1].key
    lines = document_lines(firm.base, client_id=BIRCH, key=key, as_of=NOW)
    assert [(line.line_no, line.product_name, line.product, line.revenue) for line in lines] == [
        (1, "Bolts M8", "bolts", Decimal(100)),
        (2, None, "screws", Decimal(20)),
    ]
    assert document_lines(firm.base, client_id=CEDAR, key=key, as_of=NOW) == []


def test_touches_and_payments(firm):
    assert [(touch.touched_on, touch.minutes) for touch in client_touches(firm.base, client_id=BIRCH, as_of=NOW)] == [
        (date(2025, 9, 2), Decimal(15))
    ]
    paid, early = (
        [(payment.paid_on, payment.late_days) for payment in client_payments(firm.base, client_id=BIRCH, as_of=day)]
        for day in (NOW, date(2025, 10, 5))
    )
    assert (paid, early) == ([(date(2025, 10, 11), 10)], [(None, 4)])


def behind(firm, metric, **more):
    return lines_behind(
        firm.base, catalogue=firm.definitions.catalogue, metric=metric, client_id=BIRCH, as_of=NOW, **more
    )


def test_lines_behind_a_number_sum_to_it(firm):
    (lines,) = behind(firm, "revenue_12m")
    assert (lines.table, lines.after, lines.until, lines.count, lines.total) == (
        "sales", date(2024, 12, 31), NOW, 6, Decimal(285),
    )  # fmt: skip
    assert lines.total == firm.states("2025-12-31", "revenue_12m")["birch"]
    assert sum(line.revenue for line in lines.rows) == lines.total


def test_lines_behind_a_number_made_of_others(firm):
    windows = [(lines.table, lines.after, lines.until, lines.total) for lines in behind(firm, "revenue_12m_change")]
    assert windows == [
        ("sales", date(2024, 12, 31), NOW, Decimal(285)),
        ("sales", date(2023, 12, 31), date(2024, 12, 31), Decimal(50)),
    ]


def test_touches_and_payments_behind_a_number(firm):
    (touches,), (payments,) = behind(firm, "touches_12m"), behind(firm, "overdue_days_12m")
    assert (touches.table, touches.count, touches.total) == ("touches", 1, Decimal(15))
    assert (payments.table, payments.count, payments.total) == ("payments", 1, Decimal(120))


def test_nothing_of_a_client_one_may_not_see(firm):
    hidden = {"client_id": BIRCH, "as_of": NOW, "client_ids": [CEDAR]}
    assert [month.revenue for month in client_months(firm.base, **hidden)] == [0] * 24
    assert client_documents(firm.base, **hidden) == []
    assert client_touches(firm.base, **hidden) == []
    assert client_payments(firm.base, **hidden) == []
    key = client_documents(firm.base, client_id=BIRCH, as_of=NOW)[1].key
    assert document_lines(firm.base, key=key, **hidden) == []
    assert behind(firm, "revenue_12m", client_ids=[CEDAR]) == []


def test_lines_are_those_of_the_snapshots_ledger(firm, tmp_path):
    own = firm_in(tmp_path)
    own.sell(("birch", "2025-05-01", 100, 50))
    own.pulse("2025-12-31")
    own.sell(("birch", "2025-06-01", 900, 50))
    (lines,) = behind(own, "revenue_12m")
    assert lines.total == own.states("2025-12-31", "revenue_12m")["birch"] == 100
