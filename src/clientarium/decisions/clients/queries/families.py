"""Merged cards as one client: rows of his aliases are read through him, wherever they stand."""

from collections.abc import Collection, Iterable
from datetime import datetime

import pyarrow as pa
from django.db.models import F, Max, Q, QuerySet
from django.db.models.functions import Coalesce

from ..models import Client, Contact, Holding, LegalEntity, Merge, Note, StateTable

ALIASES_SCHEMA = pa.schema([("alias_id", pa.int64()), ("client_id", pa.int64())])

IDS_PER_QUERY = 2_000

in_force = Q(undone_at__isnull=True)

root_id = Coalesce(F("client__merged_into_id"), F("client_id"))
"""Of any row with a client: whose row it is now. `.annotate(root_id=root_id)`."""


def members_of(client_ids: Collection[int]) -> QuerySet[Client]:
    """These clients and the cards merged into them."""
    return Client.objects.filter(Q(pk__in=client_ids) | Q(merged_into_id__in=client_ids))


def aliases_table() -> pa.Table | None:
    """ALIASES_SCHEMA, as the ledger takes it; None where nobody is merged."""
    merged = Client.objects.filter(merged_into__isnull=False).order_by("pk")
    rows = list(merged.values_list("pk", "merged_into_id"))
    if not rows:
        return None
    aliases, clients = zip(*rows, strict=True)
    return pa.table({"alias_id": aliases, "client_id": clients}, schema=ALIASES_SCHEMA)


def roots_of(client_ids: Iterable[int]) -> dict[int, int]:
    """card → the client it belongs to now; itself where it is merged into nobody."""
    ids = list(client_ids)
    found: dict[int, int] = {}
    for start in range(0, len(ids), IDS_PER_QUERY):
        rows = Client.objects.filter(pk__in=ids[start : start + IDS_PER_QUERY])
        found.update(rows.values_list("pk", Coalesce("merged_into_id", "pk")))
    return found


def merges_of(client: Client) -> QuerySet[Merge]:
    """The merges that made `client` what he is, the first one first."""
    family = members_of([client.pk]).values("pk")
    return Merge.objects.filter(in_force, alias__in=family).select_related("alias", "into", "by").order_by("pk")


def last_merging() -> datetime | None:
    """When cards were last merged or taken apart."""
    found = Merge.objects.aggregate(merged=Max("merged_at"), undone=Max("undone_at"))
    return max((moment for moment in found.values() if moment is not None), default=None)


def contacts_of(client: Client) -> list[Contact]:
    """Phones and e-mails of the client, each once: those of his own card first, then those of the merged ones."""
    rows = Contact.objects.filter(client__in=members_of([client.pk]).values("pk"))
    found: dict[tuple[str, str], Contact] = {}
    for contact in sorted(rows, key=lambda one: (one.kind, one.client_id != client.pk, one.pk)):
        found.setdefault((contact.kind, contact.normalised), contact)
    return list(found.values())


def notes_of(client: Client) -> QuerySet[Note]:
    """What was written about the client, under whichever of his cards."""
    return Note.objects.filter(client__in=members_of([client.pk]).values("pk"))


def holdings_of(client: Client) -> QuerySet[Holding]:
    """Who held the client and the cards merged into him, the latest first."""
    return Holding.objects.filter(client__in=members_of([client.pk]).values("pk"))


def entities_of(client: Client) -> QuerySet[LegalEntity]:
    """The legal entities of the client, under whichever of his cards."""
    return LegalEntity.objects.filter(client__in=members_of([client.pk]).values("pk"))


def merging_is_newer(client: Client, publication: StateTable | None) -> bool:
    """Whether cards were merged into `client`, or taken from him, after the figures were published."""
    if publication is None:
        return False
    moment = publication.published_at
    family = Q(alias_id=client.pk) | Q(into_id=client.pk) | Q(into__merged_into_id=client.pk)
    return Merge.objects.filter(family, Q(merged_at__gt=moment) | Q(undone_at__gt=moment)).exists()
