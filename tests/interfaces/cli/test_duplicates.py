"""What `clientarium duplicates` does: cards by number, code or name, merged and taken apart at the console."""

from typing import Any

import pytest

from clientarium.core.ground import UserError
from clientarium.interfaces.cli.duplicates import card_named, merge_rows, merged, pair_rows, taken_apart
from tests.cast import make_client


@pytest.fixture
def two(cast: Any) -> Any:
    return make_client("Пихта", code="К-1"), make_client("Пихта, ООО", code="К-2")


def test_merged_by_code_and_taken_apart_by_number(two: Any) -> None:
    one, other = two
    made = merged("К-2", into="Пихта", despite_answer=False)
    assert (made["alias"], made["into"], made["cause"]) == (other.pk, one.pk, "person")
    assert [row["alias_name"] for row in merge_rows(10)] == ["Пихта, ООО"]
    with pytest.raises(UserError, match="К-2"):
        card_named("К-2")
    assert taken_apart(str(other.pk), reason="две фирмы")["into"] == one.pk
    assert merge_rows(10) == []
    with pytest.raises(UserError, match="две фирмы"):
        merged("К-2", into="К-1", despite_answer=False)
    assert merged("К-2", into="К-1", despite_answer=True)["alias"] == other.pk


def test_a_name_of_two_cards_asks_for_the_number(two: Any) -> None:
    make_client("Пихта")
    with pytest.raises(UserError, match="Пихта"):
        card_named("Пихта")


def test_pairs_tell_what_agrees(two: Any) -> None:
    from clientarium.decisions.clients import DuplicatePair

    reasons = [{"field": "name", "weight": 7.0}, {"field": "city", "weight": -2.0}]
    DuplicatePair.objects.create(a=two[0], b=two[1], probability=0.9, reasons=reasons)
    (row,) = pair_rows(10)
    assert (row["a_name"], row["b_name"], row["agree"]) == ("Пихта", "Пихта, ООО", ["name"])
