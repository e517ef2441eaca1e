"""What people change on a card: notes, contacts, the holder, the stop list, own fields, the category."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.clients import (
    Client,
    add_contact,
    add_note,
    custom_fields,
    edit_client,
    mark_bad_review,
    mark_stopped,
    transfer_client,
)
from clientarium.decisions.grades import override_category
from clientarium.decisions.people import Seller, rules
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.screens import everyone_signed_in, screen
from clientarium.interfaces.web.views.card import seen_client


def _done(request: HttpRequest, client: Client, change: Callable[[], Any], *, done: str) -> HttpResponse:
    """Carry the change out, tell how it went, and return to the card."""
    try:
        change()
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, done)
    return redirect("client", client_id=client.pk)


@require_POST
@screen(everyone_signed_in)
def note(request: HttpRequest, client_id: int) -> HttpResponse:
    client = seen_client(request, client_id)
    text = request.POST.get("text", "")
    return _done(request, client, lambda: add_note(client, text=text, by=request.user), done=_("The note is saved."))


@require_POST
@screen(everyone_signed_in)
def contact(request: HttpRequest, client_id: int) -> HttpResponse:
    client = seen_client(request, client_id)
    value, person = request.POST.get("value", ""), request.POST.get("person", "")
    kind = "email" if "@" in value else "phone"
    return _done(
        request,
        client,
        lambda: add_contact(client, kind=kind, value=value, person=person, by=request.user),
        done=_("The contact is added."),
    )


@require_POST
@screen(rules.can_confirm)
def holder(request: HttpRequest, client_id: int) -> HttpResponse:
    """Hand the client over to another seller, or to nobody."""
    client = seen_client(request, client_id)
    seller = Seller.objects.filter(pk=request.POST.get("seller") or None).first()
    reason = request.POST.get("reason", "").strip()
    return _done(
        request,
        client,
        lambda: transfer_client(client, to=seller, on=timezone.localdate(), reason=reason, by=request.user),
        done=_("The client is handed over."),
    )


@require_POST
@screen(rules.can_confirm)
def stop(request: HttpRequest, client_id: int) -> HttpResponse:
    """Put on the stop list or take off; the reason is kept."""
    client = seen_client(request, client_id)
    stopped = request.POST.get("stopped") == "1"
    reason = request.POST.get("reason", "").strip()
    return _done(
        request,
        client,
        lambda: mark_stopped(client, stopped=stopped, reason=reason, by=request.user),
        done=_("The client is on the stop list.") if stopped else _("The client is off the stop list."),
    )


@require_POST
@screen(everyone_signed_in)
def review(request: HttpRequest, client_id: int) -> HttpResponse:
    """Mark that he left a bad review, or clear the mark (1.4.24)."""
    client = seen_client(request, client_id)
    marked = request.POST.get("marked") == "1"
    reason = request.POST.get("reason", "").strip()
    return _done(
        request,
        client,
        lambda: mark_bad_review(client, marked=marked, reason=reason, by=request.user),
        done=_("The mark is set.") if marked else _("The mark is cleared."),
    )


@require_POST
@screen(everyone_signed_in)
def fields(request: HttpRequest, client_id: int) -> HttpResponse:
    """The company's own fields, as the person left them."""
    client = seen_client(request, client_id)
    words = [field.word for field in custom_fields()]
    changes = {word: request.POST[word] for word in words if word in request.POST}
    return _done(
        request, client, lambda: edit_client(client, changes=changes, by=request.user), done=_("The card is saved.")
    )


@require_POST
@screen(rules.can_confirm)
def category(request: HttpRequest, client_id: int) -> HttpResponse:
    """A leader's own category, with a reason and, if wanted, a last day."""
    client = seen_client(request, client_id)
    scheme, _sep, code = request.POST.get("category", "").partition(":")
    expires_on = parse_date(request.POST.get("expires_on", "") or "")
    return _done(
        request,
        client,
        lambda: override_category(
            client,
            scheme=scheme,
            category=code,
            by=request.user,
            reason=request.POST.get("reason", "").strip(),
            expires_on=expires_on,
        ),
        done=_("The category is set."),
    )
