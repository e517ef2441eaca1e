"""Ctrl K: one box over pages, actions and clients."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clientarium.interfaces.web.navigation import items_for
from clientarium.interfaces.web.screens import everyone_signed_in, screen


@require_GET
@screen(everyone_signed_in)
def answer(request: HttpRequest) -> HttpResponse:
    """A fragment of links that match `q`."""
    asked = request.GET.get("q", "").strip().casefold()
    places = [item for item in items_for(request) if asked in str(item.place.title).casefold()]
    return render(request, "frame/palette_results.html", {"asked": asked, "places": places})
