"""One change of many cards at once, with what stood there kept so that it can be put back exactly.

Everything happens on own values (a merged card's loans are taken off and shown again at the end), so what is put back
is what was there, whatever was merged meanwhile. Within a transaction; the caller has made sure that `by` sees them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clientarium.core.ground import N_, UserError
from clientarium.decisions.people import Seller

from ..choices import HoldingCause
from ..models import Client, Holding
from ..queries.fields import custom_fields
from .bulk import update_rows
from .card_holders import HOLDER
from .card_words import present_value, put_value
from .copies import copy_to_state, locked_state
from .edit import CARD_FIELDS, card_value
from .families import families_among, own_values
from .field_values import field_value
from .holding_rows import end_before, is_decided_later
from .stored_json import json_text

STOPPED = "is_stopped"

SET_AT_ONCE = tuple(word for word in CARD_FIELDS if word in ("city", "segment"))
"""Fields that many clients may share; a name, a code and an INN belong to one."""


@dataclass(frozen=True)
class CardWrite:
    """What stood on one card before and what stands there now, as JSON can keep it."""

    client: Client
    before: dict[str, Any]
    after: dict[str, Any]


def value_for_many(word: str, given: Any) -> Any:
    """`given` as the field keeps it, None for '' (unknown). Raises UserError for a field that many cannot share."""
    if word in SET_AT_ONCE:
        return card_value(word, given)
    own = {field.word: field for field in custom_fields()}
    if word not in own:
        raise UserError(N_("The field “%(field)s” cannot be set for many clients at once."), field=word)
    return field_value(own[word], given)


def write_many(client_ids: Collection[int], word: str, value: Any) -> list[CardWrite]:
    """Set one field (or the stop list's mark) on every card that has another value."""
    families = families_among(client_ids)
    with own_values(client_ids):
        clients = _locked(client_ids)
        written = []
        for client in clients:
            before = _field_of(client, word)
            put_value(client, word, value)
            client.borrowed.pop(word, None)
            if client.pk in families and (value is None or value is False):
                client.borrowed[word] = None
            after = _field_of(client, word)
            if after != before:
                written.append(CardWrite(client, before, after))
        _save([one.client for one in written])
    copy_to_state([one.client.pk for one in written])
    return written


def restore_many(word: str, rows: Mapping[int, tuple[dict[str, Any], dict[str, Any]]]) -> set[int]:
    """Put back client_id → (before, after) where nobody has changed it since; the clients it was put back for."""
    with own_values(rows):
        restored = []
        for client in _locked(rows):
            before, after = rows[client.pk]
            if _field_of(client, word) != after:
                continue
            put_value(client, word, before["value"])
            client.borrowed.pop(word, None)
            if before["emptied"]:
                client.borrowed[word] = None
            restored.append(client)
        _save(restored)
    copy_to_state([client.pk for client in restored])
    return {client.pk for client in restored}


def hand_many(client_ids: Collection[int], *, to: Seller | None, on: date, reason: str) -> list[CardWrite]:
    """Give every client that `to` (None: nobody) does not hold to him from `on`.

    Those whom a person handed over later are left out.
    """
    families = families_among(client_ids) if to is None else set()
    with own_values(client_ids):
        # A merged client may show the holder of another of his cards: his own card has to say «nobody».
        shown_as_held = {one.pk for one in _locked(client_ids) if one.pk in families and HOLDER not in one.borrowed}
        clients = [one for one in _locked(client_ids) if one.holder_id != (to and to.pk) or one.pk in shown_as_held]
        present = _open_holdings(clients)
        clients = [one for one in clients if one.pk not in present or not is_decided_later(present[one.pk], on)]
        before = {one.pk: _holder_of(one, present.get(one.pk)) for one in clients}
        end_before([present[one.pk] for one in clients if one.pk in present], on)
        for client in clients:
            client.holder = to
            client.borrowed.pop(HOLDER, None)
            if client.pk in families:
                client.borrowed[HOLDER] = None  # nobody: not even who holds a merged card
        if to is not None:
            _begin(clients, to, on=on, reason=reason)
        _save(clients)
        now = _open_holdings(clients)
        written = [CardWrite(one, before[one.pk], _holder_of(one, now.get(one.pk))) for one in clients]
    copy_to_state([one.client.pk for one in written])
    return written


def unhand_many(rows: Mapping[int, tuple[dict[str, Any], dict[str, Any]]]) -> set[int]:
    """Give back client_id → (before, after) where he has not been handed on since; whom it was done for."""
    with own_values(rows):
        clients = _locked(rows)
        present = _open_holdings(clients)
        same = [one for one in clients if _holder_of(one, present.get(one.pk)) == rows[one.pk][1]]
        Holding.objects.filter(pk__in=[present[one.pk].pk for one in same if one.pk in present]).delete()
        for client in same:
            before = rows[client.pk][0]
            client.holder_id = before["holder"]
            client.borrowed.pop(HOLDER, None)
            if before["emptied"]:
                client.borrowed[HOLDER] = None
            _reopen(client, before["holding"])
        _save(same)
    copy_to_state([client.pk for client in same])
    return {client.pk for client in same}


def put_many_into_state(columns: Sequence[str], rows: Mapping[int, Sequence[Any]]) -> None:
    """Set published columns, client_id → values in their order; a column that is not published is left out."""
    state = locked_state()
    published = {field.name for field in state._meta.get_fields()}
    places = [number for number, column in enumerate(columns) if column in published]
    if not places:
        return
    shown = [columns[number] for number in places]
    values = [(*(row[number] for number in places), client_id) for client_id, row in rows.items()]
    update_rows(state._meta.db_table, shown, values, key="client_id")


def _locked(client_ids: Collection[int] | Mapping[int, Any]) -> list[Client]:
    rows = Client.objects.select_for_update().filter(pk__in=list(client_ids), merged_into__isnull=True)
    return list(rows.order_by("pk"))


def _save(clients: Sequence[Client]) -> None:
    columns = ("city", "segment", "is_stopped", "holder_id", "fields", "borrowed")
    rows = [
        (one.city, one.segment, one.is_stopped, one.holder_id, json_text(one.fields), json_text(one.borrowed), one.pk)
        for one in clients
    ]
    update_rows(Client._meta.db_table, columns, rows)


def _field_of(client: Client, word: str) -> dict[str, Any]:
    return {"value": present_value(client, word), "emptied": word in client.borrowed}


def _open_holdings(clients: Sequence[Client]) -> dict[int, Holding]:
    rows = Holding.objects.filter(client__in=[client.pk for client in clients], last_day__isnull=True)
    return {holding.client_id: holding for holding in rows}


def _holder_of(client: Client, holding: Holding | None) -> dict[str, Any]:
    return {
        "holder": client.holder_id,
        "emptied": HOLDER in client.borrowed,
        "holding": holding
        and {
            "id": holding.pk,
            "seller": holding.seller_id,
            "first_day": holding.first_day.isoformat(),
            "cause": holding.cause,
            "reason": holding.reason,
            "import_id": holding.import_id,
        },
    }


def _begin(clients: Sequence[Client], seller: Seller, *, on: date, reason: str) -> None:
    Holding.objects.bulk_create(
        Holding(client=one, seller=seller, first_day=on, cause=HoldingCause.PERSON, reason=reason) for one in clients
    )


def _reopen(client: Client, was: Mapping[str, Any] | None) -> None:
    if was is None:
        return
    if Holding.objects.filter(pk=was["id"]).update(last_day=None, first_day=date.fromisoformat(was["first_day"])):
        return
    Holding.objects.create(
        pk=was["id"],
        client=client,
        seller_id=was["seller"],
        first_day=date.fromisoformat(was["first_day"]),
        cause=was["cause"],
        reason=was["reason"],
        import_id=was["import_id"],
    )
