"""«Возврат»: the seller's week, everybody's results, all the lost."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from clientarium.decisions.contacts import can_see_day, working_day
from clientarium.decisions.people import Seller, rules
from clientarium.decisions.winback import (
    Week,
    apart_of,
    board_of,
    can_lead_winback,
    chances_of,
    latest_reading,
    lost_visible_to,
    months_of,
    read_lost,
    results_of,
    sees_winback,
    total_of,
    week_of,
    won_cases,
)
from clientarium.interfaces.web.errors import not_found
from clientarium.interfaces.web.screens import screen

PAGE_ROWS = 100
LAST_PAGE = 100
PERIOD_DAYS = {"month": 31, "quarter": 92, "year": 366}


@require_GET
@screen(sees_winback)
def page(request: HttpRequest) -> HttpResponse:
    """One's own week; whoever leads sellers and holds no clients himself comes to the results of all."""
    if request.user.seller is not None:
        return _board(request, request.user.seller)
    if can_lead_winback(request.user):
        return redirect("winback_results")
    return render(request, "winback/nobody.html")


@require_GET
@screen(sees_winback)
def of_seller(request: HttpRequest, seller_id: int) -> HttpResponse:
    """The week of another; for a seller's own eyes it is 404, as every client he may not see."""
    seller = get_object_or_404(Seller, pk=seller_id)
    if not can_see_day(request.user, seller):
        return not_found(request)
    return _board(request, seller)


@require_GET
@screen(can_lead_winback)
def results(request: HttpRequest) -> HttpResponse:
    """The lost by seller, who fills in his form, who came back and stayed."""
    read_lost()
    on = working_day()
    period = request.GET.get("period", "quarter")
    period = period if period in PERIOD_DAYS else "quarter"
    since = on - timedelta(days=PERIOD_DAYS[period] - 1)
    rows = results_of(request.user, on=on, since=since)
    context = {
        "part": "results",
        "rows": rows,
        "total": total_of(rows),
        "months": months_of(request.user, on=on),
        "won": won_cases(request.user, since=since, on=on),
        "apart": apart_of(request.user),
        "period": period,
        "periods": tuple(PERIOD_DAYS),
        "since": since,
        "on": on,
        **_said(request),
    }
    return render(request, "winback/results.html", context)


@require_GET
@screen(sees_winback)
def lost(request: HttpRequest) -> HttpResponse:
    """All the lost this person sees, the dearest first, a page at a time; those apart on their own."""
    read_lost()
    found = lost_visible_to(request.user)
    group = request.GET.get("group", "")
    if group == "review":
        found = found.filter(client__has_bad_review=True)
    elif group == "nobody":
        found = found.filter(client__holder__isnull=True)
    number = _page_number(request)
    rows = list(found[number * PAGE_ROWS : (number + 1) * PAGE_ROWS + 1])
    context = {
        "part": "lost",
        "rows": rows[:PAGE_ROWS],
        "group": group,
        "number": number,
        "before": number > 0,
        "after": len(rows) > PAGE_ROWS and number < LAST_PAGE,
        "count": found.count(),
        **_said(request),
    }
    return render(request, "winback/lost.html", context)


def _board(request: HttpRequest, seller: Seller) -> HttpResponse:
    week = week_of(seller)
    on = working_day()
    context = {
        "part": "week",
        "seller": seller,
        "is_own": request.user.seller_id == seller.pk,
        "week": week,
        "filled": _filled_in(week) if week else 0,
        "board": board_of(request.user, seller, on=on),
        "months": months_of(request.user, on=on, seller=seller),
        "on": on,
        **_said(request),
    }
    return render(request, "winback/week.html", context)


def _filled_in(week: Week) -> int:
    """Answered since Monday, of the cases this seller works on."""
    sunday = week.monday + timedelta(days=6)
    return week.seller.winback_cases.filter(filled_on__range=(week.monday, sunday)).count()


def _said(request: HttpRequest) -> dict[str, Any]:
    """What every page of win-back says: money or not, and how right the chance is."""
    reading = latest_reading()
    return {
        "sees_money": rules.sees_money(request.user),
        "leads": can_lead_winback(request.user),
        "has_week": request.user.seller_id is not None,
        "reading": reading,
        "chances": chances_of(reading) if reading else (),
    }


def _page_number(request: HttpRequest) -> int:
    text = request.GET.get("page", "")
    return min(int(text), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
