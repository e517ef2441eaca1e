"""Whatever leaders do with a draft: nobody lost, nobody held twice, sums agree, and undo puts everything back."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.decisions.moves.conftest import draft_of, holdings

EDITS = some.lists(some.tuples(some.integers(0, 9), some.sampled_from(["anna_sells", "boris_sells", None])), max_size=4)


class Rolled(Exception):
    """Ends an example: the next one starts from the same base."""


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ceiling=some.integers(0, 12), edits=EDITS)
def test_apply_and_undo_keep_every_client_once(divided: Any, ceiling: int, edits: list[Any]) -> None:
    with pytest.raises(Rolled), transaction.atomic():
        _play(divided, ceiling=ceiling, edits=edits)
        raise Rolled


def _play(divided: Any, *, ceiling: int, edits: list[Any]) -> None:
    from clientarium.core.ground import UserError
    from clientarium.decisions.clients import Client, Holding
    from clientarium.decisions.moves import apply_draft, approve_draft, edit_move, impact_of, undo_draft

    Holding.objects.update(first_day=date(2025, 4, 1))
    names = sorted(divided.clients)
    before, draft = holdings(), draft_of(divided.head, ceiling=ceiling)
    for number, seller in edits:
        edit_move(draft, divided.clients[names[number]], seller and getattr(divided, seller), by=divided.head)
    rows = impact_of(draft)
    assert sum(row.after.clients for row in rows) == Client.objects.filter(merged_into__isnull=True).count()
    try:
        apply_draft(approve_draft(draft, by=divided.head), by=divided.head)
    except UserError:
        assert holdings() == before  # above a ceiling, or nobody moves: nothing is written
        return
    held = dict(Client.objects.values_list("pk", "holder"))
    assert {row.seller.pk: row.after.clients for row in rows if row.seller} == {
        row.seller.pk: sum(holder == row.seller.pk for holder in held.values()) for row in rows if row.seller
    }
    open_ones = list(Holding.objects.filter(last_day__isnull=True).values_list("client", "seller"))
    assert sorted(open_ones) == sorted((pk, holder) for pk, holder in held.items() if holder)
    draft.refresh_from_db()
    assert undo_draft(draft, by=divided.head) == []
    assert holdings() == before
