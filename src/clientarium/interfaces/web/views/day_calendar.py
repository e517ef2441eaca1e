"""One's own day as a calendar feed: opened, closed, and read by a calendar program."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clientarium.decisions.contacts import calendar_for, close_calendar, open_calendar
from clientarium.interfaces.web.screens import has_a_day, open_to_strangers, screen


@require_POST
@screen(has_a_day)
def open_feed(request: HttpRequest) -> HttpResponse:
    """A new secret address, shown this once."""
    token = open_calendar(by=request.user)
    address = request.build_absolute_uri(f"/calendar/{token}.ics")
    return render(request, "day/feed.html", {"address": address})


@require_POST
@screen(has_a_day)
def close_feed(request: HttpRequest) -> HttpResponse:
    """The address stops working."""
    if close_calendar(by=request.user):
        messages.success(request, _("The calendar address works no more."))
    return redirect("day")


@require_GET
@open_to_strangers
def feed(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """The feed behind a secret address; a wrong and a closed one look the same."""
    found = calendar_for(token)
    if found is None:
        raise Http404
    response = HttpResponse(found, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response
