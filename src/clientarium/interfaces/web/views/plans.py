"""The month's plan and fact: of all sellers, of one, and as a file for payroll."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from clientarium.core.ground import UserError
from clientarium.decisions.people import Seller
from clientarium.decisions.plans import (
    Spread,
    can_answer_growth,
    can_lead_plans,
    can_see_plan,
    lines_of,
    note_payroll,
)
from clientarium.interfaces.web import figures
from clientarium.interfaces.web.errors import error_page, in_words, not_found
from clientarium.interfaces.web.plan_forms import FigureForm, OverrideForm, asked_month
from clientarium.interfaces.web.plan_page import month_context, named, total_of
from clientarium.interfaces.web.plan_payroll import payroll_file
from clientarium.interfaces.web.screens import has_a_day, screen


@require_GET
@screen(has_a_day)
def page(request: HttpRequest) -> HttpResponse:
    """All sellers for who leads them; a seller comes to his own."""
    if can_lead_plans(request.user):
        return everybody(request)
    if request.user.seller_id is None:
        return render(request, "plans/nobody.html")
    return redirect("plan_of_seller", seller_id=request.user.seller_id)


@require_GET
@screen(has_a_day)
def of_seller(request: HttpRequest, seller_id: int) -> HttpResponse:
    """One seller's month; to another seller it is 404, as every client he may not see."""
    seller = get_object_or_404(Seller, pk=seller_id)
    if not can_see_plan(request.user, seller):
        return not_found(request)
    return seller_page(request, seller)


@require_GET
@screen(can_lead_plans)
def payroll(request: HttpRequest) -> HttpResponse | FileResponse:
    """Plan and fact by seller as XLSX or CSV; the journal says who took it."""
    month = asked_month(request)
    form = "csv" if request.GET.get("form") == "csv" else "xlsx"
    try:
        context = month_context(month, by=request.user)
    except UserError as error:
        return _refused(request, error)
    rows = named(context["found"])
    note_payroll(month, form=form, rows=len(rows), by=request.user)
    return payroll_file(context, rows, form=form)


def everybody(request: HttpRequest, *, form: FigureForm | None = None) -> HttpResponse:
    """The page of all sellers; a refused `form` comes back with what was written."""
    month = asked_month(request)
    try:
        context = month_context(month, by=request.user)
    except UserError as error:
        return _refused(request, error)
    plan = context["plan"]
    figure = figures.number(plan.top_down) if plan and plan.top_down is not None else ""
    initial = {"margin": figure, "spread": plan.spread if plan else Spread.WEIGHT}
    context |= {
        "rows": named(context["found"]),
        "total": total_of(context["found"].values()),
        "form": form or FigureForm(initial=initial),
    }
    return render(request, "plans/page.html", context, status=422 if form else 200)


def seller_page(request: HttpRequest, seller: Seller, *, form: OverrideForm | None = None) -> HttpResponse:
    """One seller's month; a refused `form` comes back with what was written."""
    month = asked_month(request)
    try:
        context = month_context(month, by=request.user)
        told = request.GET.get("after", "")
        shown = lines_of(seller, month, by=request.user, offset=int(told) if told.isdecimal() else 0)
    except UserError as error:
        return _refused(request, error)
    is_leader = can_lead_plans(request.user)
    context |= {
        "seller": seller,
        "one": context["found"].get(seller.pk),
        "shown": shown,
        "can_answer": can_answer_growth(request.user, seller) and not (context["is_approved"] or context["is_over"]),
        "is_leader": is_leader,
        "is_own": request.user.seller_id == seller.pk,
        "form": (form or OverrideForm()) if is_leader else None,
        "override": context["plan"].overrides.filter(seller=seller).select_related("by").first()
        if context["plan"]
        else None,
    }
    return render(request, "plans/seller.html", context, status=422 if form else 200)


def _refused(request: HttpRequest, error: UserError) -> HttpResponse:
    """The whole page says what cannot be planned: there is no month to show beside it."""
    advice = in_words(error.cure) if error.cure else ""
    return error_page(request, status=422, title=in_words(error.message), advice=advice)
