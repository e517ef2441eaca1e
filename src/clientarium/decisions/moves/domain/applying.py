"""Approving a draft, applying it in one transaction with the open tasks, and taking it back exactly."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import CardWrite, Client, hand_many, unhand_many
from clientarium.decisions.contacts import working_day
from clientarium.decisions.journal import Entry, record, record_many
from clientarium.decisions.people import Seller, User
from clientarium.decisions.portfolios import free_from

from ..choices import OPEN, DraftState, MovesVerb
from ..models import Draft, Move
from ..queries.impact import effective_moves, impact_of
from ..queries.versions import changes_since, is_current
from .editing import locked_draft
from .tasks import hand_tasks, unhand_tasks

CLIENTS_AT_ONCE = 2_000
NAMES_IN_A_REFUSAL = 3


@transaction.atomic
def approve_draft(draft: Draft, *, by: User, reason: str = "") -> Draft:
    """Say yes to the moves as they stand; nobody edits them any more. Raises UserError above somebody's ceiling."""
    draft = locked_draft(draft, by=by, states=(DraftState.READY,))
    if not effective_moves(draft).exists():
        raise UserError(N_("This redistribution moves nobody."), cure=N_("Make another one, or leave all as it is."))
    _refuse_overfull(draft)
    draft.state, draft.approved_by, draft.approved_at = DraftState.APPROVED, by, timezone.now()
    draft.reason = reason.strip()
    draft.save(update_fields=["state", "approved_by", "approved_at", "reason"])
    record(MovesVerb.DRAFT_APPROVED, target=draft, by=by, reason=draft.reason)
    return draft


@transaction.atomic
def reopen_draft(draft: Draft, *, by: User) -> Draft:
    """Take the approval back: the moves may be edited again."""
    draft = locked_draft(draft, by=by, states=(DraftState.APPROVED,))
    draft.state, draft.approved_by, draft.approved_at = DraftState.READY, None, None
    draft.save(update_fields=["state", "approved_by", "approved_at"])
    record(MovesVerb.DRAFT_REOPENED, target=draft, by=by)
    return draft


@transaction.atomic
def drop_draft(draft: Draft, *, by: User) -> None:
    """Throw a draft away that was never applied; it stays to be read."""
    draft = locked_draft(draft, by=by, states=(*OPEN, DraftState.FAILED))
    draft.state, draft.approved_by, draft.approved_at = DraftState.DROPPED, None, None
    draft.save(update_fields=["state", "approved_by", "approved_at"])
    record(MovesVerb.DRAFT_DROPPED, target=draft, by=by)


@transaction.atomic
def apply_draft(draft: Draft, *, by: User, on: date | None = None) -> Draft:
    """Hand the clients over from `on` (by default the working day) with their open tasks.

    Raises UserError where holdings have changed since the draft was made: another draft was applied, a client was
    handed over or merged, a seller left. Then nothing is written.
    """
    draft = locked_draft(draft, by=by, states=(DraftState.APPROVED,))
    moves = list(effective_moves(draft).select_related("client"))
    ids = [move.client_id for move in moves]
    list(Client.objects.select_for_update().filter(pk__in=effective_moves(draft).values("client")).values_list("pk"))
    _refuse_outdated(draft)
    day = first_day(effective_moves(draft).values("client"), wanted=on)
    written = _handed(moves, on=day, reason=_reason(draft))
    assert len(written) == len(ids), "everybody was locked and current, so everybody moves"
    sellers = {move.client_id: move.chosen_id for move in moves}
    draft.tasks = hand_tasks(sellers, since=day)
    _keep(moves, written)
    targets = [(write.client, _told(draft, write, on=day), None) for write in written.values()]
    record_many(MovesVerb.CLIENT_MOVED, targets=targets, by=by, reason=_reason(draft))
    draft.state, draft.applied_by, draft.applied_at, draft.applied_on = DraftState.APPLIED, by, timezone.now(), day
    draft.save(update_fields=["state", "applied_by", "applied_at", "applied_on", "tasks"])
    record(MovesVerb.DRAFT_APPLIED, target=draft, by=by, reason=draft.reason, data={"clients": len(written), "on": day})
    return draft


