"""Changes of status of the clients a person may see, the dearest first."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from clientarium.decisions.clients import (
    LegalEntity,
    cards_visible_to,
    clients_visible_to,
    current_publication,
    published_columns,
    states_visible_to,
)
from clientarium.decisions.people import Visitor, sees_money

from .choices import TROUBLED
from .models import StatusChange

ANCHOR = "anchor"
LAYER, MARGIN, ORDERS = "layer", "margin_12m", "orders_12m"
NEWEST = 2000
"""Alerts looked through at once; past that the oldest wait until some are handled."""


@dataclass(frozen=True)
class Alert:
    """A change with the client it concerns: the one lists show, merged cards already joined.

    `is_living`: he has bought within twelve months; None where nothing was computed yet.
    """

    change: StatusChange
    client: Any
    layer: str | None
    margin_12m: Decimal | None
    is_living: bool | None

    @property
    def is_anchor(self) -> bool:
        return self.layer == ANCHOR

    @property
    def is_trouble(self) -> bool:
        return self.change.after in TROUBLED


def entities_visible_to(user: Visitor) -> QuerySet[LegalEntity]:
    """Legal entities of the clients this person sees, those of merged cards included."""
    return LegalEntity.objects.filter(client__in=cards_visible_to(user))


def changes_visible_to(user: Visitor) -> QuerySet[StatusChange]:
    """Every change of those legal entities, the newest first."""
    changes = StatusChange.objects.filter(entity__client__in=cards_visible_to(user))
    return changes.select_related("entity__client", "by", "handled_by")


def open_alerts_visible_to(user: Visitor) -> QuerySet[StatusChange]:
    """Changes nobody has looked at yet."""
    return changes_visible_to(user).filter(is_alert=True, handled_at__isnull=True)


def alerts_visible_to(user: Visitor, *, with_handled: bool = False) -> list[Alert]:
    """Alerts, anchors first, then by the margin of twelve months, then the newest; clients that buy before the rest."""
    shown = changes_visible_to(user).filter(is_alert=True) if with_handled else open_alerts_visible_to(user)
    changes = list(shown[:NEWEST])
    roots = {change.pk: change.entity.client.merged_into_id or change.entity.client_id for change in changes}
    clients = clients_visible_to(user).select_related("holder").in_bulk(list(set(roots.values())))
    figures = _figures(user, list(clients))
    found = [_alert(change, clients[root], figures) for change in changes if (root := roots[change.pk]) in clients]
    return sorted(found, key=_rank if sees_money(user) else _rank_without_money)


def _alert(change: StatusChange, client: Any, figures: dict[int, dict[str, Any]]) -> Alert:
    known = figures.get(client.pk, {})
    orders = known.get(ORDERS)
    living = None if ORDERS not in known else bool(orders)
    return Alert(change, client, layer=known.get(LAYER), margin_12m=known.get(MARGIN), is_living=living)


def _rank(alert: Alert) -> tuple[Any, ...]:
    margin = alert.margin_12m if alert.margin_12m is not None else Decimal("-Infinity")
    return (not alert.is_anchor, alert.is_living is False, -margin, -alert.change.noticed_at.timestamp())


def _rank_without_money(alert: Alert) -> tuple[Any, ...]:
    """Not even the order tells money to whoever may not see it."""
    return (not alert.is_anchor, alert.is_living is False, -alert.change.noticed_at.timestamp())


def _figures(user: Visitor, client_ids: list[int]) -> dict[int, dict[str, Any]]:
    """{client: his layer, margin and orders} as published; nothing before the first pulse."""
    publication = current_publication()
    names = {name.name for name in published_columns(publication)} & {LAYER, MARGIN, ORDERS}
    if not names:
        return {}
    rows = states_visible_to(user, publication=publication).filter(pk__in=client_ids).values("pk", *sorted(names))
    return {row["pk"]: row for row in rows}
