"""One's own profile: language, theme, density, password."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from clientarium.interfaces.web.screens import everyone_signed_in, screen


@screen(everyone_signed_in)
def page(request: HttpRequest) -> HttpResponse:
    """The profile, and the way to the company's settings for those who keep them."""
    return render(request, "settings/profile.html")


@require_POST
@screen(everyone_signed_in)
def appearance(request: HttpRequest) -> HttpResponse:
    """Save the language, theme and density chosen in the menu or the profile, and come back."""
    return redirect("settings")
