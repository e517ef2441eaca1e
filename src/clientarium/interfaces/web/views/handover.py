"""Hand-over sheets: what a new seller has to know of a client, on one page that prints."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from clientarium.decisions.clients import Holding, HoldingCause, clients_visible_to
from clientarium.decisions.contacts import working_day
from clientarium.decisions.moves import can_read_handover, hand_over_of
from clientarium.decisions.people import rules
from clientarium.interfaces.web.card_charts import words_of_rhythm
from clientarium.interfaces.web.client_card import schemes_of
from clientarium.interfaces.web.rhythm_strip import Window, rhythm_sentence
from clientarium.interfaces.web.screens import everyone_signed_in, screen
from clientarium.interfaces.web.views.card import language, seen_client

NEW_DAYS = 31
"""The month a new seller has for the first deal."""

SHEETS_SHOWN = 100


@require_GET
@screen(everyone_signed_in)
def page(request: HttpRequest, client_id: int) -> HttpResponse:
    """One client's sheet; whoever may not see him finds nothing here."""
    client = seen_client(request, client_id)
    sheet = hand_over_of(client, by=request.user)
    context = {
        "sheet": sheet,
        "client": client,
        "schemes": schemes_of(sheet.state, language=language()) if sheet.state else [],
        "rhythm_words": _rhythm(sheet.state),
        "sees_money": rules.sees_money(request.user),
    }
    return render(request, "handover/page.html", context)


@require_GET
@screen(can_read_handover)
def received(request: HttpRequest) -> HttpResponse:
    """Clients handed over by a decision within the last month: one's own, or everybody's for whoever sees them."""
    since = working_day() - timedelta(days=NEW_DAYS)
    mine = clients_visible_to(request.user)
    holdings = Holding.objects.filter(
        client__in=mine, last_day__isnull=True, cause=HoldingCause.PERSON, first_day__gte=since
    )
    rows = holdings.select_related("client", "seller").order_by("-first_day", "client__search_name")[:SHEETS_SHOWN]
    return render(request, "handover/received.html", {"rows": list(rows)})


def _rhythm(state: Any) -> str:
    """How long he has been silent against his own rhythm, and when the next order is expected."""
    if state is None:
        return ""
    days, gap = getattr(state, "days_since_last_purchase", None), getattr(state, "typical_gap_days", None)
    silent = words_of_rhythm(days, gap, getattr(state, "last_purchase_on", None))
    return f"{silent} {rhythm_sentence(Window.of(state), state)}".strip()
