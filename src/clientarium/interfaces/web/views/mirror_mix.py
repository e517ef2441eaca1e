"""The mirror's card of composition (1.5.15): who leaves and who stays, over the snapshots."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from clientarium.core.readings import Part
from clientarium.decisions.mirror import SCHEMES, mix_of, sees_mirror
from clientarium.interfaces.web import mirror_charts, pulse
from clientarium.interfaces.web.context import published_day
from clientarium.interfaces.web.screens import screen
from clientarium.interfaces.web.templatetags.figures import share

ZERO = Decimal(0)
STEP_TOLD = 0.01
"""A change of under a percentage point is not worth a sentence."""


@require_GET
@screen(sees_mirror)
def composition(request: HttpRequest) -> HttpResponse:
    """How the mix has gone over the snapshots (1.5.15)."""
    published_day(request)
    scheme = request.GET.get("scheme", "")
    scheme = scheme if scheme in SCHEMES else SCHEMES[0]
    measure, parts = mix_of(scheme)
    words = pulse.company_words()

    def title_of(code: str | None) -> str:
        return words.category(scheme, code)

    dates = sorted({part.as_of for part in parts})
    rows = _mix_rows(parts, scheme) if dates else []
    context = {
        "scheme": scheme,
        "answer": _mix_answer(rows) if len(dates) > 1 else "",
        "schemes": [(name, words.scheme(name)) for name in SCHEMES],
        "measure": measure,
        "dates": dates,
        "rows": rows,
        "chart": mirror_charts.mix_chart(parts, scheme=scheme, title_of=title_of) if len(dates) > 1 else None,
    }
    return render(request, "mirror/_composition.html", context)


def _mix_answer(rows: Sequence[dict[str, Any]]) -> str:
    """Which category gained most of the money and which lost most, from the first date to the last."""
    moved = [row for row in rows if row["code"] and row["share_then"] is not None and row["share_now"] is not None]
    moved.sort(key=lambda row: row["share_now"] - row["share_then"])
    said = [
        words % {"title": row["title"], "then": share(row["share_then"]), "now": share(row["share_now"])}
        for words, row, step in (
            (_("Gained most: %(title)s, from %(then)s to %(now)s of the money."), *_ends(moved, -1)),
            (_("Lost most: %(title)s, from %(then)s to %(now)s."), *_ends(moved, 0)),
        )
        if row and abs(step) >= STEP_TOLD
    ]
    return " ".join(said) if said else _("The mix has hardly changed.")


def _ends(moved: Sequence[dict[str, Any]], place: int) -> tuple[dict[str, Any] | None, float]:
    """The row at one end of those that moved, and its step where it is in that end's direction."""
    if not moved:
        return None, 0.0
    row = moved[place]
    step = row["share_now"] - row["share_then"]
    return row, step if (step > 0) == (place == -1) else 0.0


def _mix_rows(parts: list[Part], scheme: str) -> list[dict[str, Any]]:
    """Each category on the first and the last date shown: clients and share of the money."""
    words = pulse.company_words()
    first, last = min(part.as_of for part in parts), max(part.as_of for part in parts)
    sums = {day: sum((max(part.money, ZERO) for part in parts if part.as_of == day), ZERO) for day in (first, last)}
    found = {(part.as_of, part.category): part for part in parts}
    codes = sorted({part.category for part in parts if part.as_of in (first, last)}, key=pulse.rank)

    def share_of(day: Any, code: str | None) -> float | None:
        part = found.get((day, code))
        return float(max(part.money, ZERO) / sums[day]) if part and sums[day] > 0 else (0.0 if sums[day] > 0 else None)

    return [
        {
            "code": code,
            "title": words.category(scheme, code) if code else _("outside the scheme"),
            "clients_then": found[first, code].clients if (first, code) in found else 0,
            "clients_now": found[last, code].clients if (last, code) in found else 0,
            "share_then": share_of(first, code),
            "share_now": share_of(last, code),
            "url": pulse.clients_where(pulse.equals(scheme, code)),
        }
        for code in codes
    ]
