"""Hours of every service on a group of clients, remembered for as long as nothing they are counted from changes."""

from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from clientarium.core.metrics import Norms
from clientarium.core.readings import ServiceMinutes, service_minutes
from clientarium.core.strategy import ServiceHours
from clientarium.decisions.clients import StateTable, last_merging
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.people import User
from clientarium.decisions.runs import current_definitions, open_snapshots

from .remembered import remembered

MINUTES_IN_HOUR = 60
SALE = "sale"
"""The kind under which the load tells a service's work on sales documents."""

ALL_SERVICES = "all"
"""Where the state alone is known, its hours are of all services together."""


def services_of(states: QuerySet[Any], *, where: str, published: StateTable, by: User) -> tuple[ServiceHours, ...]:
    """Hours and cost by service, the largest first; empty where the published day has no snapshot to count by."""
    if published.as_of not in open_snapshots().dates():
        return ()
    norms = current_definitions().norms
    what = ("hours", where, norms.hash, last_merging())
    return remembered(what, lambda: _counted(states, published, norms), by=by, published=published)


def hours_of_state(minutes: float, touch_minutes: float) -> tuple[ServiceHours, ...]:
    """The hours of the state, of all services together: what is not touches is documents."""
    documents = max(minutes - touch_minutes, 0.0) / MINUTES_IN_HOUR
    found = ServiceHours(ALL_SERVICES, touch_minutes / MINUTES_IN_HOUR, documents, Decimal(0))
    return (found,) if found.hours > 0 else ()


def _counted(states: QuerySet[Any], published: StateTable, norms: Norms) -> tuple[ServiceHours, ...]:
    assert published.as_of is not None
    ids = list(states.order_by("pk").values_list("pk", flat=True))
    rows = service_minutes(ledger_base(), as_of=published.as_of, norms=norms, by=None, client_ids=ids)
    found = [_hours_of(name, [row for row in rows if row.service == name]) for name in {row.service for row in rows}]
    return tuple(sorted(found, key=lambda one: (-one.hours, one.service)))


def _hours_of(service: str, rows: list[ServiceMinutes]) -> ServiceHours:
    return ServiceHours(
        service,
        touches=sum(row.minutes for row in rows if row.kind != SALE) / MINUTES_IN_HOUR,
        documents=sum(row.minutes for row in rows if row.kind == SALE) / MINUTES_IN_HOUR,
        cost=sum((row.money for row in rows), Decimal(0)),
    )
