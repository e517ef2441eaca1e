"""Exceptions a person may see: those of the clients he sees."""

from datetime import date

from django.db.models import Q, QuerySet

from clientarium.decisions.clients import cards_visible_to
from clientarium.decisions.people import Visitor, sees_all_clients

from ..choices import ExceptionState
from ..models import ClockException


def exceptions_visible_to(user: Visitor) -> QuerySet[ClockException]:
    """All exceptions of the clients `user` sees, merged cards included, the newest first."""
    rows = ClockException.objects.select_related("client__holder", "asked_by", "decided_by", "ended_by")
    return rows if sees_all_clients(user) else rows.filter(client__in=cards_visible_to(user))


def waiting_exceptions(user: Visitor, day: date) -> QuerySet[ClockException]:
    """What a leader has to decide, the oldest first; a request whose last day has passed waits no more."""
    return exceptions_visible_to(user).filter(state=ExceptionState.ASKED, until__gte=day).order_by("asked_on", "pk")


def was_in_force(day: date) -> Q:
    """Exceptions that held the clock on a past day: decided by then, not ended before it."""
    held = Q(state=ExceptionState.APPROVED) | Q(state=ExceptionState.ENDED, ended_on__gt=day)
    return held & Q(decided_on__lte=day, until__gte=day)
