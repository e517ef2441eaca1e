"""Decisions about release, each one function of the releases' room."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.people import User
from clientarium.decisions.releases import (
    Release,
    can_release,
    close_release,
    decide_release,
    drop_release,
    hand_on,
    releases_visible_to,
    reopen_release,
    stop_clients,
)
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.release_forms import DecisionForm, typed_in
from clientarium.interfaces.web.screens import screen
from clientarium.interfaces.web.views.releases import scenario_page


@require_POST
@screen(can_release)
def decide(request: HttpRequest) -> HttpResponse:
    """Keep the step for the group; a refused form comes back with what was written."""
    form, typed = DecisionForm(request.POST), typed_in(request.POST)
    where = request.POST.get("where", "").strip()
    if typed.problems:
        form.add_error(None, _("An assumption cannot be read: mend it in the table."))
    if not form.is_valid():
        return scenario_page(request, where, typed, form=form)
    try:
        release = decide_release(where, moved=typed.moved, by=request.user, **form.cleaned_data)
    except UserError as error:
        form.add_error(None, said(error))
        return scenario_page(request, where, typed, form=form)
    messages.success(request, _("Decided. Nothing at the clients changes by itself: the owner carries it out."))
    return redirect("release", release.pk)


@require_POST
@screen(can_release)
def stop(request: HttpRequest, release_id: int) -> HttpResponse:
    """Put the marked clients on the stop list, or take them off."""
    release = _release(request, release_id)
    marked = [int(text) for text in request.POST.getlist("client") if text.isdecimal()]
    stopped = request.POST.get("stopped") == "1"
    reason = request.POST.get("reason", "").strip() or release.reason
    try:
        count = stop_clients(release, marked, stopped=stopped, reason=reason, by=request.user)
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, _stop_words(count, stopped=stopped))
    return redirect("release", release.pk)


@require_POST
@screen(can_release)
def do(request: HttpRequest, release_id: int, action: str) -> HttpResponse:
    """Hand on, finish, take back, take up again."""
    if action not in ACTIONS:
        raise Http404
    release = _release(request, release_id)
    try:
        text = ACTIONS[action](request, release)
    except UserError as error:
        messages.error(request, said(error))
    else:
        messages.success(request, text)
    return redirect("release", release.pk)


def _release(request: HttpRequest, release_id: int) -> Release:
    return get_object_or_404(releases_visible_to(request.user), pk=release_id)


def _stop_words(count: int, *, stopped: bool) -> str:
    if stopped:
        text = ngettext("%(n)s client is on the stop list.", "%(n)s clients are on the stop list.", count)
    else:
        text = ngettext("%(n)s client is off the stop list.", "%(n)s clients are off the stop list.", count)
    return text % {"n": count}


def _hand(request: HttpRequest, release: Release) -> str:
    sent = request.POST.get("owner", "")
    owner = get_object_or_404(User, pk=int(sent) if sent.isdecimal() else 0)
    hand_on(release, owner=owner, by=request.user)
    return _("%(name)s answers for it now.") % {"name": owner}


def _close(request: HttpRequest, release: Release) -> str:
    close_release(release, outcome=request.POST.get("words", ""), by=request.user)
    return _("Finished. What came of it is kept.")


def _drop(request: HttpRequest, release: Release) -> str:
    drop_release(release, reason=request.POST.get("words", ""), by=request.user)
    return _("Taken back. Clients on the stop list stay there until they are taken off.")


def _reopen(request: HttpRequest, release: Release) -> str:
    reopen_release(release, by=request.user)
    return _("In force again.")


ACTIONS: dict[str, Callable[[HttpRequest, Release], str]] = {
    "hand": _hand,
    "close": _close,
    "drop": _drop,
    "reopen": _reopen,
}
