"""`clientarium stress`: the test as a program reads it, and as words."""

import pytest

from clientarium.core.ground import UserError
from tests.decisions.stress.conftest import base, home

__all__ = ["base", "home"]

pytestmark = pytest.mark.django_db


def document(**asked):
    from clientarium.interfaces.cli.stressing import stress_document

    return stress_document(**{"remove_top": None, "remove_where": "", "remove_clients": []} | asked)


def test_the_document_tells_the_hole_and_who_fills_it(base):
    from clientarium.interfaces.cli.stressing import heading, month_rows, successor_rows

    found = document(remove_top=1)
    assert found["removed"] == {"top": 1, "where": None, "clients": None}
    assert (found["base"]["verdict"], found["base"]["half_holders"]) == ("lottery", 1)
    assert (found["hole"]["margin"], found["hole"]["share"], found["hole"]["clients"]) == (600.0, 0.6, 1)
    assert [month["month"] for month in found["hole"]["months"]][::11] == ["2026-11", "2027-10"]
    (one,) = found["succession"]["successors"]
    assert (one["client"], one["source"], one["adds_month"], one["from"]) == (base.dill.name, "before", 12.5, "2026-11")
    assert (found["succession"]["filled_from"], len(found["quarters"])) == (None, 1)
    assert len(list(month_rows(found))) == 12
    assert [row[0] for row in successor_rows(found)] == [base.dill.name]
    assert len(list(heading(found))) == 4


def test_without_a_word_the_three_largest_go(base):
    found = document()
    assert (found["removed"]["top"], found["hole"]["is_everybody"]) == (3, True)


def test_clients_go_by_name(base):
    assert document(remove_clients=["Берёза"])["hole"]["margin"] == 600.0
    with pytest.raises(UserError, match="no client"):
        document(remove_clients=["Никто"])


def test_before_the_first_count_there_is_nothing(home, cast):
    from clientarium.interfaces.cli.stressing import heading

    found = document()
    assert (found["base"], found["hole"], found["succession"], list(heading(found))) == (None, None, None, [])
