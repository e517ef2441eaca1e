"""Who may open which screen. A view without `@screen` is refused to everybody by the middleware `SecurityHeaders`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from clientarium.decisions.contacts import can_lead_days
from clientarium.decisions.people import User, rules
from clientarium.decisions.people.choices import Role

Predicate = Callable[[User], bool]
View = Callable[..., HttpResponse]

FRAGMENT_HEADER = "HX-Request"


def everyone_signed_in(user: User) -> bool:
    """Any active person of the company."""
    return user.is_active


def has_a_day(user: User) -> bool:
    """Sellers have a day of their own, who leads them sees everybody's."""
    return user.is_active and (user.role == Role.SELLER or can_lead_days(user))


def sees_accuracy(user: User) -> bool:
    """Totals of the whole base: for whoever sees all of it, money included."""
    return rules.sees_all_clients(user) and rules.sees_money(user)


def screen(allowed: Predicate) -> Callable[[View], View]:
    """Let only signed-in people for whom `allowed(user)` holds; others get 403, strangers the sign-in page."""

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if isinstance(request.user, AnonymousUser):
                return _to_sign_in(request)
            if not allowed(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.screen = allowed  # type: ignore[attr-defined]  # read by the middleware and the matrix test
        return guarded

    return declare


def open_to_strangers(view: View) -> View:
    """Declare a view that works without signing in: sign-in itself and little else."""

    @wraps(view)
    def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return view(request, *args, **kwargs)

    opened.screen = None  # type: ignore[attr-defined]  # read by the middleware and the matrix test
    return opened


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get(FRAGMENT_HEADER) == "true" and request.headers.get("HX-Boosted") != "true"


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """A redirect for a page; for a fragment, 401 with htmx's own redirect, so that no sign-in form lands in a table."""
    if not is_fragment(request):
        return redirect_to_login(request.get_full_path(), login_url=reverse("account_login"))
    response = HttpResponse(status=401)
    response["HX-Redirect"] = reverse("account_login")
    return response
