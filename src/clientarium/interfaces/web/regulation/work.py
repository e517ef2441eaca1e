"""Sections of the regulation about the work itself: portfolios, contacts, plans, win-back, reviews."""

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from clientarium.core.categories import load_policy
from clientarium.core.pipeline import Definitions
from clientarium.decisions.portfolios import Strategy, default_terms
from clientarium.interfaces.web.rule_lines import plain

from ..paper import Points, Section, Table, Text

POLICY_FILE = "policy.yaml"


def portfolio_sections(known: Definitions, language: str) -> list[Section]:
    """Norms by strategy; how clients are chosen, moved and planned."""
    numbers = known_numbers(known)
    rows = []
    for strategy in Strategy:
        terms = default_terms(strategy, numbers)
        norm = f"{terms.norm_low}–{terms.norm_high}"
        rows.append(
            (str(strategy.label), norm, str(terms.ceiling), plain(Decimal(str(terms.hours_month)), language=language))
        )
    head = (_("Way of working"), _("Norm, clients"), _("Ceiling, clients"), _("Hours a month for clients"))
    portfolio = Section(
        "portfolio",
        _("How many clients a seller holds"),
        (
            Text(_("Above the ceiling the service suffers. Hours fill a portfolio, too: deep work has fewer clients.")),
            Table(head, tuple(rows), (34, 22, 22, 22)),
            Text(_("A seller’s own numbers, where he has such, stand in his portfolio with their reason and day.")),
        ),
    )
    return [portfolio, _wave_section(), _plan_section()]


def _wave_section() -> Section:
    points = (
        _("The head opens a wave; each seller marks whom he keeps and sees his norm, ceiling, hours and the plan."),
        _("Whoever keeps the whole list has a plan on the whole list from the next month."),
        _("Unmarked clients and those above the ceiling go to the pool; the head approves."),
        _("The program proposes whom the pool goes to: by expected margin and fit, equal in worth and in work."),
        _("Nothing moves without a leader’s approval, and every move can be undone."),
        _("With each client the new seller gets a hand-over sheet: his rhythm, what he buys, what was agreed."),
    )
    return Section("wave", _("Who keeps whom: the wave and the redistribution"), (Points(points),))


def _plan_section() -> Section:
    points = (
        _("The month’s plan is summed from the clients up: the orders and the margin expected of each."),
        _("To it the seller adds growth steps he accepts and win-back; nothing and “not asked yet” are different."),
        _("The leader’s own figure stands beside the computed one, with its reason; the computed one stays visible."),
        _("An approved plan does not change in its month. A new seller has a plan from his first month."),
    )
    return Section("plan", _("How the plan is made"), (Points(points),))


def contacts_section(known: Definitions) -> Section:
    numbers = known_numbers(known)
    points = (
        _("Every talk ends with an agreed date, or with the reason why there is none."),
        _("At every talk ask in passing whether phone, e-mail and person are still right; a change goes to the card."),
        _("The day’s list holds at most %(n)s calls; agreed dates are always all shown.")
        % {"n": _n(numbers, "calls_per_day")},
        _("For %(n)s days after a purchase we do not call on our own.") % {"n": _n(numbers, "just_bought_days")},
        _("After a quote we call back in %(n)s days.") % {"n": _n(numbers, "quote_wait_days")},
        _("A client of a category is not touched more often than the ceiling of the category allows."),
    )
    return Section("contacts", _("Contact with the client"), (Points(points),))


def winback_section(known: Definitions) -> Section:
    numbers = known_numbers(known)
    points = (
        _("A seller has %(n)s lost clients a week to work through, those of the largest expected margin first.")
        % {"n": _n(numbers, "winback_week")},
        _("For each he tells: alive or not, why the client stopped, what he could buy, what would bring him back."),
        _("A return counts at the second purchase; the first one is only a return begun."),
        _("Those who left with a bad review are talked to by the head."),
    )
    return Section("winback", _("Winning back the lost"), (Points(points),))


def review_section(known: Definitions) -> Section:
    numbers = known_numbers(known)
    points = (
        _("Categories are reviewed at least every %(n)s days.") % {"n": _n(numbers, "review_days")},
        _("The whole base is reviewed at least every %(n)s days.") % {"n": _n(numbers, "strategic_review_days")},
    )
    return Section("review", _("Reviews"), (Points(points),))


def known_numbers(known: Definitions) -> dict[str, Decimal]:
    """The policy's numbers, those of the packaged policy where the company's own is older."""
    packaged = load_policy(Path(settings.CLIENTARIUM_PACKAGED_DEFINITIONS) / POLICY_FILE)
    lines = {**packaged.lines, **known.policy.lines}
    return {name: line.value for name, line in lines.items() if isinstance(line.value, Decimal)}


def _n(numbers: Mapping[str, Decimal], name: str) -> str:
    return str(int(numbers[name]))