@transaction.atomic
def undo_draft(draft: Draft, *, by: User, reason: str = "") -> list[str]:
    """Put back who held whom, and the tasks, exactly; the names of clients left because somebody moved them since."""
    draft = locked_draft(draft, by=by, states=(DraftState.APPLIED,))
    kept = {move.client_id: move for move in draft.moves.filter(kept__isnull=False).select_related("client")}
    restored: set[int] = set()
    for part in _parts(sorted(kept)):
        restored |= unhand_many({pk: (_kept(kept[pk], "before"), _kept(kept[pk], "after")) for pk in part})
    unhand_tasks(draft.tasks, clients=restored)
    entries = Entry.objects.filter(verb=MovesVerb.CLIENT_MOVED, data__draft=draft.pk)
    moved = {int(entry.target_id): entry for entry in entries}
    targets = [(kept[pk].client, {"draft": draft.pk}, moved.get(pk)) for pk in sorted(restored)]
    record_many(MovesVerb.MOVE_UNDONE, targets=targets, by=by, reason=reason.strip())
    draft.state, draft.undone_by, draft.undone_at = DraftState.UNDONE, by, timezone.now()
    draft.save(update_fields=["state", "undone_by", "undone_at"])
    left = sorted(kept[pk].client.name for pk in set(kept) - restored)
    data = {"clients": len(restored), "left": len(left)}
    record(MovesVerb.DRAFT_UNDONE, target=draft, by=by, reason=reason.strip(), data=data)
    return left


def first_day(clients: Any, *, wanted: date | None = None) -> date:
    """The first day of the new holdings: the working day, unless somebody decided about one of them later."""
    return free_from(clients, wanted=wanted or working_day())


def _handed(moves: Sequence[Move], *, on: date, reason: str) -> dict[int, CardWrite]:
    by_seller: dict[int | None, list[int]] = defaultdict(list)
    for move in moves:
        by_seller[move.chosen_id].append(move.client_id)
    sellers = Seller.objects.in_bulk([seller for seller in by_seller if seller is not None])
    found: dict[int, CardWrite] = {}
    for seller, ids in by_seller.items():
        for part in _parts(ids):
            for write in hand_many(part, to=sellers[seller] if seller else None, on=on, reason=reason):
                found[write.client.pk] = write
    return found


def _keep(moves: Sequence[Move], written: dict[int, CardWrite]) -> None:
    for move in moves:
        write = written[move.client_id]
        move.kept = {"before": write.before, "after": write.after}
    Move.objects.bulk_update(moves, ["kept"], batch_size=500)


def _kept(move: Move, side: str) -> dict[str, Any]:
    assert move.kept is not None
    return dict(move.kept[side])


def _refuse_overfull(draft: Draft) -> None:
    over = [row for row in impact_of(draft) if row.seller is not None and row.is_over and row.comes.clients]
    if over:
        raise UserError(
            N_("%(seller)s would stand above the ceiling: %(clients)s clients, %(ceiling)s allowed."),
            cure=N_("Make it again: the rest is placed anew around your changes. Or leave somebody where he is."),
            seller=over[0].seller and over[0].seller.name,
            clients=over[0].after.clients,
            ceiling=over[0].ceiling,
        )


def _refuse_outdated(draft: Draft) -> None:
    changes = changes_since(draft)
    if is_current(draft) and not [one for one in changes if one.kind == "left"]:
        return
    names = [str((one.client and one.client.name) or (one.seller and one.seller.name)) for one in changes]
    shown = ", ".join(names[:NAMES_IN_A_REFUSAL]) + ("…" if len(names) > NAMES_IN_A_REFUSAL else "")
    raise UserError(
        N_("Portfolios have changed since this redistribution was computed: %(names)s."),
        cure=N_("Make it again over what is now: your changes by hand will stand in the new one."),
        names=shown or "…",
    )


def _reason(draft: Draft) -> str:
    return f"№ {draft.pk}" + (f": {draft.reason or draft.title}" if draft.reason or draft.title else "")


def _told(draft: Draft, write: CardWrite, *, on: date) -> dict[str, Any]:
    return {"draft": draft.pk, "from": write.before["holder"], "to": write.after["holder"], "on": on}


def _parts(ids: Sequence[int]) -> Iterable[Sequence[int]]:
    for start in range(0, len(ids), CLIENTS_AT_ONCE):
        yield ids[start : start + CLIENTS_AT_ONCE]
