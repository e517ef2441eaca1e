"""What the leader does with a wave: each word of `do` is one function of the domain."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from clientarium.core.ground import N_, UserError
from clientarium.decisions.contacts import working_day
from clientarium.decisions.waves import (
    Wave,
    approve_wave,
    can_lead_waves,
    cancel_wave,
    close_wave,
    open_wave,
    prolong_wave,
    reopen_wave,
    spare_clients,
    undo_approval,
    waves_visible_to,
)
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.portfolio_form import day_from, day_wanted
from clientarium.interfaces.web.screens import screen


@require_POST
@screen(can_lead_waves)
def start(request: HttpRequest) -> HttpResponse:
    """Open a wave from today until the day said."""
    try:
        wave = open_wave(
            opened_on=working_day(),
            closes_on=day_wanted(request.POST, "closes_on"),
            rule=request.POST.get("rule", ""),
            by=request.user,
        )
    except UserError as error:
        messages.error(request, said(error))
        return redirect("waves")
    messages.success(request, _("The wave is open: every seller sees his list."))
    return redirect("wave", wave.pk)


@require_POST
@screen(can_lead_waves)
def do(request: HttpRequest, wave_id: int) -> HttpResponse:
    """One of DOINGS; what came of it is said on the wave's page."""
    wave = get_object_or_404(waves_visible_to(request.user), pk=wave_id)
    doing = DOINGS.get(request.POST.get("do", ""))
    try:
        if doing is None:
            raise UserError(N_("There is no such action."))
        messages.success(request, doing(request, wave))
    except UserError as error:
        messages.error(request, said(error))
    return redirect("wave", wave.pk)


def _prolong(request: HttpRequest, wave: Wave) -> str:
    day = day_wanted(request.POST, "closes_on")
    prolong_wave(wave, closes_on=day, reason=_reason(request), by=request.user)
    return _("Saved.")


def _close(request: HttpRequest, wave: Wave) -> str:
    close_wave(wave, day=working_day(), by=request.user)
    return _("Closed. Nobody is moved until you approve.")


def _reopen(request: HttpRequest, wave: Wave) -> str:
    reopen_wave(wave, closes_on=day_wanted(request.POST, "closes_on"), reason=_reason(request), by=request.user)
    return _("Marks are taken again.")


def _cancel(request: HttpRequest, wave: Wave) -> str:
    cancel_wave(wave, reason=_reason(request), by=request.user)
    return _("Cancelled: everybody keeps everybody.")


def _spare(request: HttpRequest, wave: Wave) -> str:
    ids = [int(text) for text in request.POST.getlist("client") if text.isdecimal()]
    back = request.POST.get("back") == "1"
    changed = spare_clients(wave, ids, spare=not back, reason=_reason(request), by=request.user)
    if back:
        return _("Taken back.")
    text = ngettext("%(n)d client stays with his seller.", "%(n)d clients stay with their sellers.", changed)
    return text % {"n": changed}


def _approve(request: HttpRequest, wave: Wave) -> str:
    on = day_from(request.POST, "on") or working_day()
    entry = approve_wave(wave, on=on, reason=_reason(request), by=request.user)
    freed: int = entry.data["freed"]
    text = ngettext("Approved: %(n)d client is in the pool.", "Approved: %(n)d clients are in the pool.", freed)
    return text % {"n": freed}


def _undo(request: HttpRequest, wave: Wave) -> str:
    returned = undo_approval(wave, reason=_reason(request), by=request.user)
    text = ngettext(
        "Taken back: %(n)d client is with his seller again.",
        "Taken back: %(n)d clients are with their sellers again.",
        returned,
    )
    return text % {"n": returned}


DOINGS: dict[str, Callable[[HttpRequest, Wave], str]] = {
    "prolong": _prolong,
    "close": _close,
    "reopen": _reopen,
    "cancel": _cancel,
    "spare": _spare,
    "approve": _approve,
    "undo": _undo,
}


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "")
