"""What a session on categories looks at: proposals by money and by doubt, what has changed since the last one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from clientarium.core.readings import Flow, flows
from clientarium.decisions.clients import clients_visible_to
from clientarium.decisions.contacts import ledger_base, policy_days
from clientarium.decisions.grades import CategoryInterval, Proposal, ProposalState, proposals_visible_to
from clientarium.decisions.people import User, sees_all_clients

from ..models import Doubt, Review
from .reviews import previous_of

BY_PERSON = (ProposalState.CONFIRMED, ProposalState.OVERRIDDEN, ProposalState.DISMISSED)
EXPIRING_SHOWN = 20


@dataclass(frozen=True)
class Since:
    """What has happened since the last session. `moment` None: there was none, everything counts.

    decided: how many by what became of them; expiring: categories set by hand whose day comes within a period.
    """

    moment: datetime | None
    decided: dict[str, int]
    expiring: Sequence[CategoryInterval]
    expired: int


def session_proposals(user: User, review: Review) -> "QuerySet[Proposal]":
    """Waiting proposals with `distance` to the border, unmeasured ones None; the dearest first."""
    measured = Doubt.objects.filter(review=review, proposal=OuterRef("pk")).values("distance")[:1]
    return proposals_visible_to(user).annotate(distance=Subquery(measured))


def by_doubt(proposals: "QuerySet[Proposal]") -> "QuerySet[Proposal]":
    """The nearest to the border first."""
    return proposals.order_by(F("distance").asc(nulls_last=True), F("money").desc(nulls_last=True), "pk")


def decided_between(first: datetime | None, last: datetime | None = None) -> dict[str, int]:
    """Proposals a person decided upon, by what became of them."""
    decided = Proposal.objects.filter(state__in=BY_PERSON).order_by()
    if first is not None:
        decided = decided.filter(decided_at__gte=first)
    if last is not None:
        decided = decided.filter(decided_at__lte=last)
    counts = dict(decided.values_list("state").annotate(n=Count("pk")))
    return {state.value: counts.get(state.value, 0) for state in BY_PERSON}


def since_last(user: User, review: Review) -> Since:
    """From the opening of the session before to now (to its end, of a closed one)."""
    before = previous_of(review)
    moment, until = before.opened_at if before else None, review.closed_at or timezone.now()
    intervals = CategoryInterval.objects.filter(is_override=True, client__merged_into__isnull=True)
    if not sees_all_clients(user):
        intervals = intervals.filter(client__in=clients_visible_to(user))
    ahead = review.as_of + timedelta(days=policy_days("review_days"))
    expiring = intervals.filter(last_day__isnull=True, expires_on__gte=review.as_of, expires_on__lte=ahead)
    ended = intervals.filter(expires_on__lt=review.as_of)
    if before is not None:
        ended = ended.filter(expires_on__gte=before.as_of)
    shown = expiring.select_related("client", "decided_by").order_by("expires_on", "pk")[:EXPIRING_SHOWN]
    return Since(moment, decided_between(moment, until), list(shown), ended.count())


def moves_since(review: Review, *, scheme: str, client_ids: Sequence[int] | None) -> tuple[Flow, ...]:
    """Clients who changed category between the session's two snapshots, the most money first; () without an earlier."""
    if review.since is None:
        return ()
    found = flows(ledger_base(), scheme=scheme, before=review.since, after=review.as_of, client_ids=client_ids)
    moved = [flow for flow in found.flows if flow.before != flow.after]
    return tuple(sorted(moved, key=lambda flow: (-max(flow.money_before, flow.money_after), str(flow.before))))
