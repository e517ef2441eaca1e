"""The mirror of the business (1.5.13): seven questions, each a card that comes by itself."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from clientarium.core.readings import Cut, clients_of_part, clients_with_tickets
from clientarium.decisions.clients import ids_seen_by, states_visible_to
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.mirror import (
    Division,
    GroupLine,
    Strengths,
    Verdict,
    ask_values,
    can_ask_values,
    division_called,
    divisions,
    health_of,
    measure_in_force,
    newcomers_of,
    resistance_of,
    sees_mirror,
    strengths_of,
    valued_of,
    year_tickets,
)
from clientarium.interfaces.web import mirror_charts, mirror_words, pulse
from clientarium.interfaces.web.context import Frame, published_day
from clientarium.interfaces.web.mirror_health import told_health
from clientarium.interfaces.web.screens import screen

GROUPS_SHOWN = 12
CLIENTS_BEHIND = 1000


@require_GET
@screen(sees_mirror)
def page(request: HttpRequest) -> HttpResponse:
    """The frame of the mirror: by what the base is divided."""
    is_counted = Frame(request).as_of is not None
    offered = divisions() if is_counted else []
    context = {
        "part": "mirror",
        "is_counted": is_counted,
        "divisions": offered,
        "division": division_called(request.GET.get("by", "")) if offered else None,
    }
    return render(request, "mirror/page.html", context)


@require_GET
@screen(sees_mirror)
def health(request: HttpRequest) -> HttpResponse:
    """The health of the base and of the work (1.5.18)."""
    published_day(request)
    return render(request, "mirror/_health.html", {"figures": told_health(health_of(request.user))})


@require_GET
@screen(sees_mirror)
def strengths(request: HttpRequest) -> HttpResponse:
    """Where we are strong: margin and retention of each group against all the others."""
    found = _found(request)
    context = {
        **_table(found),
        "answer": mirror_words.strong_sentence(found),
        "chart": mirror_charts.strength_chart(found),
    }
    return render(request, "mirror/_strengths.html", context)


@require_GET
@screen(sees_mirror)
def discounts(request: HttpRequest) -> HttpResponse:
    """Where they buy without discounts."""
    found = _found(request)
    told = [row for row in _rows(found) if row["line"].discount is not None]
    told.sort(key=lambda row: row["line"].discount)
    context = {**_table(found), "rows": told, "answer": mirror_words.discount_sentence(found)}
    return render(request, "mirror/_discounts.html", context)


@require_GET
@screen(sees_mirror)
def repeats(request: HttpRequest) -> HttpResponse:
    """What repeats: who buys again within the year, and how many newcomers come a second time."""
    found = _found(request)
    second = newcomers_of(found.division)
    rows = [row | {"new": second.get(row["line"].group)} for row in _rows(found) if row["line"].repeat is not None]
    rows.sort(key=lambda row: -row["line"].repeat)
    first, again = sum(one.first for one in second.values()), sum(one.second for one in second.values())
    context = {
        **_table(found),
        "rows": rows,
        "answer": mirror_words.repeat_sentence(found),
        "new_first": first,
        "new_share": again / first if first else None,
    }
    return render(request, "mirror/_repeats.html", context)


@require_GET
@screen(sees_mirror)
def valued(request: HttpRequest) -> HttpResponse:
    """What we are valued for, in the clients' own words, and what is missing to tell."""
    published_day(request)
    found = valued_of(request.user, measure=measure_in_force())
    rows = [{"value": one, "url": pulse.clients_where(one.where)} for one in found.values]
    unanswered = pulse.clients_where("orders_12m > 0 and f_valued_for is null") if found.has_question else ""
    context = {"found": found, "rows": rows, "asks": can_ask_values(request.user), "unanswered": unanswered}
    return render(request, "mirror/_valued.html", context)


@require_POST
@screen(can_ask_values)
def ask(request: HttpRequest) -> HttpResponse:
    """Put the question on every card."""
    ask_values(by=request.user)
    messages.success(request, _("The question now stands on every card. The answers are yours to word."))
    return redirect("mirror")


