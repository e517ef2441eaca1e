"""Ctrl K: one box over pages, actions and clients."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clientarium.decisions.clients import search
from clientarium.interfaces.web.context import Frame
from clientarium.interfaces.web.navigation import items_for
from clientarium.interfaces.web.screens import everyone_signed_in, screen

CLIENTS_FOUND = 8


@require_GET
@screen(everyone_signed_in)
def answer(request: HttpRequest) -> HttpResponse:
    """A fragment of links that match `q`."""
    asked = request.GET.get("q", "").strip()
    pages = items_for(request) + [tab for tab in Frame(request).setting_tabs if tab.place.name != "settings"]
    context = {
        "asked": asked,
        "places": [item for item in pages if asked.casefold() in str(item.place.title).casefold()],
        "clients": search(request.user, asked, limit=CLIENTS_FOUND),
    }
    return render(request, "frame/palette_results.html", context)
