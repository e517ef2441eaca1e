"""Attention against margin (1.6): who takes the time of every service, and what he brings."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from clientarium.core.ground import UserError
from clientarium.decisions.attention import (
    Basis,
    By,
    can_edit_norms,
    dearest_attention,
    load_by,
    paid_to_serve,
    sees_attention,
    waits_for_pulse,
    whale_of,
)
from clientarium.decisions.people import rules
from clientarium.interfaces.web import pulse
from clientarium.interfaces.web.attention_page import (
    ROWS_SHOWN,
    answer_of,
    dumbbell,
    rows_of,
    service_rows_of,
    tenth_rows,
    whale_chart,
)
from clientarium.interfaces.web.context import Frame, published_day
from clientarium.interfaces.web.errors import said
from clientarium.interfaces.web.screens import screen


@require_GET
@screen(sees_attention)
def page(request: HttpRequest) -> HttpResponse:
    """The frame of the page: each heavy block comes as its own fragment."""
    is_counted = Frame(request).snapshot is not None
    context = {
        "is_counted": is_counted,
        "waits": is_counted and waits_for_pulse(),
        "edits_norms": can_edit_norms(request.user),
        "basis_choices": Basis.choices,
        **_asked(request),
    }
    return render(request, "attention/page.html", context)


@require_GET
@screen(sees_attention)
def load(request: HttpRequest) -> HttpResponse:
    """The load of each service, and each part's share of it beside its share of the margin."""
    published_day(request)
    asked = _asked(request)
    found = load_by(asked["by"], user=request.user, basis=asked["basis"])
    assert found is not None  # a published day has a snapshot
    rows = rows_of(found, asked["by"])
    heaviest = next((row for row in rows if found.heaviest and row.load is found.heaviest), None)
    context: dict[str, Any] = {
        "load": found,
        "rows": rows[:ROWS_SHOWN],
        "more_rows": max(len(rows) - ROWS_SHOWN, 0),
        "heaviest": heaviest,
        "answer": answer_of(heaviest, asked["by"], measure=found.measure) if heaviest else "",
        "services": service_rows_of(found),
        "chart": dumbbell(rows, asked["by"]),
        "by_choices": By.choices,
        **asked,
    }
    return render(request, "attention/_load.html", context)


@require_GET
@screen(sees_attention)
def whale(request: HttpRequest) -> HttpResponse:
    """The whale curve: what the best bring, and what those past the peak take back."""
    published_day(request)
    asked = _asked(request)
    found = whale_of(user=request.user, basis=asked["basis"])
    assert found is not None  # a published day has a snapshot
    context = {
        "whale": found,
        "curve": found.curve,
        "given_back": -found.curve.lost,
        "chart": whale_chart(found),
        "tenths": tenth_rows(found),
        "losers_url": pulse.clients_where(found.losers_where),
        "earners_url": pulse.clients_where(found.earners_where),
        **asked,
    }
    return render(request, "attention/_whale.html", context)


@require_GET
@screen(sees_attention)
def clients(request: HttpRequest) -> HttpResponse:
    """Clients whom the firm pays to serve, and those who take the most attention for their money."""
    published_day(request)
    asked = _asked(request)
    context: dict[str, Any] = dict(asked)
    try:
        paid = paid_to_serve(user=request.user, basis=asked["basis"])
        heavy = dearest_attention(user=request.user, basis=asked["basis"])
    except UserError as error:
        context["problem"] = said(error)
    else:
        context |= {
            "paid": paid,
            "paid_url": pulse.clients_where(paid.where),
            "heavy": heavy,
            "heavy_url": pulse.clients_where(heavy.where),
            "release_url": _release_url(request, paid.where),
        }
    return render(request, "attention/_clients.html", context)


def _release_url(request: HttpRequest, where: str) -> str:
    """The page that weighs what to change with these clients, for whoever may decide it."""
    if not rules.can_confirm(request.user):
        return ""
    try:
        return f"{reverse('releases')}new?{urlencode({'where': where})}"
    except NoReverseMatch:
        return ""


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the page was asked for; what it does not know is the usual."""
    basis, by = request.GET.get("basis", ""), request.GET.get("by", "")
    return {
        "basis": basis if basis in Basis.values else str(Basis.ALL),
        "by": by if by in By.values else str(By.GRADE),
    }
