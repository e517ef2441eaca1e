"""Outcomes: resilience, predictability and strength of the base over time, and whether they moved since the start."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clientarium.decisions.mirror import (
    JUDGED,
    PREDICTABILITY,
    RESILIENCE,
    STRENGTH,
    Change,
    Direction,
    OutcomeCode,
    Outcomes,
    outcomes_of,
    sees_mirror,
)
from clientarium.decisions.people import rules
from clientarium.interfaces.web import mirror_charts, mirror_words
from clientarium.interfaces.web.context import Frame, published_day
from clientarium.interfaces.web.screens import screen

GROUPS = {"resilience": RESILIENCE, "predictability": PREDICTABILITY, "strength": STRENGTH}


@require_GET
@screen(sees_mirror)
def page(request: HttpRequest) -> HttpResponse:
    """The frame; the figures come by themselves."""
    return render(request, "outcomes/page.html", {"part": "outcomes", "is_counted": Frame(request).as_of is not None})


@require_GET
@screen(sees_mirror)
def found(request: HttpRequest) -> HttpResponse:
    """The three outcomes with their charts, and the verdict."""
    published_day(request)
    outcomes = outcomes_of()
    if outcomes is None:
        return render(request, "outcomes/_found.html", {"found": None})
    context = {
        "found": outcomes,
        "lines": {name: [_line(outcomes, code) for code in codes] for name, codes in GROUPS.items()},
        "better": outcomes.counted(JUDGED, Direction.BETTER),
        "worse": outcomes.counted(JUDGED, Direction.WORSE),
        "judged": len(JUDGED),
        "has_year": any(outcomes.by_code[code].over_year for code in JUDGED),
        "year_better": outcomes.over_year(JUDGED, Direction.BETTER),
        "year_worse": outcomes.over_year(JUDGED, Direction.WORSE),
        "half": outcomes.half[-1] if outcomes.half else None,
        "told": [
            {"one": one, "miss": float(one.came / one.expected - 1) if one.expected > 0 else None}
            for one in reversed(outcomes.told)
        ],
        "charts": _charts(outcomes),
        "leads": rules.can_confirm(request.user),
    }
    return render(request, "outcomes/_found.html", context)


def _line(found: Outcomes, code: str) -> dict[str, Any]:
    outcome = found.by_code[code]
    return {
        "code": code,
        "title": OutcomeCode(code).label,
        "kind": {"effective": "decimal", "hour": "money"}.get(code, "share1"),
        "now": outcome.now,
        "start": _said(code, outcome.since_start),
        "year": _said(code, outcome.over_year) if outcome.over_year else None,
    }


def _said(code: str, change: Change) -> dict[str, Any]:
    say = {"effective": mirror_words.plain, "hour": mirror_words.of_money}.get(code, mirror_words.points)
    return {
        "change": change,
        "gap": say(change.gap),
        "title": change.direction.label,
        "chip": mirror_words.DIRECTION_CHIPS.get(change.direction, ""),
    }


def _charts(found: Outcomes) -> dict[str, Any]:
    return {
        "resilience": mirror_charts.resilience_chart(found),
        "predictability": mirror_charts.shares_chart(
            found, [("regular", _("of the money")), ("rhythmic", _("of the buyers"))]
        ),
        "strength": mirror_charts.shares_chart(found, [("retention", _("stay")), ("repeat", _("buy again"))]),
    }
