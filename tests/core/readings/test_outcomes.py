"""Sums of snapshots that tell resilience, predictability and strength; what was foretold against what came."""

from datetime import date

import pytest

from clientarium.core.readings import Bearers, foreseen, outcome_heaps
from tests.core.firm import IDS, Firm, firm_in, monthly

THEN, NOW = date(2024, 12, 31), date(2025, 12, 31)


@pytest.fixture(scope="module")
def firm(tmp_path_factory) -> Firm:
    firm = firm_in(tmp_path_factory.mktemp("home"))
    firm.sell(
        *monthly("birch", "2024-01-10", 24, 1_000, 400),
        *monthly("cedar", "2024-01-12", 12, 500, 300),
        ("oak", "2025-02-02", 100, 80),
        ("oak", "2025-02-03", 10, 30),
    )
    firm.pulse("2024-12-31")
    firm.pulse("2025-12-31")
    return firm


def totals(heaps, day, *names):
    return tuple(sum(getattr(one, name) or 0 for one in heaps if one.as_of == day) for name in names)


def test_heaps_add_up_to_the_base_of_each_date(firm):
    measure, heaps, half = outcome_heaps(firm.base, dates=[THEN, NOW])
    assert measure == "margin"
    names = ("clients", "money", "bought", "bought_before", "stayed", "repeated")
    assert totals(heaps, THEN, *names) == (5, 9_600.0, 2, 0, 0, 2)
    assert totals(heaps, NOW, *names) == (5, 7_200.0, 2, 2, 1, 2)
    assert totals(heaps, THEN, "squares") == (7_200.0**2 + 2_400.0**2,)
    assert half == [Bearers(THEN, 1, 2), Bearers(NOW, 1, 1)]


def test_heaps_of_a_part_of_the_base(firm):
    _measure, heaps, _half = outcome_heaps(firm.base, dates=[THEN], client_ids=[IDS["cedar"]])
    assert totals(heaps, THEN, "clients", "money") == (1, 2_400.0)


def test_unknown_effort_is_not_nought(firm):
    _measure, heaps, _half = outcome_heaps(firm.base, dates=[NOW])
    assert {(one.after_service, one.minutes) for one in heaps} == {(None, None)}


def test_foretold_meets_what_came_and_newcomers_stand_apart(firm):
    [found] = foreseen(firm.base, dates=[THEN, NOW], as_of=NOW)
    assert (found.as_of, found.came, found.newcomers) == (THEN, 3_000, 110)
    assert found.expected > 0
    assert foreseen(firm.base, dates=[NOW], as_of=NOW) == []
