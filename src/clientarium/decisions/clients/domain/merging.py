"""Two cards are one client, and later perhaps two again."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import User, can_merge

from ..choices import ClientVerb, MergeCause
from ..models import Client, DuplicatePair, Merge, NotDuplicate
from ..queries.families import in_force, members_of
from .copies import insert_bare_states, locked_state
from .families import show_families

REASON_CHARACTERS = 1_000


@transaction.atomic
def merge_clients(
    alias: Client,
    *,
    into: Client,
    by: User | None,
    probability: float | None = None,
    reasons: Sequence[Any] = (),
    cause: MergeCause | None = None,
    despite_answer: bool = False,
) -> Merge:
    """`alias` becomes a part of `into`; no row of either moves. `by` None: the rule does it, or
    (`cause` PERSON) whoever sits at the console.

    Raises PermissionDenied; UserError: a card merged already, one card twice, two that somebody called different
    (`despite_answer` takes that answer back).
    """
    if by is not None and not can_merge(by):
        raise PermissionDenied
    locked = Client.objects.select_for_update().in_bulk([alias.pk, into.pk])
    if len(locked) < 2:
        raise UserError(N_("Choose two different cards."))
    alias, into = locked[alias.pk], locked[into.pk]
    for card in (alias, into):
        if card.merged_into_id is not None:
            raise UserError(N_("“%(client)s” is already merged with another card."), client=card.name)
    _settle_answers(alias, into, despite_answer=despite_answer)
    merge = Merge.objects.create(
        alias=alias,
        into=into,
        cause=cause or (MergeCause.PERSON if by else MergeCause.RULE),
        probability=probability,
        reasons=list(reasons),
        by=by,
    )
    members_of([alias.pk]).update(merged_into=into)
    locked_state()._default_manager.filter(client_id=alias.pk).delete()
    DuplicatePair.objects.filter(_pair(alias.pk, into.pk)).delete()
    show_families([into.pk])
    data = {"alias": alias.pk, "into": into.pk, "cause": merge.cause, "probability": probability}
    record(ClientVerb.CLIENTS_MERGED, target=merge, by=by, data=data)
    return merge


@transaction.atomic
def unmerge_clients(merge: Merge, *, by: User | None, reason: str = "") -> None:
    """The merged card is a client of its own again, with everything that was merged into it; both are as their own
    values say. The two are remembered as no duplicates. Raises PermissionDenied, and UserError if it was undone before.
    """
    if by is not None and not can_merge(by):
        raise PermissionDenied
    take_merge_back(merge, by=by, reason=reason)
    say_not_duplicate(merge.alias, merge.into, by=by, reason=reason)


def take_merge_back(merge: Merge, *, by: User | None, reason: str) -> None:
    """Un-merge without an opinion about the two; within a transaction."""
    merge = Merge.objects.select_for_update(of=("self",)).select_related("alias").get(pk=merge.pk)
    if merge.undone_at is not None:
        raise UserError(N_("These cards were already taken apart."))
    root_id = merge.alias.merged_into_id
    assert root_id is not None, merge
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.undone_reason = reason.strip()[:REASON_CHARACTERS]
    merge.save(update_fields=["undone_at", "undone_by", "undone_reason"])
    leaving = _merged_below(merge.alias_id, root_id=root_id)
    Client.objects.filter(pk__in=leaving).update(merged_into=merge.alias_id)
    Client.objects.filter(pk=merge.alias_id).update(merged_into=None)
    alias = Client.objects.get(pk=merge.alias_id)
    insert_bare_states([(alias.pk, alias.name, alias.search_name, alias.holder_id)])
    show_families([root_id, alias.pk])
    data = {"merge": merge.pk, "alias": merge.alias_id, "into": merge.into_id}
    record(ClientVerb.CLIENTS_UNMERGED, target=merge, by=by, reason=reason, data=data)


@transaction.atomic
def say_not_duplicate(left: Client, right: Client, *, by: User | None, reason: str = "") -> NotDuplicate:
    """Remember for everyone that these are two clients. Raises PermissionDenied, and UserError for one card twice."""
    if by is not None and not can_merge(by):
        raise PermissionDenied
    if left.pk == right.pk:
        raise UserError(N_("Choose two different cards."))
    first, second = sorted((left.pk, right.pk))
    said, is_new = NotDuplicate.objects.get_or_create(
        a_id=first, b_id=second, defaults={"by": by, "reason": reason.strip()[:REASON_CHARACTERS]}
    )
    DuplicatePair.objects.filter(a_id=first, b_id=second).delete()
    if is_new:
        data = {"a": first, "b": second}
        record(ClientVerb.NOT_DUPLICATE_SAID, target=said, by=by, reason=said.reason, data=data)
    return said


def _settle_answers(alias: Client, into: Client, *, despite_answer: bool) -> None:
    """Raise UserError where a person called cards of the two families different, or take that answer back."""
    left, right = (members_of([card.pk]).values("pk") for card in (alias, into))
    said = NotDuplicate.objects.filter(Q(a__in=left, b__in=right) | Q(a__in=right, b__in=left))
    if despite_answer:
        said.delete()
        return
    answer = said.select_related("by").first()
    if answer is not None:
        raise UserError(
            N_("%(who)s said on %(day)s that these are two clients: %(reason)s"),
            cure=N_("Merge them all the same if you know better."),
            who=str(answer.by or ""),
            day=f"{answer.at:%d.%m.%Y}",
            reason=answer.reason or "—",
        )


def _merged_below(client_id: int, *, root_id: int) -> set[int]:
    """The cards merged into this one, into those, and so on; all are of the family of `root_id`."""
    family = members_of([root_id]).values("pk")
    children: dict[int, list[int]] = {}
    for alias, into in Merge.objects.filter(in_force, alias__in=family).values_list("alias_id", "into_id"):
        children.setdefault(into, []).append(alias)
    below: set[int] = set()
    waiting = [client_id]
    while waiting:
        found = children.get(waiting.pop(), [])
        below.update(found)
        waiting.extend(found)
    return below


def _pair(left: int, right: int) -> Q:
    first, second = sorted((left, right))
    return Q(a_id=first, b_id=second)
