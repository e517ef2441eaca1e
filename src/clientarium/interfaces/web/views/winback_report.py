"""Why they leave: the report, and the firm's own list of reasons."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from clientarium.core.ground import UserError
from clientarium.decisions.contacts import working_day
from clientarium.decisions.people import Seller, rules
from clientarium.decisions.winback import (
    Reason,
    can_edit_reasons,
    can_lead_winback,
    loss_report,
    read_lost,
    remove_reason,
    save_reason,
    sees_loss_report,
)
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.screens import screen


@require_GET
@screen(sees_loss_report)
def page(request: HttpRequest) -> HttpResponse:
    """Of the clients one sees who were lost in the period: why, by month, seller and product."""
    read_lost()
    first, last = _period(request, on=working_day())
    seller = Seller.objects.filter(pk=_number(request.GET.get("seller", ""))).first()
    report = loss_report(request.user, first=first, last=last, seller=seller)
    context = {
        "part": "report",
        "report": report,
        "first": first,
        "last": last,
        "seller": seller,
        "sees_money": rules.sees_money(request.user),
        "leads": can_lead_winback(request.user),
        "has_week": request.user.seller_id is not None,
        "edits": can_edit_reasons(request.user),
    }
    return render(request, "winback/report.html", context)


@require_GET
@screen(can_edit_reasons)
def reasons(request: HttpRequest) -> HttpResponse:
    """The list, those removed at the end."""
    rows = Reason.objects.order_by("is_removed", "place", "title_ru")
    return render(request, "winback/reasons.html", {"rows": rows, "part": "reasons", "leads": True})


@require_http_methods(["GET", "POST"])
@screen(can_edit_reasons)
def new_reason(request: HttpRequest) -> HttpResponse:
    """Add a reason."""
    return _reason_form(request, None)


@require_http_methods(["GET", "POST"])
@screen(can_edit_reasons)
def reason(request: HttpRequest, reason_id: int) -> HttpResponse:
    """Word it otherwise; cases keep it."""
    return _reason_form(request, get_object_or_404(Reason, pk=reason_id))


@require_POST
@screen(can_edit_reasons)
def removal(request: HttpRequest, reason_id: int) -> HttpResponse:
    """Offer it no more, or again."""
    found = get_object_or_404(Reason, pk=reason_id)
    remove_reason(found, is_removed=not found.is_removed, by=request.user)
    return redirect("winback_reasons")


def _reason_form(request: HttpRequest, found: Reason | None) -> HttpResponse:
    values: dict[str, Any] = {
        "title_ru": found.title_ru if found else "",
        "title_en": found.title_en if found else "",
        "is_ours": found.is_ours if found else False,
    }
    problem = None
    if request.method == "POST":
        values = {name: request.POST.get(name, "") for name in ("title_ru", "title_en")}
        values["is_ours"] = request.POST.get("is_ours") == "on"
        try:
            save_reason(found, **values, by=request.user)
        except UserError as error:
            problem = said(error)
        else:
            messages.success(request, _("The reason is saved."))
            return redirect("winback_reasons")
    context = {"reason": found, "values": values, "problem": problem}
    return render(request, "winback/reason.html", context, status=422 if problem else 200)


def _period(request: HttpRequest, *, on: date) -> tuple[date, date]:
    """The asked days, by default two years: reasons are told long after the loss."""
    first, last = _day(request.GET.get("first", "")), _day(request.GET.get("last", ""))
    first = first or on.replace(day=1).replace(year=on.year - 2)
    last = last or on
    return (first, last) if first <= last else (last, first)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None
