"""What the drawer of one card can do: each button is one write of the domain."""

from collections.abc import Callable

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client, Contact, add_contact, edit_client, edit_contact, members_of
from clientarium.decisions.contacts import Check, Finding, confirm_contact, working_day
from clientarium.decisions.quality import mark_client, unmark_client

Mending = Callable[[HttpRequest, Client], str]

FIELD = "field-"
"""Inputs of card fields are `field-<word>`, what stood there when they were shown `was-<word>`."""


def mend_card(request: HttpRequest, client: Client) -> str:
    """Carry out what the pressed button says; what was done, in words. Raises UserError."""
    what = request.POST.get("do", "")
    if what not in MENDINGS:
        raise UserError(N_("There is no such action."))
    return MENDINGS[what](request, client)


def _fields(request: HttpRequest, client: Client) -> str:
    changes = {name.removeprefix(FIELD): text for name, text in request.POST.items() if name.startswith(FIELD)}
    was = {word: request.POST.get(f"was-{word}", "") for word in changes if f"was-{word}" in request.POST}
    edit_client(client, changes, by=request.user, was=was)
    return _("The card is saved.")


def _contact(request: HttpRequest, client: Client) -> Contact:
    """One on any of the client's merged cards; of another client, 404."""
    number = request.POST.get("contact", "")
    own = Contact.objects.filter(client__in=members_of([client.pk]).values("pk"))
    return get_object_or_404(own, pk=number if number.isdecimal() else 0)


def _save_contact(request: HttpRequest, client: Client) -> str:
    contact = _contact(request, client)
    edit_contact(contact, value=request.POST.get("value", ""), person=contact.person, by=request.user)
    return _("The contact is saved.")


def _confirm(request: HttpRequest, client: Client) -> str:
    contact = _contact(request, client)
    check = Check(contact.kind, Finding.CONFIRMED, contact.pk)
    confirm_contact(client, check, on=working_day(), by=request.user)
    return _("Marked as checked with the client.")


def _wrong(request: HttpRequest, client: Client) -> str:
    contact = _contact(request, client)
    confirm_contact(client, Check(contact.kind, Finding.WRONG, contact.pk), on=working_day(), by=request.user)
    return _("Marked as wrong. It stays on the card.")


def _add_contact(request: HttpRequest, client: Client) -> str:
    value, person = request.POST.get("value", ""), request.POST.get("person", "")
    kind = "email" if "@" in value else "phone"
    add_contact(client, kind=kind, value=value, person=person, by=request.user)
    return _("The contact is added.")


def _mark(request: HttpRequest, client: Client) -> str:
    mark_client(client, kind=request.POST.get("mark", ""), reason=request.POST.get("reason", ""), by=request.user)
    return _("The mark is set.")


def _unmark(request: HttpRequest, client: Client) -> str:
    unmark_client(client, kind=request.POST.get("mark", ""), by=request.user)
    return _("The mark is cleared.")


MENDINGS: dict[str, Mending] = {
    "fields": _fields,
    "save": _save_contact,
    "confirm": _confirm,
    "wrong": _wrong,
    "add": _add_contact,
    "mark": _mark,
    "unmark": _unmark,
}
