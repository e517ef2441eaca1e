"""The first screen: how the base lives. The page itself is quick; each heavy block comes as its own fragment."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clientarium.core import readings
from clientarium.decisions.attention import sees_attention
from clientarium.decisions.clients import ids_seen_by, states_visible_to
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.grades import decided_since, proposals_visible_to
from clientarium.decisions.people import rules
from clientarium.interfaces.web import pulse, pulse_charts
from clientarium.interfaces.web.context import Frame, published_day
from clientarium.interfaces.web.review_due import due_rows
from clientarium.interfaces.web.screens import everyone_signed_in, screen

COMPOSED_BY = ("layer", "grade")
GRADE = "grade"
PROPOSALS_SHOWN = 5
HALF_HOLDERS = "margin_12m > 0 and margin_12m_share_ahead < 0.5"


@require_GET
@screen(everyone_signed_in)
def page(request: HttpRequest) -> HttpResponse:
    """The pulse over the clients this person sees, or the welcome of an empty base."""
    if Frame(request).snapshot is None:
        return render(request, "pulse/welcome.html", {"can_import": rules.can_import(request.user)})
    states = states_visible_to(request.user)
    found, measure = pulse.tallies(states), pulse.money_measure(states)
    context = {
        "headline": pulse.headline(found, flag_at=pulse.company_words().number("active_share_flag")),
        "compositions": [_composition(found, scheme, measure=measure) for scheme in COMPOSED_BY],
        "is_portfolio": not rules.sees_all_clients(request.user),
        "decides": rules.can_confirm(request.user),
        "sees_money": rules.sees_money(request.user),
    }
    return render(request, "pulse/page.html", context)


@require_GET
@screen(rules.sees_money)
def attention(request: HttpRequest) -> HttpResponse:
    """Attention against margin by grade (1.6.2): the pair side by side, in the grades the page shows."""
    made_at = Frame(request).made_at
    parts = readings.attention_against_margin(
        ledger_base(),
        scheme=GRADE,
        as_of=published_day(request),
        client_ids=ids_seen_by(request.user),
        decided=decided_since(made_at, scheme=GRADE) if made_at else None,
    )
    pairs = pulse_charts.attention_pairs(parts, scheme=GRADE)
    context = {
        "pairs": pairs,
        "heaviest": pulse_charts.heaviest(pairs),
        "chart": pulse_charts.attention_chart(pairs, scheme=GRADE, words=pulse.company_words()),
        "page_url": reverse("attention") if sees_attention(request.user) else "",
    }
    return render(request, "pulse/_attention.html", context)


@require_GET
@screen(rules.sees_money)
def abc(request: HttpRequest) -> HttpResponse:
    """ABC by revenue against ABC by margin (1.4.26): where size deceives."""
    cells = readings.size_against_margin(
        ledger_base(), as_of=published_day(request), client_ids=ids_seen_by(request.user)
    )
    matrix = pulse_charts.abc_matrix(cells)
    context = {
        "matrix": matrix,
        "codes": pulse_charts.ABC_CODES,
        "counted": sum(cell.clients for cell in cells),
        "cost_unknown": pulse.money_measure(states_visible_to(request.user)) == "revenue",
        "deceivers": sum(cell.clients for row in matrix for cell in row if cell.kind == "bigger"),
        "deceivers_url": pulse.clients_where(pulse_charts.DECEIVERS),
    }
    return render(request, "pulse/_abc.html", context)


@require_GET
@screen(rules.sees_money)
def concentration(request: HttpRequest) -> HttpResponse:
    """On how many clients half of the margin rests, and on how many it rested a year before."""
    seen: dict[str, Any] = {"as_of": published_day(request), "client_ids": ids_seen_by(request.user)}
    found = readings.concentration(ledger_base(), **seen)
    points = readings.concentration_curve(
        ledger_base(), measure=found.measure, clients=pulse_charts.curve_places(found), **seen
    )
    # The list's condition speaks of the whole base: a seller's own half is another one.
    is_whole = rules.sees_all_clients(request.user) and found.measure == "margin"
    context = {
        "found": found,
        "url": pulse.clients_where(HALF_HOLDERS) if is_whole else "",
        "chart": pulse_charts.concentration_chart(points, found),
    }
    return render(request, "pulse/_concentration.html", context)


@require_GET
@screen(rules.can_confirm)
def decisions(request: HttpRequest) -> HttpResponse:
    """Reviews whose time comes, and proposals that wait for a person, the dearest first."""
    published_day(request)
    waiting = proposals_visible_to(request.user)
    rows = [
        {"proposal": proposal, "url": reverse("client", args=[proposal.client_id])}
        for proposal in waiting.select_related("client")[:PROPOSALS_SHOWN]
    ]
    due = [one for one in due_rows(request.user) if one["due"].is_due or one["due"].is_near or one["due"].open]
    context = {"waiting": waiting.count(), "rows": rows, "url": reverse("proposals"), "dues": due}
    return render(request, "pulse/_decisions.html", context)


def _composition(tallies: Sequence[pulse.Tally], scheme: str, *, measure: str) -> dict[str, Any]:
    words, found = pulse.company_words(), pulse.composition(tallies, scheme, measure=measure)
    parts = [
        {
            "part": part,
            "title": words.category(scheme, part.code) if part.code else _("outside the scheme"),
            "colour": pulse.colour_token(scheme, part.code),
        }
        for part in found.parts
    ]
    return {"scheme": scheme, "title": words.scheme(scheme), "parts": parts, "measure": found.measure}
