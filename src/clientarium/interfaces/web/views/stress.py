"""The stress test: what happens without the largest, who could take their place, is the base a lottery."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.views.decorators.http import require_GET

from clientarium.core.ground import UserError
from clientarium.core.strategy import RoomSource
from clientarium.decisions import stress
from clientarium.decisions.clients import segments_visible_to
from clientarium.interfaces.web import pulse, stress_charts
from clientarium.interfaces.web.category_titles import category_titles
from clientarium.interfaces.web.context import Frame
from clientarium.interfaces.web.errors import user_error
from clientarium.interfaces.web.pulse.links import clients_where
from clientarium.interfaces.web.screens import screen
from clientarium.interfaces.web.stress_form import HUNDRED, TOPS, AskedStress, asked_stress, stress_address

HALF_HOLDERS = "margin_12m > 0 and margin_12m_share_ahead < 0.5"
SEGMENTS_SHOWN = 8
LISTED = 40
"""Names that still fit into an address."""

FIRST_SHOWN = 12
"""Of the successors; the others open beneath."""

SOURCE_TITLES = {
    RoomSource.BEFORE: gettext_lazy("brought more the year before"),
    RoomSource.TREND: gettext_lazy("grows: another year like this one"),
    RoomSource.DECLARED: gettext_lazy("his seller says so"),
    RoomSource.PEERS: gettext_lazy("clients like him take more"),
}
FIELD_TITLES = {
    "segment": gettext_lazy("An industry leaves"),
    "city": gettext_lazy("A city leaves"),
    "seller": gettext_lazy("A seller leaves with his clients"),
}
Answered = Callable[[HttpRequest, AskedStress], HttpResponse]


def asked(view: Answered) -> Callable[[HttpRequest], HttpResponse]:
    """Read what the address asks for; what cannot be read is said in words, with 422."""

    @wraps(view)
    def read(request: HttpRequest) -> HttpResponse:
        try:
            return view(request, asked_stress(request))
        except UserError as error:
            return user_error(request, error)

    return read


@require_GET
@screen(stress.can_stress)
def page(request: HttpRequest) -> HttpResponse:
    """The question and the places of the answers, each of which comes by itself."""
    segments = segments_visible_to(request.user)[:SEGMENTS_SHOWN]
    context: dict[str, Any] = {"tops": TOPS, "is_counted": Frame(request).snapshot is not None, "segments": segments}
    try:
        context["asked"] = asked_stress(request)
    except UserError as error:
        context |= {"error": error, "where": request.GET.get("where", "")}
        return render(request, "stress/page.html", context, status=422)
    context["where"] = context["asked"].removal.where
    return render(request, "stress/page.html", context)


@require_GET
@screen(stress.can_stress)
def verdict(request: HttpRequest) -> HttpResponse:
    """Is the base a lottery today?"""
    found = stress.lottery_of(by=request.user)
    context: dict[str, Any] = {"found": found}
    if found is not None and not found.is_without_forecast:
        is_margin = found.outlook.measure == "margin"
        context |= {
            "chart": stress_charts.chance_chart(found.chance),
            "holders_url": clients_where(HALF_HOLDERS) if is_margin else "",
            "is_margin": is_margin,
            "assumed_share": stress.rules_in_force().assumed_share,
        }
    return render(request, "stress/_verdict.html", context)


@require_GET
@screen(stress.can_stress)
def history(request: HttpRequest) -> HttpResponse:
    """How concentration moved over the last quarters."""
    found = stress.lottery_history(by=request.user)
    context: dict[str, Any] = {
        "found": found,
        "first": found[0] if found else None,
        "last": found[-1] if found else None,
    }
    if len(found) > 1:
        context["chart"] = stress_charts.history_chart(found)
    return render(request, "stress/_history.html", context)


@require_GET
@screen(stress.can_stress)
@asked
def hole(request: HttpRequest, asked: AskedStress) -> HttpResponse:
    """What is missing without them, by month."""
    found = stress.hole_of(asked.removal, by=request.user)
    context: dict[str, Any] = {"found": found, "asked": asked}
    if found is not None and found.hole.clients:
        context |= {
            "chart": stress_charts.hole_chart(found),
            "whole_url": clients_where(asked.removal.where) if asked.removal.where else "",
            "assumed_share": stress.rules_in_force().assumed_share,
        }
    return render(request, "stress/_hole.html", context)


@require_GET
@screen(stress.can_stress)
@asked
def rest(request: HttpRequest, asked: AskedStress) -> HttpResponse:
    """What is left of the base, beside what it is now."""
    now = stress.lottery_of(by=request.user)
    left = stress.lottery_without(asked.removal, by=request.user) if now else None
    return render(request, "stress/_rest.html", {"now": now, "left": left})


@require_GET
@screen(stress.can_stress)
@asked
def successors(request: HttpRequest, asked: AskedStress) -> HttpResponse:
    """Who could fill the hole, how much each, by when, with what work."""
    found = stress.successors_of(asked.removal, by=request.user, rules=asked.rules, with_peers=asked.with_peers)
    context: dict[str, Any] = {"found": found, "asked": asked}
    if found is not None:
        titles = category_titles((get_language() or "ru").partition("-")[0])
        rows, spare = (
            [(one, SOURCE_TITLES[one.source], titles.title("layer", one.layer)) for one in part]
            for part in (found.taken, found.spare)
        )
        context |= {
            "rows": rows[:FIRST_SHOWN],
            "more": rows[FIRST_SHOWN:],
            "spare": spare,
            "chart": stress_charts.filling_chart(found) if found.hole > 0 else None,
            "list_url": _list_of(found),
            "is_listed_whole": len(found.taken) <= LISTED,
            "listed": LISTED,
            "room_percent": _plain(found.rules.room_share * HUNDRED),
            "contacts_each": _plain(found.rules.contacts_month),
        }
    return render(request, "stress/_successors.html", context)


@require_GET
@screen(stress.can_stress)
def slices(request: HttpRequest) -> HttpResponse:
    """What is missing where a whole industry, city or seller's portfolio goes."""
    found = stress.slices_of(by=request.user)
    language = (get_language() or "ru").partition("-")[0]
    parts = [
        (rows[0].title(language) or FIELD_TITLES[field], [(one, stress_address(where=one.condition)) for one in rows])
        for field, rows in found.items()
    ]
    return render(request, "stress/_slices.html", {"parts": parts})


@require_GET
@screen(stress.can_stress)
def largest(request: HttpRequest) -> HttpResponse:
    """The largest by name, to be marked."""
    chosen = {one for one in request.GET.getlist("client") if one.isdecimal()}
    rows = [(one, client, str(client.pk) in chosen) for one, client in stress.largest_of(by=request.user)]
    return render(request, "stress/_largest.html", {"rows": rows})


def _list_of(found: stress.SuccessionFound) -> str:
    """The list of the successors, to look at and to save as a segment."""
    names = sorted({one.client.name for one in found.taken[:LISTED]})
    quoted = ", ".join("'" + name.replace("'", "''") + "'" for name in names)
    return pulse.clients_where(f"name in ({quoted})") if names else reverse("clients")


def _plain(value: float) -> str:
    """A number for an input: no spaces, no needless zeros."""
    return f"{value:g}".replace(".", ",")
