"""The computed potential of one client: whom to compare him with is asked of the published state, by index."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from clientarium.core.readings import PeerPotential, peer_potential
from clientarium.decisions.clients import (
    Client,
    clients_visible_to,
    current_publication,
    published_columns,
    state_model,
)
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.people import User

from ..models import Declared
from .declared import declared_of

CANDIDATES = 300
"""Half of them larger than the client, half smaller, the nearest first: enough to find forty with a like basket, and so
few that a base of a million clients is asked by index and by one scan of a year's sales."""

ENOUGH = 20
"""With fewer buyers like him the search widens by a step of the LADDER."""

SEGMENT, CITY, SIZE = "segment", "city", "size"
LADDER = ((SEGMENT, CITY, SIZE), (SEGMENT, SIZE), (CITY, SIZE), (SIZE,), (SEGMENT,), ())
SIZE_TIMES = 4
"""As large: from a quarter of his revenue of 12 months to four times as much; beyond that the money means nothing."""
SIZES = ("revenue_12m", "revenue_prev_12m", "revenue_all")


@dataclass(frozen=True)
class Peers:
    """Whom he was compared with: `by` what they share (segment, city, size), `count`, those the asker may see."""

    by: tuple[str, ...]
    count: int
    visible: tuple[Client, ...]

    @property
    def hidden(self) -> int:
        return self.count - len(self.visible)


@dataclass(frozen=True)
class Potential:
    """Both sides: what a person said, and what similar clients buy; `computed` None before the first count."""

    client: Client
    declared: Declared | None
    as_of: date | None
    computed: PeerPotential | None
    peers: Peers | None


def potential_of(client_id: int, *, by: User) -> Potential:
    """Raises Client.DoesNotExist for a client `by` does not see. The money is shown to whoever `sees_money`."""
    client = clients_visible_to(by).get(pk=client_id)
    declared = declared_of([client.pk]).get(client.pk)
    publication = current_publication()
    if publication is None or publication.as_of is None:
        return Potential(client, declared, None, None, None)
    shared, candidates = _candidates(client, publication)
    base = ledger_base()
    computed = peer_potential(base, client_id=client.pk, candidate_ids=candidates, as_of=publication.as_of)
    seen = clients_visible_to(by).in_bulk(computed.peer_ids)
    visible = tuple(seen[peer] for peer in computed.peer_ids if peer in seen)
    return Potential(client, declared, publication.as_of, computed, Peers(shared, len(computed.peer_ids), visible))


def _candidates(client: Client, publication: Any) -> tuple[tuple[str, ...], list[int]]:
    """The names of what they share with the client, and they themselves, the nearest in size first."""
    columns = {column.name for column in published_columns(publication)}
    states: QuerySet[Any] = state_model(publication)._default_manager.filter(client__merged_into__isnull=True)
    own: dict[str, Any] = states.filter(pk=client.pk).values().first() or {}
    size = next((Decimal(own[name]) for name in SIZES if own.get(name)), None) if SIZES[0] in columns else None
    states = states.exclude(pk=client.pk)
    if SIZES[0] in columns:
        states = states.filter(**{f"{SIZES[0]}__gt": 0})
    found: list[int] = []
    tried: tuple[str, ...] = ()
    for tried in LADDER:
        values = {name: own.get(name) for name in tried if name != SIZE}
        if all(name in columns and values[name] for name in values) and not (SIZE in tried and size is None):
            like = states.filter(**values)
            if SIZE in tried and size is not None:
                like = like.filter(**{f"{SIZES[0]}__range": (size / SIZE_TIMES, size * SIZE_TIMES)})
            found = _nearest_in_size(like, size)
            if len(found) >= ENOUGH:
                break
    return tried, found


def _nearest_in_size(states: QuerySet[Any], size: Decimal | None) -> list[int]:
    """At most CANDIDATES; of a client of unknown size, in order of the base."""
    if size is None:
        return list(states.order_by("pk").values_list("pk", flat=True)[:CANDIDATES])
    half = CANDIDATES // 2
    revenue = SIZES[0]
    larger = states.filter(**{f"{revenue}__gte": size}).order_by(revenue, "pk")
    smaller = states.filter(**{f"{revenue}__lt": size}).order_by(f"-{revenue}", "pk")
    rows = [*larger.values_list(revenue, "pk")[:half], *smaller.values_list(revenue, "pk")[:half]]
    return [pk for _revenue, pk in sorted(rows, key=lambda row: (abs(Decimal(row[0]) - size), row[1]))]
