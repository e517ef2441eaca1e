"""Confirming and dismissing what the rules propose, one client or a hundred thousand."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client
from clientarium.decisions.journal import Entry, record
from clientarium.decisions.people import User

from ..choices import GradeVerb, ProposalState
from ..models import CategoryInterval, Proposal
from ..queries import proposals_visible_to
from .intervals import ROWS_PER_INSERT, close_intervals, insert_intervals
from .permission import require_confirming
from .state import put_decisions_into_state

CHUNK = 900  # parameters of one statement: SQLite's oldest limit is 999


@transaction.atomic
def confirm_proposals(proposals: QuerySet[Proposal] | Iterable[int], *, by: User, reason: str = "") -> Entry:
    """Put the proposed categories in force from the day of the snapshot; the journal entry that undoes them all.

    `proposals` are a queryset or primary keys; those that `by` may not see, or that wait no longer, are left out.
    Raises UserError when nothing is left.
    """
    entry = _decide(proposals, state=ProposalState.CONFIRMED, verb=GradeVerb.PROPOSALS_CONFIRMED, by=by, reason=reason)
    decided = Proposal.objects.filter(decision=entry)
    first_day = _first_day(decided)
    concerned = Exists(decided.filter(client_id=OuterRef("client_id"), scheme=OuterRef("scheme")))
    close_intervals(CategoryInterval.objects.filter(concerned), on=first_day, entry=entry)
    graded = decided.filter(to_category__isnull=False).values_list("client_id", "scheme", "to_category")
    insert_intervals(
        CategoryInterval(
            client_id=client_id,
            scheme=scheme,
            category=category,
            rule_category=category,
            first_day=first_day,
            decided_by=by,
            is_decision=True,
            reason=reason,
            opened_by=entry,
        )
        for client_id, scheme, category in graded.iterator(ROWS_PER_INSERT)
        if category is not None
    )
    put_decisions_into_state(decided)
    return entry


@transaction.atomic
def dismiss_proposals(proposals: QuerySet[Proposal] | Iterable[int], *, by: User, reason: str = "") -> Entry:
    """Leave the categories as they are; the same is proposed again only after the rule has said something else.

    Raises UserError when none of them waits any longer.
    """
    return _decide(proposals, state=ProposalState.DISMISSED, verb=GradeVerb.PROPOSALS_DISMISSED, by=by, reason=reason)


def _decide(
    proposals: QuerySet[Proposal] | Iterable[int], *, state: ProposalState, verb: GradeVerb, by: User, reason: str
) -> Entry:
    """Settle the proposals in `state` under one journal entry."""
    require_confirming(by)
    keys = sorted(_keys(proposals, visible=proposals_visible_to(by)))
    if not keys:
        raise UserError(
            N_("Nothing here waits for a decision any longer."), cure=N_("Reload the page: somebody was faster.")
        )
    schemes = sorted(set(Proposal.objects.filter(pk__in=keys[:CHUNK]).values_list("scheme", flat=True)))
    entry: Entry = record(
        verb, target=_target(keys), by=by, reason=reason, data={"proposals": len(keys), "schemes": schemes}
    )
    now = timezone.now()
    settled = sum(
        Proposal.objects.filter(pk__in=chunk, state=ProposalState.WAITING).update(
            state=state, decided_by=by, decided_at=now, decision=entry
        )
        for chunk in _chunks(keys)
    )
    if settled != len(keys):
        raise UserError(N_("Somebody else decided some of these in the meantime."), cure=N_("Reload the page."))
    return entry


def _target(keys: list[int]) -> Client | None:
    """The client the decision is about; None for several."""
    return Client.objects.get(proposals=keys[0]) if len(keys) == 1 else None


def _first_day(decided: QuerySet[Proposal]) -> date:
    day: date = decided.aggregate(day=Max("as_of"))["day"]
    return day


def _keys(proposals: QuerySet[Proposal] | Iterable[int], *, visible: QuerySet[Proposal]) -> Iterator[int]:
    visible = visible.order_by()
    if isinstance(proposals, QuerySet):
        wanted: Any = proposals.order_by().values("pk")
        yield from visible.filter(pk__in=wanted).values_list("pk", flat=True)
        return
    for chunk in _chunks(sorted(set(proposals))):
        yield from visible.filter(pk__in=chunk).values_list("pk", flat=True)


def _chunks(keys: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]
