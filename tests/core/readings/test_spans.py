"""Orders, money and minutes of clients in a span: against the rows one sees, and the norms of the firm."""

from datetime import date
from decimal import Decimal

import pytest

from clientarium.core.readings import client_periods
from tests.core.firm import IDS, firm_in

SPRING = (date(2026, 3, 1), date(2026, 3, 31))
APRIL = (date(2026, 4, 1), date(2026, 4, 30))


@pytest.fixture
def firm(tmp_path):
    return firm_in(tmp_path)


def test_a_span_counts_its_own_days_and_clients(firm):
    firm.sell(
        ("birch", "2026-03-01", 100, 60),
        ("birch", "2026-03-31", 50, None),
        ("birch", "2026-04-01", 70, 60),
        ("birch", "2026-03-10", -20, -15),
        ("cedar", "2026-03-05", 9, 1),
    )
    firm.touch(("birch", "2026-03-02", 30), ("birch", "2026-04-30", 45), ("oak", "2026-03-02", 5))
    norms = firm.definitions.norms
    ids = [IDS["birch"], IDS["oak"]]
    march, april = client_periods(firm.base, client_ids=ids, spans=[SPRING, APRIL], norms=norms)
    document = float(norms.minutes_per_document())
    birch = march[IDS["birch"]]
    assert (birch.orders, birch.revenue, birch.margin) == (2, Decimal(130), Decimal(35))
    assert birch.minutes == pytest.approx(30 + 3 * document)
    assert (march[IDS["oak"]].orders, march[IDS["oak"]].minutes) == (0, 5)
    assert april[IDS["birch"]].margin == Decimal(10)
    assert april.keys() == {IDS["birch"]}


def test_unmeasured_touches_take_their_norm(firm):
    row = {"client_key": "birch", "touched_on": date(2026, 3, 2), "minutes": None}
    firm.load("touches", [row | {"touch_id": "1", "kind": "meeting"}, row | {"touch_id": "2", "kind": "letter"}])
    (march,) = client_periods(firm.base, client_ids=[IDS["birch"]], spans=[SPRING], norms=firm.definitions.norms)
    assert march[IDS["birch"]].minutes == 66  # an hour and six minutes
