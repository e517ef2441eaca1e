"""Decisions of release: all of them, those in force, those of a span of days."""

from datetime import date

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from clientarium.decisions.clients import clients_visible_to, state_model
from clientarium.decisions.people import User

from ..choices import ReleaseState, Side
from ..models import Release, ReleaseClient
from ..rules import can_release

MINUTES = "minutes_12m"


def releases_visible_to(user: User) -> QuerySet[Release]:
    """The newest first, with people; none for whoever may not decide."""
    found = Release.objects.select_related("owner", "decided_by", "ended_by")
    return found if can_release(user) else found.none()


def open_releases(by: User) -> QuerySet[Release]:
    """Those in force."""
    return releases_visible_to(by).filter(state=ReleaseState.OPEN)


def decided_between(first: date, last: date, *, by: User) -> QuerySet[Release]:
    """Those decided on a day of first…last, taken back ones left out."""
    return releases_visible_to(by).filter(decided_on__range=(first, last)).exclude(state=ReleaseState.DROPPED)


def members_of(release: Release, *, by: User) -> QuerySet[ReleaseClient]:
    """The group as it was decided about, of those `by` sees; a merged card is told by its client's own row.

    Who takes most of the firm's time comes first, then by name.
    """
    seen = clients_visible_to(by).values("pk")
    found = ReleaseClient.objects.filter(release=release, side=Side.GROUP, client__in=seen).select_related("client")
    by_name = ("client__name", "pk")
    states = state_model()
    if MINUTES not in {field.name for field in states._meta.get_fields()}:
        return found.order_by(*by_name)
    minutes = states._default_manager.filter(pk=OuterRef("client_id")).values(MINUTES)[:1]
    return found.annotate(minutes=Subquery(minutes)).order_by(F("minutes").desc(nulls_last=True), *by_name)


def stopped_of(release: Release) -> int:
    """How many of the group stand on the stop list."""
    counted = ReleaseClient.objects.filter(release=release, side=Side.GROUP).aggregate(
        stopped=Count("pk", filter=Q(client__is_stopped=True))
    )
    return int(counted["stopped"])
