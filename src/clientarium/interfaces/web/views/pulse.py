"""The first screen: how the base lives."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from clientarium.interfaces.web.context import Frame
from clientarium.interfaces.web.screens import everyone_signed_in, screen


@screen(everyone_signed_in)
def page(request: HttpRequest) -> HttpResponse:
    """The pulse, or the welcome of an empty base."""
    template = "pulse/page.html" if Frame(request).snapshot else "pulse/welcome.html"
    return render(request, template)
