"""Size against margin side by side (1.4.26): ABC by revenue, ABC by margin, and who stands differently in them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clientarium.core import readings
from clientarium.core.ground import UserError
from clientarium.core.ground.expressions import parse_condition
from clientarium.core.readings import Cell as SizeCell
from clientarium.decisions.clients import compile_condition, ids_seen_by, state_as_of, states_visible_to, vocabulary_for
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.zones import can_see_zones
from clientarium.interfaces.web import pulse, pulse_charts
from clientarium.interfaces.web.screens import screen

BIGGER = pulse_charts.DECEIVERS
BETTER = "(abc_margin = 'A' and abc_revenue in ('B', 'C')) or (abc_margin = 'B' and abc_revenue = 'C')"
CLIENTS_SHOWN = 10


@dataclass(frozen=True)
class SizeLine:
    """One class by size or by margin: clients, money, shares."""

    code: str
    clients: int
    revenue: Decimal
    revenue_share: float | None
    margin: Decimal
    margin_share: float | None
    url: str


@require_GET
@screen(can_see_zones)
def page(request: HttpRequest) -> HttpResponse:
    """The matrix and both classifications; whom size deceives comes as a fragment."""
    as_of = state_as_of()
    if as_of is None:
        return render(request, "strategy/zones/size.html", {"is_computed": False})
    seen: dict[str, Any] = {"as_of": as_of, "client_ids": ids_seen_by(request.user)}
    cells = readings.size_against_margin(ledger_base(), **seen)
    context = {
        "is_computed": True,
        "cells": cells,
        "matrix": pulse_charts.abc_matrix(cells),
        "codes": pulse_charts.ABC_CODES,
        "by_size": lines(cells, word="abc_revenue"),
        "by_margin": lines(cells, word="abc_margin"),
        "bigger": summed(cells, bigger=True),
        "better": summed(cells, bigger=False),
        "bigger_url": pulse.clients_where(BIGGER),
        "better_url": pulse.clients_where(BETTER),
        "cost_unknown": pulse.money_measure(states_visible_to(request.user)) == "revenue",
    }
    return render(request, "strategy/zones/size.html", context)


@require_GET
@screen(can_see_zones)
def clients(request: HttpRequest) -> HttpResponse:
    """The dearest of those who are larger than they pay, and of those who pay more than their size tells."""
    words = vocabulary_for(request.user)
    states = states_visible_to(request.user).select_related("client")
    try:
        bigger, better = (
            list(states.filter(compile_condition(parse_condition(text, words))).order_by(order, "pk")[:CLIENTS_SHOWN])
            for text, order in ((BIGGER, "-revenue_12m"), (BETTER, "-margin_12m"))
        )
    except UserError:  # a home whose schemes have no ABC
        bigger, better = [], []
    context: dict[str, Any] = {"bigger": bigger, "better": better}
    context |= {"bigger_url": pulse.clients_where(BIGGER), "better_url": pulse.clients_where(BETTER)}
    return render(request, "strategy/zones/_size_clients.html", context)


def lines(cells: Sequence[SizeCell], *, word: str) -> list[SizeLine]:
    """Classes A, B, C of one of the two classifications."""
    place = {"abc_revenue": "by_revenue", "abc_margin": "by_margin"}[word]
    revenue, margin = sum(cell.revenue for cell in cells), sum(cell.margin for cell in cells)
    found = []
    for code in pulse_charts.ABC_CODES:
        mine = [cell for cell in cells if getattr(cell, place) == code]
        his_revenue = sum((cell.revenue for cell in mine), Decimal(0))
        his_margin = sum((cell.margin for cell in mine), Decimal(0))
        found.append(
            SizeLine(
                code,
                sum(cell.clients for cell in mine),
                his_revenue,
                float(his_revenue / revenue) if revenue > 0 else None,
                his_margin,
                float(his_margin / margin) if margin > 0 else None,
                pulse.clients_where(pulse.equals(word, code)),
            )
        )
    return found


def summed(cells: Sequence[SizeCell], *, bigger: bool) -> SizeLine:
    """All whom size makes better (or worse) than they are: «A» stands before «B»."""
    mine = [c for c in cells if (c.by_revenue < c.by_margin if bigger else c.by_revenue > c.by_margin)]
    revenue, margin = sum(cell.revenue for cell in cells), sum(cell.margin for cell in cells)
    his_revenue = sum((cell.revenue for cell in mine), Decimal(0))
    his_margin = sum((cell.margin for cell in mine), Decimal(0))
    return SizeLine(
        "",
        sum(cell.clients for cell in mine),
        his_revenue,
        float(his_revenue / revenue) if revenue > 0 else None,
        his_margin,
        float(his_margin / margin) if margin > 0 else None,
        pulse.clients_where(BIGGER if bigger else BETTER),
    )
