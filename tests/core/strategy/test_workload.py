"""Hours a month a client needs, checked by hand."""

import pytest

from clientarium.core.strategy import Ceiling, WorkRules, a_month, contacts_a_month, hours_a_month, sellers_fed

RULES = WorkRules(
    quiet_days=92,
    other_minutes=8,
    document_minutes=10,
    minutes={"A": 30.0},
    ceilings={"grade": {"A": 4.0, "D": 0.25, "EEE": 0.0}, "lifecycle": {"new": 2.0}},
)


@pytest.mark.parametrize(
    ("gap", "is_lost", "categories", "contacts"),
    [
        (30.4375, False, {"grade": "A"}, 1.0),  # an order a month, a contact a month
        (5.0, False, {"grade": "A"}, 4.0),  # weekly orders, but not more than the play allows
        (30.4375, False, {"grade": "A", "lifecycle": "new"}, 1.0),
        (7.0, False, {"grade": "A", "lifecycle": "new"}, 2.0),  # the tightest ceiling holds
        (30.4375, False, {"grade": "D"}, 0.25),
        (None, False, {}, 30.4375 / 92),  # no rhythm: once a quarter
        (10.0, True, {}, 30.4375 / 92),  # lost: the rhythm is of the past
        (0.0, False, {}, 30.4375 / 92),
        (10.0, False, {"grade": "EEE"}, 0.0),  # the stop list
    ],
)
def test_contacts_a_month(gap, is_lost, categories, contacts):
    found = contacts_a_month(typical_gap_days=gap, is_lost=is_lost, categories=categories, rules=RULES)
    assert found == pytest.approx(contacts)


def test_hours_are_contacts_and_documents():
    """Two contacts of 30 minutes, two orders a month of 10 minutes each: 80 minutes."""
    assert hours_a_month(2.0, category="A", orders_12m=24, rules=RULES) == pytest.approx(80 / 60)
    assert hours_a_month(2.0, category=None, orders_12m=0, rules=RULES) == pytest.approx(16 / 60)


def test_a_ceiling_as_contacts_a_month():
    assert a_month(Ceiling(1, 7)) == pytest.approx(4.348, abs=0.001)
    assert a_month(Ceiling(3)) == 0.0


@pytest.mark.parametrize(
    ("clients", "hours", "sellers"), [(110, 0.0, 2.0), (11, 150.0, 1.5), (0, 0.0, 0.0), (55, 100.0, 1.0)]
)
def test_sellers_fed_by_heads_or_by_hours_whichever_is_more(clients, hours, sellers):
    assert sellers_fed(clients, hours, norm=55, hours_month=100) == pytest.approx(sellers)


def test_nobody_is_fed_by_a_norm_of_nothing():
    assert sellers_fed(10, 10.0, norm=0, hours_month=0) == 0.0
