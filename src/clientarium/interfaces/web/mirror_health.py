"""The health of the base in words: what each figure is, how it is counted, what to load where it is not known."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clientarium.decisions.mirror import HealthCode, HealthFigure

from . import pulse

FEWEST = 10
"""A share of fewer is shown as what of what, and no more is made of it."""


def told_health(figures: Sequence[HealthFigure]) -> list[dict[str, Any]]:
    """One tile a figure."""
    return [
        {
            "figure": figure,
            "title": figure.code.label,
            "formula": FORMULAS[figure.code](figure),
            "is_few": figure.of is not None and not figure.is_money and figure.of < FEWEST,
            "missing": "" if figure.value is not None else MISSING[figure.code](),
            "url": _url(figure),
        }
        for figure in figures
    ]


def _url(figure: HealthFigure) -> str:
    if figure.where or figure.missing_where:
        return pulse.clients_where(figure.where or figure.missing_where)
    name = {HealthCode.PROMISES: "days", HealthCode.WINBACK: "winback", HealthCode.PLAN: "plans"}.get(figure.code)
    return reverse(name) if name else ""


def _plan(figure: HealthFigure) -> str:
    month = date_format(figure.month, "F Y").lower() if figure.month else ""
    return _("Margin that came in %(month)s over the plans of all sellers.") % {"month": month}


FORMULAS = {
    HealthCode.UTILISATION: lambda _figure: _("Clients who ordered within the last month, of all who ever bought."),
    HealthCode.SERVED: lambda _figure: _("Clients we were in touch with within a month, of all who have a seller."),
    HealthCode.RETENTION: lambda _figure: _("Of those who bought the year before, how many bought this year too."),
    HealthCode.COST_KNOWN: lambda _figure: _("Revenue of 12 months whose cost is known, of all of it."),
    HealthCode.COMPLETE: lambda _figure: _("The average score of the cards: contacts, INN, fields filled in."),
    HealthCode.PROMISES: lambda _figure: _("Agreed dates of the last 90 days by which somebody was in touch again."),
    HealthCode.WINBACK: lambda _figure: _("Of the win-back cases given out, how many have answers."),
    HealthCode.PLAN: _plan,
}

MISSING = {
    HealthCode.UTILISATION: lambda: _("Nobody has bought yet: load sales."),
    HealthCode.SERVED: lambda: _("No contacts are known: load calls and letters, or write them down in My day."),
    HealthCode.RETENTION: lambda: _("There is no year before to compare with: load older sales."),
    HealthCode.COST_KNOWN: lambda: _("There were no sales within 12 months."),
    HealthCode.COMPLETE: lambda: _("The score comes with the next count of the base."),
    HealthCode.PROMISES: lambda: _("No agreed date has come yet: agree the next call in My day."),
    HealthCode.WINBACK: lambda: _("No win-back case was given out yet."),
    HealthCode.PLAN: lambda: _("Nobody approved a plan of that month: plans are approved on the page Plan."),
}
