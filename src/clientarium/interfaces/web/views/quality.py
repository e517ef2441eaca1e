"""«Качество»: how right the cards are, what is wrong, and mending the dearest first, in place."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from clientarium.core.ground import UserError
from clientarium.core.quality import FaultKind, Needs, contact_is_valid
from clientarium.decisions.clients import Client, page_states, read_sort
from clientarium.decisions.contacts import contact_lines
from clientarium.decisions.people import Seller, rules
from clientarium.decisions.quality import (
    BulkAction,
    MarkKind,
    assess_clients,
    can_do_at_once,
    marks_of,
    needs_in_force,
    quality_of,
    refresh_quality,
    trend_of,
)
from clientarium.interfaces.web.context import Frame
from clientarium.interfaces.web.errors import said, user_error
from clientarium.interfaces.web.listing import visible, vocabulary_of
from clientarium.interfaces.web.pulse import company_words, money_measure
from clientarium.interfaces.web.quality_asked import QualityAsked
from clientarium.interfaces.web.quality_mending import mend_card
from clientarium.interfaces.web.quality_page import (
    FAULT_TITLES,
    conditions,
    faults_of,
    part_lines,
    titles_of,
    trend_chart,
)
from clientarium.interfaces.web.screens import everyone_signed_in, is_fragment, screen
from clientarium.interfaces.web.views.card import language, seen_client

ROWS_SHOWN = 30


@require_GET
@screen(everyone_signed_in)
def page(request: HttpRequest) -> HttpResponse:
    """The whole, what is wrong by kind and by seller, and the work list of the kind asked for."""
    asked = QualityAsked.by(request)
    words = vocabulary_of(request)
    if "data_quality" not in words:
        return render(request, "quality/page.html", {"found": None})
    measure = money_measure(visible(request)) if "margin_12m" in words else ""
    try:
        context = _work_list(request, asked, measure=measure)
    except UserError as error:
        return user_error(request, error)
    if is_fragment(request):
        return render(request, "quality/_list.html", context)
    found = quality_of(visible(request), words, money=f"{measure}_12m")
    points = trend_of(request.user)
    context |= {
        "found": found,
        "faults": [(count, str(FAULT_TITLES[count.kind])) for count in found.faults] if found else [],
        "points": points,
        "trend": trend_chart(points) if len(points) > 1 else None,
        "sees_all": rules.sees_all_clients(request.user),
    }
    return render(request, "quality/page.html", context)


@require_GET
@screen(everyone_signed_in)
def card(request: HttpRequest, client_id: int) -> HttpResponse:
    """The drawer of one card: its parts, and everything that can be mended."""
    client = seen_client(request, client_id)
    return render(request, "quality/_card.html", _card(request, client, _needs()))


@require_POST
@screen(everyone_signed_in)
def mend(request: HttpRequest, client_id: int) -> HttpResponse:
    """One change; the drawer comes back with what it did to the score, and the row of the list with it."""
    client, needs = seen_client(request, client_id), _needs()
    told = {"done": "", "error": ""}
    try:
        told["done"] = mend_card(request, client)
    except UserError as error:
        told["error"] = said(error)
    else:
        refresh_quality([client.pk], needs=needs)
    client.refresh_from_db()
    state = visible(request).filter(pk=client.pk).first()
    row = {"state": state, "titles": _titles(request, state), "is_swapped": True}
    context = {**_card(request, client, needs), **told, **row}
    return render(request, "quality/_mended.html", context)


def _needs() -> Needs:
    return needs_in_force(company_words().definitions)


def _titles(request: HttpRequest, state: Any) -> list[str]:
    words = vocabulary_of(request)
    return faults_of(state, conditions(words)) if state is not None and "data_quality" in words else []


def _work_list(request: HttpRequest, asked: QualityAsked, *, measure: str) -> dict[str, Any]:
    """Cards with a fault of the kind asked for, the dearest first; without money, the worst first."""
    words = vocabulary_of(request)
    among = visible(request)
    states = asked.narrow(among, words)
    sort = read_sort(f"-{measure}_12m" if measure else "data_quality", words)
    shown = page_states(states.select_related("holder"), sort, after=asked.after or None, size=ROWS_SHOWN, among=among)
    parsed = conditions(words)
    return {
        "asked": asked,
        "kind_title": str(FAULT_TITLES[FaultKind(asked.kind)]) if asked.kind else "",
        "rows": [(state, faults_of(state, parsed), getattr(state, f"{measure}_12m", None)) for state in shown.states],
        "next": asked.address(after=shown.next) if shown.next else "",
        "previous": asked.address(after=shown.previous) if shown.previous else "",
        "measure": measure,
        **_orders(request),
    }


def _orders(request: HttpRequest) -> dict[str, Any]:
    """What this person may do with many clients at once, and the choices it needs."""
    actions = [(action.value, action.label) for action in BulkAction if can_do_at_once(request.user, action)]
    words = vocabulary_of(request)
    fields = [word for word in words if word in ("city", "segment") or word.startswith("f_")]
    return {
        "actions": actions,
        "bulk_fields": [(word, words[word].title(language())) for word in fields],
        "marks": MarkKind.choices,
        "sellers": Seller.objects.order_by("name") if can_do_at_once(request.user, BulkAction.HAND_OVER) else (),
    }


def _card(request: HttpRequest, client: Client, needs: Needs) -> dict[str, Any]:
    as_of = Frame(request).as_of or timezone.localdate()
    found = next(iter(assess_clients([client.pk], needs=needs, as_of=as_of)))
    words, lines = vocabulary_of(request), contact_lines([client.pk]).get(client.pk, ())
    empty = [word for word in found.missing if word != "seller"]
    return {
        "client": client,
        "found": found,
        "parts": part_lines(found, words, language=language()),
        "contacts": [(line, _is_right(line)) for line in lines],
        "empty": list(zip(empty, titles_of(empty, words, language=language()), strict=True)),
        "needs_inn": needs.inn,
        "needs_seller": "seller" in found.missing,
        "marks_set": marks_of([client.pk]).get(client.pk, []),
        "marks_free": _free_marks(client),
    }


def _is_right(line: Any) -> bool:
    return not line.is_wrong and contact_is_valid(line.contact.kind, line.contact.value)


def _free_marks(client: Client) -> list[tuple[str, Any]]:
    present = {mark.kind for mark in marks_of([client.pk]).get(client.pk, [])}
    return [(value, label) for value, label in MarkKind.choices if value not in present]
