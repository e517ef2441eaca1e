"""One's own settings: language, theme, row height, password; and the way to the company's."""

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from clientarium.decisions.journal import set_preferences
from clientarium.interfaces.web.forms import AppearanceForm
from clientarium.interfaces.web.screens import everyone_signed_in, screen


@require_GET
@screen(everyone_signed_in)
def page(request: HttpRequest) -> HttpResponse:
    """The profile; the tabs above lead to the company's settings for those who keep them."""
    return render(request, "settings/profile.html")


@require_POST
@screen(everyone_signed_in)
def appearance(request: HttpRequest) -> HttpResponse:
    """Save what the menu or the profile sent, and come back to the page it was sent from."""
    form = AppearanceForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    set_preferences(request.user, **form.chosen_by(request.user))
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else "settings")
