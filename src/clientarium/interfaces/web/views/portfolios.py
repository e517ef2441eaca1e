"""«Портфели»: how full everybody's portfolio is, the pool, and one seller's clients, terms and history."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from clientarium.core.ground import UserError
from clientarium.decisions.clients import page_states, read_sort
from clientarium.decisions.clock import clocks_of, counts_by_seller
from clientarium.decisions.contacts import definitions, working_day
from clientarium.decisions.people import Seller, User
from clientarium.decisions.plans import plan_fact
from clientarium.decisions.portfolios import (
    Absence,
    SellerFigures,
    Strategy,
    can_lead_portfolios,
    can_see_portfolio,
    case_for_hiring,
    dismissal_of,
    holdings_of_seller,
    load_of_seller,
    overview,
    preview_dismissal,
    terms_of,
    totals_of,
)
from clientarium.interfaces.web.errors import not_found, user_error
from clientarium.interfaces.web.listing import visible, vocabulary_of
from clientarium.interfaces.web.pulse import money_measure
from clientarium.interfaces.web.screens import has_a_day, screen

ROWS_SHOWN = 50
HISTORY_SHOWN = 100
SALES = "sales"
PARTS = ("clients", "history", "terms")


@require_GET
@screen(has_a_day)
def page(request: HttpRequest) -> HttpResponse:
    """Everybody, for whoever leads; a seller comes to his own portfolio."""
    if not can_lead_portfolios(request.user):
        return own(request)
    day = working_day()
    try:
        figures, pool = overview(request.user, day)
        hourly = float(definitions().norms.hourly(SALES))
    except UserError as error:
        return user_error(request, error)
    cold = counts_by_seller(request.user, day)
    plans = plan_fact(day, by=request.user)
    lines = [line_of(one, cold.get(one.seller.pk), plans.get(one.seller.pk)) for one in figures]
    context = {
        "lines": lines,
        "total": totals_of([one.load for one in figures]),
        "cold": sum(line["cold"] for line in lines),
        "hours_have": sum(one.hours_have for one in figures),
        "target": known_sum([line["target"] for line in lines]),
        "fact": known_sum([line["fact"] for line in lines]),
        "overfull": [one for one in figures if one.is_overfull],
        "pool": pool,
        "case": case_for_hiring(figures, pool, hourly_cost=hourly),
        "day": day,
        "strategies": Strategy.choices,
    }
    return render(request, "portfolios/page.html", context)


def own(request: HttpRequest) -> HttpResponse:
    """The seller's own portfolio; a word where he has none."""
    seller_id = request.user.seller_id
    return redirect("portfolio", seller_id) if seller_id else render(request, "day/nobody.html")


@require_GET
@screen(has_a_day)
def of_seller(request: HttpRequest, seller_id: int) -> HttpResponse:
    """One portfolio: figures, and one of its parts: clients, history, terms. A foreign one is 404."""
    seller = get_object_or_404(Seller, pk=seller_id)
    if not can_see_portfolio(request.user, seller):
        return not_found(request)
    day = working_day()
    part = request.GET.get("part", "clients")
    part = part if part in PARTS else "clients"
    try:
        figures = load_of_seller(seller, by=request.user, day=day)
        shown = _part(request, seller, part, day)
    except UserError as error:
        return user_error(request, error)
    cold = counts_by_seller(request.user, day).get(seller.pk)
    plan = plan_fact(day, by=request.user).get(seller.pk)
    line = line_of(figures, cold, plan)
    context = {
        **line,
        **shown,
        "line": line,
        "part": part,
        "day": day,
        "leads": can_lead_portfolios(request.user),
        "dismissed": dismissal_of(seller) if can_lead_portfolios(request.user) else None,
    }
    return render(request, "portfolios/seller.html", context)


def line_of(figures: SellerFigures, cold: Any, plan: Any) -> dict[str, Any]:
    """One seller's figures as a row: `cold` as the clock counts, plan and fact of the month in margin."""
    terms, load = figures.terms, figures.load
    target, fact = (None, None) if plan is None else (plan.target, plan.fact.margin)
    return {
        "one": figures,
        "seller": figures.seller,
        "load": load,
        "terms": terms,
        "cold": load.cold if cold is None else cold.cold,
        "filled": min(1.0, load.held / terms.ceiling) if terms.ceiling else 1.0,
        "target": target,
        "fact": fact,
        "done": fact / target if target and fact is not None else None,
    }


def known_sum(values: list[Any]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _part(request: HttpRequest, seller: Seller, part: str, day: date) -> dict[str, Any]:
    if part == "history":
        return {"holdings": holdings_of_seller(seller, by=request.user, most=HISTORY_SHOWN)}
    if part == "terms":
        return _terms(request.user, seller)
    return _clients(request, seller, day)


def _clients(request: HttpRequest, seller: Seller, day: date) -> dict[str, Any]:
    """His clients, the dearest first, with what the clock says of each."""
    words = vocabulary_of(request)
    states = visible(request).filter(holder=seller)
    measure = money_measure(visible(request)) if "margin_12m" in words else ""
    word = "expected_margin_365d" if "expected_margin_365d" in words else f"{measure}_12m" if measure else "name"
    sort = read_sort(f"-{word}" if word != "name" else word, words)
    shown = page_states(states, sort, after=request.GET.get("after") or None, size=ROWS_SHOWN, among=states)
    clocks = {clock.client_id: clock for clock in clocks_of([one.pk for one in shown.states], by=request.user, day=day)}
    rows = [
        {
            "state": state,
            "worth": getattr(state, word, None) if word != "name" else None,
            "margin": getattr(state, f"{measure}_12m", None),
            "clock": clocks.get(state.pk),
        }
        for state in shown.states
    ]
    return {"rows": rows, "next": shown.next, "previous": shown.previous, "measure": measure}


def _terms(user: User, seller: Seller) -> dict[str, Any]:
    leads = can_lead_portfolios(user)
    return {
        "versions": list(terms_of(seller.pk)),
        "absences": list(Absence.objects.filter(seller=seller).select_related("by")),
        "strategies": Strategy.choices,
        "preview": preview_dismissal(seller, by=user) if leads and seller.left_on is None else None,
    }
