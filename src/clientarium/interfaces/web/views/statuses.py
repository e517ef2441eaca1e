"""Whether clients are alive: alerts about their firms, the card's list of firms, the check and the register file."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.clients import LegalEntity, LegalStatus
from clientarium.decisions.connections import can_connect
from clientarium.decisions.people import rules
from clientarium.decisions.runs import RunKind, message_of, receive_file, runs
from clientarium.decisions.statuses import (
    TROUBLED,
    Alert,
    alerts_visible_to,
    can_check_statuses,
    can_handle_alert,
    can_set_status,
    changes_visible_to,
    entities_visible_to,
    handle_alert,
    register_connection,
    set_status,
    start_check,
    start_reading,
)
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.screens import everyone_signed_in, screen
from clientarium.interfaces.web.views.card import seen_client

SHOWN = 100
SHOWN_ON_PULSE = 5
CHANGES_ON_CARD = 10


@require_GET
@screen(everyone_signed_in)
def page(request: HttpRequest) -> HttpResponse:
    """Changes that wait for somebody, anchors first; `all` shows those looked at, too."""
    with_handled = request.GET.get("all") == "1"
    found = alerts_visible_to(request.user, with_handled=with_handled)
    context = {
        "alerts": found[:SHOWN],
        "more": max(len(found) - SHOWN, 0),
        "with_handled": with_handled,
        "sees_money": rules.sees_money(request.user),
        "handles": can_handle_alert(request.user),
        "checks": can_check_statuses(request.user),
        "connects": can_connect(request.user),
        "register": register_connection() if can_check_statuses(request.user) else None,
        "margin_at_stake": margin_at_stake(found),
        "last": last_check() if can_check_statuses(request.user) else None,
    }
    return render(request, "statuses/page.html", context)


@require_GET
@screen(everyone_signed_in)
def block(request: HttpRequest) -> HttpResponse:
    """The block of the first screen: clients that buy and whose firm is in trouble; empty where there is none."""
    found = [alert for alert in alerts_visible_to(request.user) if alert.is_living is not False and alert.is_trouble]
    if not found:
        return HttpResponse()
    context = {
        "alerts": found[:SHOWN_ON_PULSE],
        "count": len(found),
        "anchors": sum(alert.is_anchor for alert in found),
        "sees_money": rules.sees_money(request.user),
        "margin_at_stake": margin_at_stake(found),
    }
    return render(request, "statuses/_block.html", context)


@require_POST
@screen(can_check_statuses)
def check(request: HttpRequest) -> HttpResponse:
    """Ask the register now about everything that has grown old."""
    try:
        start_check(by=request.user)
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("The register is being asked; progress is on the page Data."))
    return redirect("statuses")


@require_POST
@screen(can_check_statuses)
def read_file(request: HttpRequest) -> HttpResponse:
    """Take statuses from a register file."""
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, _("Choose a file first."))
        return redirect("statuses")
    try:
        start_reading(receive_file(upload, name=upload.name or "file", by=request.user), by=request.user)
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("The file is being read; the result comes on this page."))
    return redirect("statuses")


@require_POST
@screen(can_handle_alert)
def handled(request: HttpRequest, change_id: int) -> HttpResponse:
    """Say that a change was looked at."""
    change = get_object_or_404(changes_visible_to(request.user), pk=change_id)
    handle_alert(change, note=request.POST.get("note", ""), by=request.user)
    messages.success(request, _("Marked as looked at."))
    return redirect("statuses")


@require_GET
@screen(everyone_signed_in)
def of_client(request: HttpRequest, client_id: int) -> HttpResponse:
    """The firms of a client on his card, those of merged cards included."""
    client = seen_client(request, client_id)
    family = [client.pk, *client.aliases.values_list("pk", flat=True)]
    context = {
        "client": client,
        "entities": entities_visible_to(request.user).filter(client__in=family),
        "changes": changes_visible_to(request.user).filter(entity__client__in=family)[:CHANGES_ON_CARD],
        "statuses": LegalStatus.choices,
        "troubled": TROUBLED,
    }
    return render(request, "statuses/_of_client.html", context)


@require_POST
@screen(can_set_status)
def by_hand(request: HttpRequest, entity_id: int) -> HttpResponse:
    """A person's own word about a firm of a client he sees."""
    entity = get_object_or_404(entities_visible_to(request.user).select_related("client"), pk=entity_id)
    try:
        set_status(
            entity,
            request.POST.get("status", ""),
            on=_day(request.POST.get("on", "")),
            reason=request.POST.get("reason", ""),
            by=request.user,
        )
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _("The status is set."))
    return redirect("client", client_id=_root(entity))


def last_check() -> dict[str, Any] | None:
    """How the newest check or reading of a file ended: its counts, its problem, the lines not understood."""
    run = runs().filter(kind=RunKind.STATUS_CHECK).first()
    if run is None:
        return None
    problem, cure = message_of(run.message) if run.message else (None, None)
    return {"run": run, "result": run.result or {}, "problem": problem, "cure": cure}


def margin_at_stake(alerts: list[Alert]) -> Any:
    """The margin of the clients concerned, each counted once; None where none is known."""
    margins = {alert.client.pk: alert.margin_12m for alert in alerts if alert.margin_12m is not None}
    return sum(margins.values()) if margins else None


def _root(entity: LegalEntity) -> int:
    return entity.client.merged_into_id or entity.client_id


def _day(text: str) -> date | None:
    try:
        return parse_date(text or "")
    except ValueError:
        return None
