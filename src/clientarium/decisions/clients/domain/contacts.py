"""Phones and e-mails, by hand. What a person touches is no longer the import's to take back."""

from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import ClientVerb, ContactKind
from ..models import Client, Contact
from ..queries.families import members_of, roots_of
from ..queries.names import email_key, phone_key
from ..queries.visibility import cards_visible_to, clients_visible_to

VALUE_CHARACTERS = 200


@transaction.atomic
def add_contact(client: Client, *, kind: str, value: str, by: User, person: str = "") -> Contact:
    """Raises UserError for what is no phone or e-mail, and for one the client has already."""
    client = clients_visible_to(by).get(pk=client.pk)
    value, normalised = contact_value(kind, value)
    require_new(client.pk, kind, normalised)
    contact = Contact.objects.create(
        client=client, kind=kind, value=value, normalised=normalised, person=person.strip()[:VALUE_CHARACTERS]
    )
    record(ClientVerb.CONTACT_ADDED, target=client, by=by, data={"kind": kind, "contact": contact.pk})
    return contact


@transaction.atomic
def edit_contact(contact: Contact, *, value: str, by: User, person: str = "") -> Contact:
    """Raises UserError as add_contact does."""
    contact = Contact.objects.select_for_update().filter(client__in=cards_visible_to(by)).get(pk=contact.pk)
    before = {"value": contact.value, "person": contact.person}
    value, normalised = contact_value(contact.kind, value)
    if normalised != contact.normalised:
        require_new(contact.client_id, contact.kind, normalised)
    contact.value, contact.normalised, contact.import_id = value, normalised, None
    contact.person = person.strip()[:VALUE_CHARACTERS]
    contact.save()
    record(ClientVerb.CONTACT_EDITED, target=contact.client, by=by, data={"contact": contact.pk, "from": before})
    return contact


@transaction.atomic
def remove_contact(contact: Contact, *, by: User) -> None:
    """The journal keeps the value, so that it can be written again."""
    contact = Contact.objects.select_for_update().filter(client__in=cards_visible_to(by)).get(pk=contact.pk)
    before = {"kind": contact.kind, "value": contact.value, "person": contact.person}
    record(ClientVerb.CONTACT_REMOVED, target=contact.client, by=by, data={"from": before})
    contact.delete()


def contact_value(kind: str, value: str) -> tuple[str, str]:
    """(as written, as looked for)."""
    if kind not in ContactKind.values:
        raise UserError(N_("There is no such kind of contact."))
    value = value.replace("\0", "").strip()[:VALUE_CHARACTERS]
    normalised = phone_key(value) if kind == ContactKind.PHONE else email_key(value)
    if not normalised:
        message = N_("“%(value)s” is no phone.") if kind == ContactKind.PHONE else N_("“%(value)s” is no e-mail.")
        raise UserError(message, value=value)
    return value, normalised


def require_new(client_id: int, kind: str, normalised: str) -> None:
    family = members_of([*roots_of([client_id]).values()]).values("pk")
    if Contact.objects.filter(client__in=family, kind=kind, normalised=normalised).exists():
        raise UserError(N_("The client has this contact already."))
