"""Merging by a person: the decision, and the count of the base that follows it, in one transaction."""

from django.db import transaction

from clientarium.decisions.clients import Client, Merge, merge_clients, unmerge_clients
from clientarium.decisions.people import User

from ..queries import published_snapshot
from .pulses import queue_pulse


@transaction.atomic
def merge_and_recount(
    alias: Client,
    *,
    into: Client,
    by: User,
    probability: float | None = None,
    reasons: list[object] | None = None,
    despite_answer: bool = False,
) -> Merge:
    """merge_clients; the figures of the two are added up by the pulse that is queued."""
    merge = merge_clients(
        alias, into=into, by=by, probability=probability, reasons=reasons or [], despite_answer=despite_answer
    )
    _recount(by)
    return merge


@transaction.atomic
def unmerge_and_recount(merge: Merge, *, by: User, reason: str = "") -> None:
    """unmerge_clients; each gets his own figures back with the pulse that is queued."""
    unmerge_clients(merge, by=by, reason=reason)
    _recount(by)


def _recount(by: User) -> None:
    if published_snapshot() is not None:
        queue_pulse(by=by)
