"""Pages for what went wrong, in the look of the rest: whole pages for people, fragments for htmx."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from clientarium.core.ground import Message, UserError

from .screens import is_fragment


def error_page(request: HttpRequest, *, status: int, title: str, advice: str) -> HttpResponse:
    """The page (or the fragment) of one failure."""
    template = "frame/error_fragment.html" if is_fragment(request) else "frame/error.html"
    context = {"status": status, "title": title, "advice": advice}
    return render(request, template, context, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 where the upload was larger than the installation takes."""
    if type(exception).__name__ in {"RequestDataTooBig", "TooManyFilesSent", "TooManyFieldsSent"}:
        return too_large(request)
    title = _("The program did not understand this request")
    return error_page(request, status=400, title=title, advice=_("Go back, reload the page and try again."))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's
    """403: the role has no use for the page."""
    title = _("Your role does not open this page")
    return error_page(request, status=403, title=title, advice=_("If you need it for work, ask the owner."))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 -- Django's
    """404: nothing there, or not this person's to see; which of the two is not said."""
    title = _("There is nothing here")
    advice = _("The address is wrong, or what was here is not in your portfolio.")
    return error_page(request, status=404, title=title, advice=advice)


def too_large(request: HttpRequest) -> HttpResponse:
    """413."""
    title = _("The file is too large")
    advice = _("Split it by years or months and load the parts one after another.")
    return error_page(request, status=413, title=title, advice=advice)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: our bug. The journal of the server has the details, the page has none."""
    title = _("Something broke on our side")
    advice = _("Nothing you entered before was lost. Try again; if it repeats, tell the administrator what you did.")
    # No request in the context: what broke may be the frame itself, and this page must still come.
    template = "frame/error_fragment.html" if is_fragment(request) else "frame/error.html"
    return HttpResponse(render_to_string(template, {"status": 500, "title": title, "advice": advice}), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's signature
    """403: the page stood open past its session."""
    title = _("This page stood open for too long")
    return error_page(request, status=403, title=title, advice=_("Reload it and repeat the last step."))


def said(error: UserError) -> str:
    """The sentence and the cure in the language of the page, for a toast."""
    return " ".join(in_words(part) for part in (error.message, error.cure) if part)


def in_words(message: Message) -> str:
    text = _(message.msgid)
    return text % message.params if message.params else text


def user_error(request: HttpRequest, error: UserError, *, status: int = 422) -> HttpResponse:
    """What the person can mend: the sentence, the cure and the place, as a notice."""
    context: dict[str, Any] = {"error": error}
    return render(request, "frame/user_error.html", context, status=status)
