"""Filling cards from a file of clients, remembering what stood there before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pyarrow as pa
from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import Message, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import User, name_key

from ..choices import ClientVerb
from ..models import CardChange, Client, CustomField
from ..queries.fields import custom_fields
from .bulk import ROWS_PER_TRANSACTION, update_rows
from .card_contacts import add_contacts, contacts_in
from .card_holders import hold_from_cards
from .card_words import present_value, put_value
from .copies import copy_to_state
from .edit import CARD_FIELDS, card_value
from .families import own_values
from .field_values import field_value
from .holdings import sellers_for
from .legal_entities import entities_of_cards
from .stored_json import json_text

CARD_COLUMNS = (*CARD_FIELDS, "seller")
SAMPLES_SHOWN = 5


@dataclass
class AppliedCards:
    """What `apply_cards` did. `proposed`: headers nobody has defined a field for → sample values.

    `refused`: values a field does not take, (client_key, header, value, why).
    """

    changed: int = 0
    contacts: int = 0
    transferred: int = 0
    proposed: dict[str, list[str]] = field(default_factory=dict)
    refused: list[tuple[str, str, str, Message]] = field(default_factory=list)


@dataclass(frozen=True)
class Card:
    """One row of the file, for one client."""

    client_id: int
    client_key: str
    values: Mapping[str, Any]
    extra: Mapping[str, Any]


def apply_cards(
    staged: pa.Table, keys: pa.Table, *, source: str, import_id: str, by: User | None, on: date | None = None
) -> AppliedCards:
    """Write the cards of `staged` (client_key, card columns, `fields` map) over those of the clients in `keys`.

    An empty cell says nothing and changes nothing. Doing it again changes nothing more.
    """
    client_ids = dict(zip(keys["client_key"].to_pylist(), keys["client_id"].to_pylist(), strict=True))
    fields = {name: made for made in custom_fields() for name in (made.slug, made.word, *titles(made))}
    applied = AppliedCards()
    for cards in chunks_of_cards(staged, client_ids):
        apply_chunk(cards, fields, applied, source=source, import_id=import_id, on=on or timezone.localdate())
    data = {
        "import_id": import_id,
        "changed": applied.changed,
        "contacts": applied.contacts,
        "transferred": applied.transferred,
        "refused": len(applied.refused),
        "proposed": list(applied.proposed),
    }
    with transaction.atomic():
        record(ClientVerb.CARDS_APPLIED, target=None, by=by, data=data)
    return applied


def titles(made: CustomField) -> set[str]:
    return {name_key(title) for title in (made.title_ru, made.title_en) if title}


def chunks_of_cards(staged: pa.Table, client_ids: Mapping[str, int]) -> Iterator[list[Card]]:
    """Cards in the order of the file, chunk by chunk."""
    filled = {name for name in staged.column_names if staged[name].null_count < staged.num_rows}
    known = [name for name in (*CARD_COLUMNS, "phones", "emails") if name in filled]
    names = ["client_key", *known, *(["fields"] if "fields" in filled else [])]
    if names == ["client_key"]:
        return  # a file of sales says nothing about cards
    for batch in staged.select(names).to_batches(max_chunksize=ROWS_PER_TRANSACTION):
        columns = {name: batch.column(name).to_pylist() for name in names}
        cards = []
        for row, key in enumerate(columns["client_key"]):
            if key in client_ids:
                values = {name: columns[name][row] for name in known}
                extra = dict((columns["fields"][row] if "fields" in columns else None) or {})
                cards.append(Card(client_ids[key], key, values, extra))
        yield cards


@transaction.atomic
def apply_chunk(
    cards: Sequence[Card],
    fields: Mapping[str, CustomField],
    applied: AppliedCards,
    *,
    source: str,
    import_id: str,
    on: date,
) -> None:
    with own_values([card.client_id for card in cards]):
        write_chunk(cards, fields, applied, source=source, import_id=import_id, on=on)


def write_chunk(
    cards: Sequence[Card],
    fields: Mapping[str, CustomField],
    applied: AppliedCards,
    *,
    source: str,
    import_id: str,
    on: date,
) -> None:
    """Each card over the own values of its client, be he merged or not."""
    clients = Client.objects.select_for_update().in_bulk([card.client_id for card in cards])
    before: dict[tuple[int, str], Any] = {}
    for card in cards:
        client = clients[card.client_id]
        for word, value in new_values(card, fields, applied).items():
            old = present_value(client, word)
            if old != value:
                before.setdefault((client.pk, word), old)
                put_value(client, word, value)
    changed = [clients[client_id] for client_id in dict.fromkeys(client_id for client_id, _ in before)]
    save_cards(changed)
    remember(before, clients, import_id=import_id)
    entities_of_cards([client for client in changed if client.inn], import_id=import_id)
    applied.changed += len(changed)
    applied.contacts += add_contacts(contacts_in(cards), import_id=import_id)
    sellers = sellers_for({seller_key(card) for card in cards}, source=source)
    wanted = {card.client_id: sellers[seller_key(card)] for card in cards if seller_key(card)}
    moved = hold_from_cards(clients, wanted, import_id=import_id, on=on)
    applied.transferred += len(moved)
    copy_to_state([*{client.pk for client in changed} | set(moved)])


def seller_key(card: Card) -> str:
    return str(card.values.get("seller") or "").strip()


def new_values(card: Card, fields: Mapping[str, CustomField], applied: AppliedCards) -> dict[str, Any]:
    """word → value for what the card says; what no field takes is told in `applied`."""
    found: dict[str, Any] = {}
    for word in CARD_FIELDS:
        given = card.values.get(word)
        if given is not None and str(given).strip():
            _try(found, word, lambda word=word, given=given: card_value(word, given), card, str(given), applied)
    for header, given in card.extra.items():
        if given is None or not str(given).strip():
            continue
        made = fields.get(header) or fields.get(name_key(header))
        if made is None:
            samples = applied.proposed.setdefault(header, [])
            if len(samples) < SAMPLES_SHOWN and str(given) not in samples:
                samples.append(str(given))
            continue
        _try(found, made.word, lambda made=made, given=given: field_value(made, given), card, str(given), applied)
    return found


def _try(found: dict[str, Any], word: str, read: Any, card: Card, given: str, applied: AppliedCards) -> None:
    try:
        found[word] = read()
    except UserError as error:
        applied.refused.append((card.client_key, word, given, error.message))


def save_cards(clients: Sequence[Client]) -> None:
    """Write the whole card of each client; Django's bulk_update is ten times slower."""
    columns = ("name", "search_name", "code", "inn", "kpp", "city", "segment", "fields")
    rows = [
        (*(getattr(client, name) for name in columns[:-1]), json_text(client.fields), client.pk) for client in clients
    ]
    update_rows(Client._meta.db_table, columns, rows)


def remember(before: Mapping[tuple[int, str], Any], clients: Mapping[int, Client], *, import_id: str) -> None:
    """Keep what stood there before the import; nothing stood there for a client the import itself created."""
    changes = [
        CardChange(
            import_id=import_id,
            client_id=client_id,
            field=word,
            before=old,
            after=present_value(clients[client_id], word),
        )
        for (client_id, word), old in before.items()
        if clients[client_id].created_import != import_id
    ]
    # A second run of the same import finds the values already there; the first memory is the true one.
    CardChange.objects.bulk_create(changes, ignore_conflicts=True)
