"""What every answer of the web carries: the person's language, strict headers, no undeclared screens."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils import translation

from clientarium.decisions.runs import disk_full

from .errors import user_error

Answer = Callable[[HttpRequest], HttpResponse]

HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class LanguageOfUser:
    """The language a person chose in the profile; before signing in, the installation's own."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = {code for code, _title in settings.LANGUAGES}
        chosen = "" if isinstance(request.user, AnonymousUser) else request.user.language
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language()
            response = self.answer(request)
            if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
                response.render()
        response.headers.setdefault("Content-Language", str(request.LANGUAGE_CODE))
        return response


class SecurityHeaders:
    """Headers of CHECKS.md 35 that Django does not send, `no-store` on pages, no screen without a declared reader."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.answer(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, _request: HttpRequest, view: Any, _args: tuple, _kwargs: dict) -> None:
        """Refuse a view that does not say who may open it (`@screen`): deny is the default, not a habit."""
        if not hasattr(view, "screen"):
            raise PermissionDenied


class FullDisk:
    """507 with the cure where a page could not be served because the disk of the home is full."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Anything else goes on to be a 500."""
        error = disk_full(exception)
        return user_error(request, error, status=507) if error else None
