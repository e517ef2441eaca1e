"""Edits of a card by hand."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import Seller, User

from ..choices import ClientVerb, HoldingCause
from ..models import Client, Holding
from ..queries.fields import custom_fields
from ..queries.names import search_name_of
from ..queries.visibility import clients_visible_to
from .card_words import NAME_CHARACTERS, present_value, put_value
from .copies import copy_to_state, insert_bare_states
from .families import families_among, own_values
from .field_values import field_value
from .legal_entities import follow_card

CARD_FIELDS = ("name", "code", "inn", "kpp", "city", "segment")


@transaction.atomic
def create_client(name: str, *, by: User | None, holder: Seller | None = None, on: date | None = None) -> Client:
    """A client made by hand; lists show him at once. Raises UserError without a name."""
    name = card_value("name", name) or ""
    search_name = search_name_of(name)[:NAME_CHARACTERS]
    client = Client.objects.create(name=name, search_name=search_name, holder=holder)
    insert_bare_states([(client.pk, name, search_name, holder.pk if holder else None)])
    if holder:
        day = on or timezone.localdate()
        Holding.objects.create(client=client, seller=holder, first_day=day, cause=HoldingCause.PERSON)
    record(ClientVerb.CLIENT_CREATED, target=client, by=by)
    return client


@transaction.atomic
def edit_client(
    client: Client, changes: Mapping[str, Any], *, by: User, was: Mapping[str, Any] | None = None
) -> Client:
    """Change fields of the card: CARD_FIELDS and `f_<slug>`; '' makes a field unknown.

    `was`: what the editor saw; UserError where somebody has changed that field meanwhile, for an unknown field, and for
    a value the field does not take.
    """
    client = clients_visible_to(by).select_for_update().get(pk=client.pk)
    fields = {field.word: field for field in custom_fields()}
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for word, given in changes.items():
        if word not in CARD_FIELDS and word not in fields:
            raise UserError(N_("There is no field “%(field)s”."), field=word)
        old = present_value(client, word)
        require_unchanged(word, old, was or {})
        new = field_value(fields[word], given) if word in fields else card_value(word, given)
        if new != old:
            before[word], after[word] = old, new
    if after:
        write_own(client, after)
        copy_to_state([client.pk])
        record(ClientVerb.CLIENT_EDITED, target=client, by=by, data={"from": before, "to": after})
    return client


def write_own(client: Client, values: Mapping[str, Any]) -> None:
    """Make `values` the card's own; what is emptied is not lent by a merged card again."""
    is_merged = bool(families_among([client.pk]))
    with own_values([client.pk]):
        client.refresh_from_db()
        before = {word: present_value(client, word) for word in values}
        for word, value in values.items():
            put_value(client, word, value)
            client.borrowed.pop(word, None)
            if is_merged and (value is None or value is False):
                client.borrowed[word] = None
        client.save()
        follow_card(client, before)
    client.refresh_from_db()


def require_unchanged(word: str, present: Any, was: Mapping[str, Any]) -> None:
    if word in was and (was[word] or None) != (present or None):
        raise UserError(
            N_("Somebody has changed “%(field)s” to “%(value)s” meanwhile."),
            cure=N_("Look at the new value and save again."),
            field=word,
            value=present,
        )


def card_value(word: str, given: Any) -> str | None:
    """A card field as it is stored: trimmed, null when empty. Raises UserError for an empty name or too long a text."""
    text = " ".join(str(given or "").replace("\0", "").split())
    limit = getattr(Client._meta.get_field(word), "max_length", None) or NAME_CHARACTERS
    if word == "name" and not text:
        raise UserError(N_("A client needs a name."))
    if len(text) > limit:
        raise UserError(N_("At most %(limit)s characters fit here."), limit=limit)
    return text or None


@transaction.atomic
def mark_stopped(client: Client, *, stopped: bool, reason: str, by: User) -> Client:
    """Put `client` on the stop list or take him off. Raises UserError without a reason."""
    verb = ClientVerb.CLIENT_STOPPED if stopped else ClientVerb.CLIENT_UNSTOPPED
    return _mark(client, "is_stopped", stopped, verb=verb, reason=reason, by=by)


@transaction.atomic
def mark_bad_review(client: Client, *, marked: bool, reason: str, by: User) -> Client:
    """Mark that `client` left a bad review, or clear it. Raises UserError without a reason."""
    verb = ClientVerb.BAD_REVIEW_MARKED if marked else ClientVerb.BAD_REVIEW_CLEARED
    return _mark(client, "has_bad_review", marked, verb=verb, reason=reason, by=by)


def _mark(client: Client, field: str, value: bool, *, verb: ClientVerb, reason: str, by: User) -> Client:
    if not reason.strip():
        raise UserError(N_("This needs a reason."))
    client = clients_visible_to(by).select_for_update().get(pk=client.pk)
    if getattr(client, field) != value:
        write_own(client, {field: value})
        record(verb, target=client, by=by, reason=reason)
    return client
