"""“Verified at contact”: phones, e-mails and contact persons checked with the client himself (1.3.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client, Contact, add_contact, clients_visible_to, edit_contact, members_of
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import ContactVerb, Finding, Verified
from ..models import Touch, Verification


@dataclass(frozen=True)
class Check:
    """One answer to “is it still right?”. `value` is the new phone, e-mail or person where it changed."""

    what: str
    finding: str
    contact_id: int | None = None
    value: str = ""

    def __post_init__(self) -> None:
        if self.what not in Verified.values or self.finding not in Finding.values:
            raise UserError(N_("“%(word)s” is not a known answer."), word=f"{self.what} {self.finding}")
        if self.finding == Finding.CHANGED and not self.value.strip():
            raise UserError(N_("What is it now?"), cure=N_("Write the new value."))


@transaction.atomic
def confirm_contact(client: Client, check: Check, *, on: date, by: User) -> Verification:
    """Stamp one phone, e-mail or person as checked; a changed one is written into the card, a wrong one only marked.

    Raises Client.DoesNotExist for a client `by` does not see, UserError for what is no phone or e-mail.
    """
    client = clients_visible_to(by).get(pk=client.pk)
    return write_checks(client, [check], on=on, by=by, touch=None)[0]


def write_checks(
    client: Client, checks: Sequence[Check], *, on: date, by: User, touch: Touch | None
) -> list[Verification]:
    """The stamps of one talk and its one journal entry; the caller has made sure that `by` sees the client."""
    written = [_write(client, check, on=on, by=by, touch=touch) for check in checks]
    if written:
        found = [{"what": one.what, "finding": one.finding, "contact": one.contact_id} for one in written]
        record(ContactVerb.CONTACT_VERIFIED, target=client, by=by, data={"on": on, "checks": found})
    return written


def contact_of(client: Client, contact_id: int | None) -> Contact | None:
    """The contact on any of the client's merged cards; raises Contact.DoesNotExist for somebody else's."""
    if contact_id is None:
        return None
    return Contact.objects.filter(client__in=members_of([client.pk]).values("pk")).get(pk=contact_id)


def _write(client: Client, check: Check, *, on: date, by: User, touch: Touch | None) -> Verification:
    contact = contact_of(client, check.contact_id)
    if check.finding == Finding.CHANGED:
        contact = _changed(client, check, contact=contact, by=by)
    return Verification.objects.create(
        client=client,
        contact=contact,
        touch=touch,
        what=check.what,
        finding=check.finding,
        value=_value(check, contact)[:200],
        on=on,
        by=by,
    )


def _changed(client: Client, check: Check, *, contact: Contact | None, by: User) -> Contact | None:
    """The card brought up to date: a new number stands beside the old one, a new person takes the old one's place."""
    if check.what == Verified.PERSON:
        return edit_contact(contact, value=contact.value, person=check.value, by=by) if contact else None
    person = contact.person if contact else ""
    if contact:
        return edit_contact(contact, value=check.value, person=person, by=by)
    return add_contact(client, kind=check.what, value=check.value, person=person, by=by)


def _value(check: Check, contact: Contact | None) -> str:
    if contact is None:
        return check.value.strip()
    return contact.person if check.what == Verified.PERSON else contact.value
