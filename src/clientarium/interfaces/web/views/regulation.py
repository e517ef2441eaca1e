"""The regulation: a page everybody reads, and the same as PDF."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clientarium.core.ground import UserError
from clientarium.decisions.contacts import working_day
from clientarium.interfaces.web.errors import user_error
from clientarium.interfaces.web.paper import pdf_of
from clientarium.interfaces.web.regulation import Regulation, regulation
from clientarium.interfaces.web.screens import everyone_signed_in, screen
from clientarium.interfaces.web.views.card import language


@require_GET
@screen(everyone_signed_in)
def page(request: HttpRequest) -> HttpResponse:
    """The rules in force in words."""
    try:
        document = regulation(language(), day=working_day())
    except UserError as error:
        return user_error(request, error)
    return render(request, "regulation/page.html", {"document": document, "changed": changed_words(document)})


@require_GET
@screen(everyone_signed_in)
def as_pdf(request: HttpRequest) -> HttpResponse:
    """The same on paper."""
    try:
        document = regulation(language(), day=working_day())
    except UserError as error:
        return user_error(request, error)
    printed = _("printed on %s") % date_format(timezone.localdate(), "j E Y")
    version = _("Version %s") % document.version
    paper = pdf_of(
        document,
        line=f"{version} · {changed_words(document)} · {printed}",
        foot=f"{document.title} · {version} · {printed}",
    )
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="regulation-{document.version}.pdf"'
    return response


def changed_words(document: Regulation) -> str:
    """Since when the rules are as they are."""
    if document.changed_at is None:
        return _("as it came with the program")
    return _("last changed on %s") % date_format(timezone.localtime(document.changed_at), "j E Y")