@require_GET
@screen(sees_mirror)
def resistance(request: HttpRequest) -> HttpResponse:
    """Where resistance arises: signs of the facts and the words written down."""
    as_of = published_day(request)
    division = _division(request)
    found = resistance_of(request.user, division, as_of=as_of, measure=measure_in_force())
    groups = sorted(found.groups, key=lambda group: (group.group is None, -group.bought, str(group.group)))
    context = {
        "found": found,
        "division": division,
        "signs": [{"one": one, "url": pulse.clients_where(one.where)} for one in found.signs],
        "heads": [sign.sign.label for sign in found.signs],
        "groups": [
            {
                "title": mirror_words.group_title(division, group.group),
                "bought": group.bought,
                "cells": [
                    {
                        "share": group.clients[sign] / group.bought if group.bought else None,
                        "url": pulse.clients_where(where),
                    }
                    for sign, where in _of_signs(found, group)
                ],
            }
            for group in groups[:GROUPS_SHOWN]
        ],
        "more_groups": max(len(groups) - GROUPS_SHOWN, 0),
        "winback_url": reverse("winback"),
        "tickets": year_tickets(),
        "tickets_url": f"{reverse('mirror_behind')}?of=tickets",
    }
    return render(request, "mirror/_resistance.html", context)


@require_GET
@screen(sees_mirror)
def behind(request: HttpRequest) -> HttpResponse:
    """The clients of a group of goods or of a channel, which no condition of the list can say."""
    ids, title = _behind(request)
    place = {client_id: number for number, client_id in enumerate(ids)}
    clients = sorted(states_visible_to(request.user).filter(pk__in=ids), key=lambda state: place[state.pk])
    return render(request, "mirror/behind.html", {"title": title, "clients": clients, "limit": CLIENTS_BEHIND})


def _behind(request: HttpRequest) -> tuple[Sequence[int], str]:
    """Ids, the dearest first, and what they have in common. Raises Http404 for an address that was tampered with."""
    seen: dict[str, Any] = {
        "as_of": published_day(request),
        "client_ids": ids_seen_by(request.user),
        "limit": CLIENTS_BEHIND,
    }
    if request.GET.get("of") == "tickets":
        return clients_with_tickets(ledger_base(), **seen), _("Came with a ticket within 12 months")
    division = next((one for one in divisions() if one.key == request.GET.get("by")), None)
    if division is None or division.cut is Cut.CLIENT:
        raise Http404
    group = request.GET.get("group") or None
    title = f"{division.title}: {mirror_words.group_title(division, group)}"
    return clients_of_part(ledger_base(), cut=division.cut, part=group, **seen), title


def _division(request: HttpRequest) -> Division | None:
    return division_called(request.GET.get("by", ""))


def _found(request: HttpRequest) -> Strengths:
    published_day(request)
    division = _division(request)
    found = strengths_of(division) if division else None
    if found is None:
        raise Http404
    return found


def _table(found: Strengths) -> dict[str, Any]:
    return {
        "found": found,
        "division": found.division,
        "rows": _rows(found),
        "has_margin": found.measure == "margin",
        "is_goods": found.division.cut is not Cut.CLIENT,
    }


def _rows(found: Strengths) -> list[dict[str, Any]]:
    return [
        {
            "line": line,
            "title": mirror_words.group_title(found.division, line.group),
            "url": _url(found.division, line),
            "margin_gap": mirror_words.points(line.margin_gap),
            "retention_gap": mirror_words.points(line.retention_gap),
            "chip": mirror_words.VERDICT_CHIPS.get(line.verdict, ""),
            "repeat_chip": mirror_words.VERDICT_CHIPS.get(line.repeat_verdict, ""),
            "discount_chip": mirror_words.VERDICT_CHIPS.get(line.discount_verdict, ""),
            "is_told": line.verdict not in (Verdict.FEW, Verdict.NONE),
        }
        for line in found.lines
    ]


def _url(division: Division, line: GroupLine) -> str:
    if line.is_rest:
        return ""
    if division.column:
        return pulse.clients_where(division.condition(line.group))
    return f"{reverse('mirror_behind')}?{urlencode({'by': division.key, 'group': line.group or ''})}"


def _of_signs(found: Any, group: Any) -> list[tuple[int, str]]:
    """(place, condition) of a group's counts in the order the signs are shown in."""
    order = [one.sign for one in found.all_signs]
    return [(order.index(one.sign), group.where[order.index(one.sign)]) for one in found.signs]
