"""Who held a client before a decision, whatever the day his file was loaded on."""

from datetime import date, timedelta

import pytest

from clientarium.core.ground import UserError
from clientarium.decisions.clients import Holding, HoldingCause, hand_many, transfer_client, unhand_many

LOADED = date(2026, 11, 22)
DAY_BEFORE = LOADED - timedelta(days=1)


@pytest.fixture
def told(cast):
    """Birch as a file loaded on the 22nd tells of him: Anna's, nobody knows since when."""
    Holding.objects.filter(client=cast.birch).update(first_day=LOADED, cause=HoldingCause.SALES)
    return cast


def history(client):
    rows = Holding.objects.filter(client=client).order_by("first_day", "pk")
    return [(row.seller.name, row.first_day, row.last_day, row.cause) for row in rows]


@pytest.mark.parametrize("on", [LOADED, date(2026, 11, 2)])
def test_decision_of_the_day_of_loading_or_before_it_keeps_who_held_him(told, on):
    transfer_client(told.birch, to=told.boris_sells, on=on, reason="wave", by=told.head)
    before = on - timedelta(days=1)
    assert history(told.birch) == [("Анна", before, before, "sales"), ("Борис", on, None, "person")]


def test_handing_over_many_on_that_day_is_taken_back_exactly(told):
    was = history(told.birch)
    (written,) = hand_many([told.birch.pk], to=told.boris_sells, on=LOADED, reason="wave")
    assert history(told.birch)[0] == ("Анна", DAY_BEFORE, DAY_BEFORE, "sales")
    assert unhand_many({told.birch.pk: (written.before, written.after)}) == {told.birch.pk}
    assert history(told.birch) == was


def test_nothing_is_decided_before_what_a_person_decided(told):
    transfer_client(told.birch, to=told.boris_sells, on=LOADED, reason="wave", by=told.head)
    with pytest.raises(UserError):
        transfer_client(told.birch, to=told.anna_sells, on=date(2026, 11, 2), reason="mistake", by=told.head)
    transfer_client(told.birch, to=told.anna_sells, on=LOADED, reason="mistake", by=told.head)
    assert history(told.birch) == [("Анна", DAY_BEFORE, DAY_BEFORE, "sales"), ("Анна", LOADED, None, "person")]
