"""Applying moves everybody in one transaction with what is open; taking back puts all of it where it was."""

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.utils import timezone

from clientarium.core.ground import UserError
from tests.decisions.moves.conftest import draft_of, held_by, holdings


@pytest.fixture
def lived(divided: Any) -> Any:
    """Everybody has been held for a year: a hand-over closes a holding instead of forgetting it."""
    from clientarium.decisions.clients import Holding

    Holding.objects.update(first_day=date(2025, 4, 1))
    return divided


def approved(divided: Any, *, ceiling: int | None = 4, **wishes: Any) -> Any:
    from clientarium.decisions.moves import approve_draft

    return approve_draft(draft_of(divided.head, ceiling=ceiling, **wishes), by=divided.head, reason="потолок")


def test_everybody_moves_and_all_of_it_is_taken_back_exactly(lived: Any) -> None:
    from clientarium.decisions.moves import apply_draft, undo_draft

    before = holdings()
    draft = apply_draft(approved(lived), by=lived.head)
    assert holdings() != before
    assert (len(held_by(lived.anna_sells)), len(held_by(lived.boris_sells))) == (4, 4)
    assert undo_draft(draft, by=lived.head, reason="передумали") == []
    assert holdings() == before


def test_no_client_has_two_holders_on_a_day_and_none_is_lost(lived: Any) -> None:
    from clientarium.decisions.clients import Client, Holding
    from clientarium.decisions.moves import apply_draft

    draft = apply_draft(approved(lived), by=lived.head)
    for client in Client.objects.all():
        periods = sorted(Holding.objects.filter(client=client).values_list("first_day", "last_day"))
        assert all(one[1] is not None and one[1] < other[0] for one, other in pairwise(periods))
        open_ones = Holding.objects.filter(client=client, last_day__isnull=True).values_list("seller", flat=True)
        assert list(open_ones) == ([client.holder_id] if client.holder_id else [])
    assert Client.objects.filter(merged_into__isnull=True).count() == 13
    assert draft.moves.filter(kept__isnull=True).count() == 0


def test_the_journal_has_each_client_and_the_whole(lived: Any) -> None:
    from clientarium.decisions.journal import Entry
    from clientarium.decisions.moves import apply_draft, undo_draft

    draft = apply_draft(approved(lived), by=lived.head)
    moved = draft.moves.count()
    undo_draft(draft, by=lived.head)
    counts = {verb: Entry.objects.filter(verb=verb).count() for verb in VERBS}
    assert counts == dict(zip(VERBS, (1, 1, moved, 1, moved, 1), strict=True))
    assert all(entry.is_undone for entry in Entry.objects.filter(verb="moves_client_moved"))


VERBS = (
    "moves_draft_made",
    "moves_draft_approved",
    "moves_client_moved",
    "moves_draft_applied",
    "moves_client_moved_back",
    "moves_draft_undone",
)


def test_of_two_leaders_the_second_is_refused_and_makes_his_again(lived: Any) -> None:
    from clientarium.decisions.moves import apply_draft, approve_draft, changes_since, remake_draft
    from clientarium.decisions.moves.domain.making import make_draft

    first, second = approved(lived), approved(lived, ceiling=3)
    apply_draft(first, by=lived.head)
    before = holdings()
    with pytest.raises(UserError, match="Portfolios have changed"):
        apply_draft(second, by=lived.owner)
    assert holdings() == before
    assert changes_since(second)
    again = make_draft(remake_draft(second, by=lived.owner))
    apply_draft(approve_draft(again, by=lived.owner), by=lived.owner)
    assert (len(held_by(lived.anna_sells)), len(held_by(lived.boris_sells))) == (3, 3)


def test_a_client_handed_over_by_hand_since_refuses_it(lived: Any) -> None:
    from clientarium.decisions.clients import transfer_client
    from clientarium.decisions.moves import apply_draft

    draft = approved(lived)
    transfer_client(lived.clients["А1"], to=lived.boris_sells, on=timezone.localdate(), reason="просил", by=lived.head)
    with pytest.raises(UserError, match="А1"):
        apply_draft(draft, by=lived.head)


def test_a_client_merged_since_refuses_it(lived: Any) -> None:
    from clientarium.decisions.clients import merge_clients
    from clientarium.decisions.moves import apply_draft, changes_since

    draft = approved(lived, ceiling=3)
    moved = draft.moves.filter(before=lived.anna_sells).select_related("client").first().client
    merge_clients(moved, into=lived.clients["Б1"], by=lived.owner)
    with pytest.raises(UserError, match="Portfolios have changed"):
        apply_draft(draft, by=lived.head)
    assert [(one.client, one.into) for one in changes_since(draft) if one.kind == "merged"] == [
        (moved, lived.clients["Б1"])
    ]


