"""Writes of the portfolio pages: terms, absences, people who come and go."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.journal import Entry
from clientarium.decisions.people import Seller
from clientarium.decisions.portfolios import (
    Absence,
    PortfolioVerb,
    Terms,
    add_seller,
    can_lead_portfolios,
    dismiss_seller,
    note_absence,
    remove_absence,
    set_terms,
    take_back_dismissal,
    undo_terms,
)
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.portfolio_form import day_from, day_wanted, terms_from
from clientarium.interfaces.web.screens import screen


@require_POST
@screen(can_lead_portfolios)
def new_seller(request: HttpRequest) -> HttpResponse:
    """A seller who begins; his page comes next."""
    try:
        seller = add_seller(
            request.POST.get("name", ""),
            started_on=day_wanted(request.POST, "started_on"),
            terms=terms_from(request.POST),
            department=request.POST.get("department", ""),
            by=request.user,
        )
    except UserError as error:
        messages.error(request, said(error))
        return redirect("portfolios")
    messages.success(request, _("The seller is added. His plan begins in his first month."))
    return redirect("portfolio", seller.pk)


@require_POST
@screen(can_lead_portfolios)
def write_terms(request: HttpRequest, seller_id: int) -> HttpResponse:
    seller = get_object_or_404(Seller, pk=seller_id)

    def work() -> str:
        terms = set_terms(
            seller,
            terms_from(request.POST),
            from_day=day_from(request.POST, "from_day"),
            reason=request.POST.get("reason", ""),
            by=request.user,
        )
        return _("Saved.") if terms else _("These terms are in force already.")

    return _done(request, seller_id, work)


@require_POST
@screen(can_lead_portfolios)
def take_back_terms(request: HttpRequest, terms_id: int) -> HttpResponse:
    terms = get_object_or_404(Terms, pk=terms_id)
    return _done(request, terms.seller_id, lambda: (undo_terms(terms, by=request.user), _("Taken back."))[1])


@require_POST
@screen(can_lead_portfolios)
def absence(request: HttpRequest, seller_id: int) -> HttpResponse:
    seller = get_object_or_404(Seller, pk=seller_id)

    def work() -> str:
        note_absence(
            seller,
            first_day=day_wanted(request.POST, "first_day"),
            last_day=day_from(request.POST, "last_day"),
            reason=request.POST.get("reason", ""),
            by=request.user,
        )
        return _("Saved.")

    return _done(request, seller_id, work)


@require_POST
@screen(can_lead_portfolios)
def take_back_absence(request: HttpRequest, absence_id: int) -> HttpResponse:
    found = get_object_or_404(Absence, pk=absence_id)
    return _done(request, found.seller_id, lambda: (remove_absence(found, by=request.user), _("Taken back."))[1])


@require_POST
@screen(can_lead_portfolios)
def dismiss(request: HttpRequest, seller_id: int) -> HttpResponse:
    seller = get_object_or_404(Seller, pk=seller_id)

    def work() -> str:
        frees = request.POST.get("clients") == "free"
        entry = dismiss_seller(
            seller,
            last_day=day_wanted(request.POST, "last_day"),
            frees_clients=frees,
            reason=request.POST.get("reason", ""),
            by=request.user,
        )
        clients: int = entry.data["clients"]
        text = ngettext(
            "Dismissed; he cannot sign in any more. %(n)d client of his is in the pool.",
            "Dismissed; he cannot sign in any more. %(n)d clients of his are in the pool.",
            clients,
        )
        return text % {"n": clients}

    return _done(request, seller_id, work)


@require_POST
@screen(can_lead_portfolios)
def take_back(request: HttpRequest, entry_id: int) -> HttpResponse:
    entry = get_object_or_404(Entry, pk=entry_id, verb=PortfolioVerb.SELLER_DISMISSED)

    def work() -> str:
        returned = take_back_dismissal(entry, by=request.user)
        text = ngettext("Taken back; %(n)d client is his again.", "Taken back; %(n)d clients are his again.", returned)
        return text % {"n": returned}

    return _done(request, int(entry.target_id), work)


def _done(request: HttpRequest, seller_id: int, work: Callable[[], Any]) -> HttpResponse:
    """Do it, say what came of it, and show the seller's page again."""
    try:
        messages.success(request, work())
    except UserError as error:
        messages.error(request, said(error))
    return redirect("portfolio", seller_id)
