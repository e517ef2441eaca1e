"""Clients as the search for duplicates takes them: one Arrow table, merged cards as one."""

from collections.abc import Collection, Iterator
from typing import Any

import pyarrow as pa

from clientarium.core.identity import CARD_COLUMNS

from ..choices import ContactKind
from ..models import Client, Contact, LegalEntity

IDS_PER_BATCH = 20_000
IDS_PER_QUERY = 2_000


def identity_cards(*, only: Collection[int] | None = None, without: Collection[int] = ()) -> pa.Table:
    """CARD_COLUMNS of every client, of `only` these, or of all `without` those; `record_id` is the client."""
    left_out = set(without)
    batches = (batch_of(ids) for ids in batches_of_ids(only, left_out))
    return pa.Table.from_batches([batch for batch in batches if batch.num_rows], schema=CARD_COLUMNS)


def batches_of_ids(only: Collection[int] | None, without: set[int]) -> Iterator[list[int]]:
    clients = Client.objects.filter(merged_into__isnull=True).order_by("pk").values_list("pk", flat=True)
    if only is not None:
        wanted = sorted(set(only) - without)
        for start in range(0, len(wanted), IDS_PER_QUERY):
            yield list(clients.filter(pk__in=wanted[start : start + IDS_PER_QUERY]))
        return
    held: list[int] = []
    for client_id in clients.iterator(chunk_size=IDS_PER_BATCH):
        if client_id not in without:
            held.append(client_id)
        if len(held) == IDS_PER_QUERY:
            yield held
            held = []
    if held:
        yield held


def batch_of(client_ids: list[int]) -> pa.RecordBatch:
    family = dict(Client.objects.filter(merged_into_id__in=client_ids).values_list("pk", "merged_into_id"))
    cards = [*client_ids, *family]
    phones, emails = contacts_by_client(cards, family)
    entities = entities_by_client(cards, family)
    rows = Client.objects.filter(pk__in=client_ids).order_by("pk").values_list("pk", "name", "inn", "kpp", "city")
    found = [
        {
            "record_id": pk,
            "name": name,
            "inn": inn,
            "kpp": kpp,
            "ogrn": entities.get(pk, {}).get("ogrn"),
            "phones": phones.get(pk),
            "emails": emails.get(pk),
            "city": city,
            "address": entities.get(pk, {}).get("address"),
        }
        for pk, name, inn, kpp, city in rows
    ]
    return pa.RecordBatch.from_pylist(found, schema=CARD_COLUMNS)


def contacts_by_client(cards: list[int], family: dict[int, Any]) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    found: dict[str, dict[int, list[str]]] = {ContactKind.PHONE: {}, ContactKind.EMAIL: {}}
    rows = Contact.objects.filter(client_id__in=cards).order_by("pk").values_list("client_id", "kind", "value")
    for client_id, kind, value in rows:
        found[kind].setdefault(family.get(client_id, client_id), []).append(value)
    return found[ContactKind.PHONE], found[ContactKind.EMAIL]


def entities_by_client(cards: list[int], family: dict[int, Any]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = {}
    rows = LegalEntity.objects.filter(client_id__in=cards).order_by("pk").values_list("client_id", "ogrn", "address")
    for client_id, ogrn, address in rows:
        known = found.setdefault(family.get(client_id, client_id), {})
        if ogrn:
            known.setdefault("ogrn", ogrn)
        if address:
            known.setdefault("address", address)
    return found
