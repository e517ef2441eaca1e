"""`clientarium plan`: the month of each seller, as a program reads it."""

from datetime import date

import pytest

from tests.decisions.plans.conftest import APRIL, base, home

__all__ = ["base", "home"]

pytestmark = pytest.mark.django_db


def test_the_document_tells_zero_from_not_asked(base):
    from decimal import Decimal

    from clientarium.decisions.plans import answer_growth
    from clientarium.interfaces.cli.plans import plan_document, plan_rows

    answer_growth(APRIL, base.birch, margin=Decimal(0), by=base.anna)
    found = plan_document(date(2026, 4, 15))
    assert (found["month"], found["basis"], found["approved"], found["as_of"]) == (
        "2026-04",
        "state",
        False,
        date(2026, 3, 31),
    )
    anna, boris = found["sellers"]
    assert (anna["growth"], boris["growth"]) == ({"margin": 0.0, "asked": 1}, {"margin": None, "asked": 0})
    assert (anna["plan"], boris["plan"], anna["end"], anna["fact"]["until"]) == (1000.0, 3000.0, None, None)
    assert [row[:3] for row in plan_rows(found)] == [("Анна", 1, 1000), ("Борис", 1, 3000)]


def test_before_the_first_count_there_are_no_sellers_to_show(home, cast):
    from clientarium.interfaces.cli.plans import heading, plan_document

    found = plan_document(APRIL)
    assert (found["sellers"], found["basis"]) == ([], "none")
    assert len(list(heading(found))) == 1