def test_a_seller_who_left_since_refuses_it(lived: Any) -> None:
    from clientarium.decisions.moves import apply_draft
    from clientarium.decisions.people import Seller

    draft = approved(lived)
    Seller.objects.filter(pk=lived.boris_sells.pk).update(left_on="2026-03-01")
    with pytest.raises(UserError, match="Борис"):
        apply_draft(draft, by=lived.head)


def test_above_a_ceiling_nothing_is_approved(lived: Any) -> None:
    from clientarium.decisions.moves import approve_draft, edit_move

    draft = draft_of(lived.head, ceiling=4)
    left_out = draft.moves.filter(chosen__isnull=True).select_related("client").first().client
    edit_move(draft, left_out, lived.boris_sells, by=lived.head)
    with pytest.raises(UserError, match="above the ceiling: 5 clients, 4 allowed"):
        approve_draft(draft, by=lived.head)


def test_only_an_approved_draft_is_applied_and_only_once(lived: Any) -> None:
    from clientarium.decisions.moves import apply_draft, edit_move, undo_draft

    draft = draft_of(lived.head, ceiling=4)
    with pytest.raises(UserError):
        apply_draft(draft, by=lived.head)
    done = apply_draft(approved(lived), by=lived.head)
    for act in (apply_draft, lambda one, by: edit_move(one, lived.clients["А1"], None, by=by)):
        with pytest.raises(UserError):
            act(done, by=lived.head)
    undo_draft(done, by=lived.head)
    with pytest.raises(UserError):
        undo_draft(done, by=lived.head)


def test_who_was_moved_since_stays_when_it_is_taken_back(lived: Any) -> None:
    from clientarium.decisions.clients import Client, transfer_client
    from clientarium.decisions.moves import apply_draft, undo_draft

    draft = apply_draft(approved(lived), by=lived.head)
    moved = draft.moves.filter(chosen=lived.boris_sells).select_related("client").first().client
    later = draft.applied_on + timedelta(days=3)
    transfer_client(Client.objects.get(pk=moved.pk), to=None, on=later, reason="просил", by=lived.head)
    assert undo_draft(draft, by=lived.head) == [moved.name]
    assert Client.objects.get(pk=moved.pk).holder is None


def test_open_tasks_go_with_the_client_and_come_back(lived: Any) -> None:
    from clientarium.decisions.contacts import DayPlan, PlannedCall
    from clientarium.decisions.moves import apply_draft, approve_draft, edit_move, undo_draft
    from clientarium.decisions.winback import Case

    client, day = lived.clients["А1"], timezone.localdate()
    anna, boris = (DayPlan.objects.create(seller=one, on=day) for one in (lived.anna_sells, lived.boris_sells))
    call = PlannedCall.objects.create(day=anna, client=client, seller=lived.anna_sells, on=day, rank=7, kind="agreed")
    PlannedCall.objects.create(
        day=boris, client=lived.clients["Б1"], seller=lived.boris_sells, on=day, rank=4, kind="agreed"
    )
    case = Case.objects.create(client=client, seller=lived.anna_sells, opened_on=day)
    draft = draft_of(lived.head, ceiling=20)
    edit_move(draft, client, lived.boris_sells, by=lived.head)
    apply_draft(approve_draft(draft, by=lived.head), by=lived.head)
    assert _told(call, case) == (boris.pk, lived.boris_sells.pk, 5, lived.boris_sells.pk)
    draft.refresh_from_db()
    undo_draft(draft, by=lived.head)
    assert _told(call, case) == (anna.pk, lived.anna_sells.pk, 7, lived.anna_sells.pk)


def _told(call: Any, case: Any) -> tuple[int, ...]:
    call.refresh_from_db()
    case.refresh_from_db()
    return call.day_id, call.seller_id, call.rank, case.seller_id


def test_a_family_of_cards_moves_as_one_and_comes_back(lived: Any) -> None:
    from clientarium.decisions.clients import Client, merge_clients
    from clientarium.decisions.moves import apply_draft, approve_draft, edit_move, undo_draft

    merge_clients(lived.clients["Б2"], into=lived.clients["А6"], by=lived.owner)
    before = holdings()
    draft = draft_of(lived.head, ceiling=20)
    edit_move(draft, lived.clients["А6"], None, by=lived.head)
    apply_draft(approve_draft(draft, by=lived.head), by=lived.head)
    assert Client.objects.get(pk=lived.clients["А6"].pk).holder is None
    draft.refresh_from_db()
    undo_draft(draft, by=lived.head)
    assert holdings() == before
