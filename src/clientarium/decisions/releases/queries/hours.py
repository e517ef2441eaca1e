"""Hours of every service on a group of clients, remembered for as long as nothing they are counted from changes."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db.models import QuerySet

from clientarium.core.metrics import Norms
from clientarium.core.readings import ServiceMinutes, service_minutes
from clientarium.core.strategy import ServiceHours
from clientarium.decisions.clients import StateTable, last_merging
from clientarium.decisions.runs import current_definitions, open_snapshots

from .numbers import fact_base

MINUTES_IN_HOUR = 60
SALE = "sale"
"""The kind under which the load tells a service's work on sales documents."""

ALL_SERVICES = "all"
"""Where the state alone is known, its hours are of all services together."""

GROUPS_KEPT = 64


@dataclass(frozen=True)
class Version:
    """What the hours of a condition depend on. Who decides sees the whole base, so all of them share an answer."""

    where: str
    home: str
    token: str
    norms: str
    merged: Any


_remembered: dict[Version, tuple[ServiceHours, ...]] = {}


def services_of(states: QuerySet[Any], *, where: str, published: StateTable) -> tuple[ServiceHours, ...]:
    """Hours and cost by service, the largest first; empty where the published day has no snapshot to count by."""
    if published.as_of not in open_snapshots().dates():
        return ()
    norms = current_definitions().norms
    version = Version(where, str(settings.CLIENTARIUM_HOME), published.token, norms.hash, last_merging())
    if version not in _remembered:
        _remembered[version] = _counted(states, published, norms)
        while len(_remembered) > GROUPS_KEPT:
            _remembered.pop(next(iter(_remembered)))
    return _remembered[version]


def hours_of_state(minutes: float, touch_minutes: float) -> tuple[ServiceHours, ...]:
    """The hours of the state, of all services together: what is not touches is documents."""
    documents = max(minutes - touch_minutes, 0.0) / MINUTES_IN_HOUR
    found = ServiceHours(ALL_SERVICES, touch_minutes / MINUTES_IN_HOUR, documents, Decimal(0))
    return (found,) if found.hours > 0 else ()


def _counted(states: QuerySet[Any], published: StateTable, norms: Norms) -> tuple[ServiceHours, ...]:
    assert published.as_of is not None
    ids = list(states.order_by("pk").values_list("pk", flat=True))
    rows = service_minutes(fact_base(), as_of=published.as_of, norms=norms, by=None, client_ids=ids)
    found = [_hours_of(name, [row for row in rows if row.service == name]) for name in {row.service for row in rows}]
    return tuple(sorted(found, key=lambda one: (-one.hours, one.service)))


def _hours_of(service: str, rows: list[ServiceMinutes]) -> ServiceHours:
    return ServiceHours(
        service,
        touches=sum(row.minutes for row in rows if row.kind != SALE) / MINUTES_IN_HOUR,
        documents=sum(row.minutes for row in rows if row.kind == SALE) / MINUTES_IN_HOUR,
        cost=sum((row.money for row in rows), Decimal(0)),
    )
