"""The legal entity that a card's INN and KPP name: kept beside the card, so that a client may have several."""

from collections.abc import Mapping, Sequence
from typing import Any

from ..models import Client, LegalEntity

Branch = tuple[int, str, str | None]
"""client, INN, KPP."""


def entities_of_cards(clients: Sequence[Client], *, import_id: str | None) -> int:
    """Make the entities the cards of `clients` name and that they do not have yet; how many."""
    named = {branch_of(client): client for client in clients if client.inn}
    if not named:
        return 0
    ids = {client_id for client_id, _, _ in named}
    known = set(LegalEntity.objects.filter(client_id__in=ids).values_list("client_id", "inn", "kpp"))
    made = [
        LegalEntity(client=client, name=client.name, inn=client.inn, kpp=client.kpp, import_id=import_id)
        for branch, client in named.items()
        if branch not in known
    ]
    LegalEntity.objects.bulk_create(made)
    return len(made)


def follow_card(client: Client, before: Mapping[str, Any]) -> None:
    """After a person changed the card's own INN or KPP: the entity that stood there is corrected, status and all that
    hung on the old number forgotten; a number not there before makes a new entity."""
    if not {"inn", "kpp"} & set(before) or not client.inn:
        return
    old = LegalEntity.objects.filter(
        client=client, inn=before.get("inn", client.inn), kpp=before.get("kpp", client.kpp), inn__isnull=False
    ).first()
    taken = LegalEntity.objects.filter(client=client, inn=client.inn, kpp=client.kpp).exists()
    if old is None or taken:
        entities_of_cards([client], import_id=None)
        return
    if old.inn != client.inn:
        old.status, old.status_on, old.status_source = None, None, ""
        old.ogrn, old.address = None, None
    old.inn, old.kpp, old.import_id = client.inn, client.kpp, None
    old.save()


def branch_of(client: Client) -> Branch:
    assert client.inn
    return client.pk, client.inn, client.kpp
