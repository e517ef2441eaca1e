"""«Мой день»: whom to call today and why; how far the days of all sellers have come."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET

from clientarium.core.ground import UserError
from clientarium.decisions.clients import clients_visible_to
from clientarium.decisions.contacts import (
    Day,
    can_lead_days,
    can_see_day,
    coverage,
    day_of,
    sellers_to_look_at,
    working_day,
)
from clientarium.decisions.people import Seller, rules
from clientarium.interfaces.web.errors import not_found, user_error
from clientarium.interfaces.web.screens import has_a_day, screen
from clientarium.interfaces.web.views.card import language

PERIODS = {"day": 1, "week": 7, "month": 30}


@require_GET
@screen(has_a_day)
def mine(request: HttpRequest) -> HttpResponse:
    """One's own day; whoever leads sellers and holds no clients himself comes to the days of all."""
    if request.user.seller is not None:
        return _day(request, request.user.seller)
    if can_lead_days(request.user):
        return redirect("days")
    return render(request, "day/nobody.html")


@require_GET
@screen(has_a_day)
def of_seller(request: HttpRequest, seller_id: int) -> HttpResponse:
    """The day of another; for a seller's own eyes it is 404, as every client he may not see."""
    seller = get_object_or_404(Seller, pk=seller_id)
    if not can_see_day(request.user, seller):
        return not_found(request)
    return _day(request, seller)


@require_GET
@screen(can_lead_days)
def everybody(request: HttpRequest) -> HttpResponse:
    """Planned, done, reached, ordered, overdue by seller: sight, not control."""
    period = request.GET.get("period", "day")
    last = working_day()
    first = last - timedelta(days=PERIODS.get(period, 1) - 1)
    found = coverage(first, last, by=request.user)
    counted = {one.seller.pk: one for one in found.sellers}
    holders = [seller for seller in sellers_to_look_at(request.user) if seller.pk not in counted]
    context = {
        "coverage": found,
        "period": period if period in PERIODS else "day",
        "periods": tuple(PERIODS),
        "without_plan": holders,
    }
    return render(request, "day/everybody.html", context)


def _day(request: HttpRequest, seller: Seller) -> HttpResponse:
    try:
        day = day_of(seller, _asked(request), by=request.user)
    except PermissionDenied:
        return not_found(request)
    except UserError as error:
        return user_error(request, error)
    sees_money = rules.sees_money(request.user)
    context = {
        "day": day,
        "is_own": request.user.seller_id == seller.pk,
        "lines": [_row(line, sees_money=sees_money) for line in day.open_lines],
        "done": [_row(line, sees_money=sees_money) for line in day.done_lines],
        "held_back": _held_back(request, day),
        "sees_money": sees_money,
        "sellers": sellers_to_look_at(request.user) if can_lead_days(request.user) else (),
        "has_snapshot": day.as_of is not None,
        "feed": request.user.calendar_feeds.filter(revoked_at__isnull=True).first(),
    }
    return render(request, "day/page.html", context)


def _asked(request: HttpRequest) -> date | None:
    try:
        return parse_date(request.GET.get("on", ""))
    except ValueError:
        return None


def _row(line: Any, *, sees_money: bool) -> dict[str, Any]:
    return {"line": line, "sentence": line.sentence(language(), sees_money=sees_money)}


def _held_back(request: HttpRequest, day: Day) -> list[dict[str, Any]]:
    """Who was left out and until when, with names: only clients this person sees."""
    ids = [one["client"] for one in day.held_back]
    names = dict(clients_visible_to(request.user).filter(pk__in=ids).values_list("pk", "name"))
    return [
        {**one, "name": names[one["client"]], "until": parse_date(one["until"]) if one.get("until") else None}
        for one in day.held_back
        if one["client"] in names
    ]
