"""The regulation of this company on this day: every sentence comes from a setting in force."""

from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from clientarium.core.categories import PolicyLine
from clientarium.core.pipeline import Definitions
from clientarium.decisions.clock import ALWAYS, PurchaseIs, Rule, RuleKind, rule_versions, rules_on
from clientarium.decisions.contacts import definitions
from clientarium.decisions.grades import POLICY, SchemeVersion

from ..paper import Section, Table
from ..rule_lines import PER_CENT, plain
from .categories import category_sections
from .clocks import clock_section, purchase_section
from .document import Regulation, version_of
from .work import contacts_section, portfolio_sections, review_section, winback_section

CHANGES_SHOWN = 30
SHARE, DAYS = "share", "days"
CHOICES = {**dict(RuleKind.choices), **dict(PurchaseIs.choices)}


def regulation(language: str, *, day: date) -> Regulation:
    """The rules in force on `day` in words. Raises UserError where the definitions cannot be read."""
    known = definitions()
    on = rules_on(day)
    sections = (
        purchase_section(on),
        clock_section(on),
        *portfolio_sections(known, language),
        contacts_section(known),
        winback_section(known),
        review_section(known),
        *category_sections(known, language),
        numbers_section(known, language),
    )
    return Regulation(
        title=_("Regulation of the work with clients"),
        about=_(
            "How we work with our clients. Everything here is what the program goes by today: change a setting, and "
            "this text changes with it."
        ),
        sections=sections,
        appendix=_changes(known, language),
        changed_at=_changed_at(),
        version=rules_version(),
    )


def numbers_section(known: Definitions, language: str) -> Section:
    """Every line of the policy with where it comes from."""
    rows = tuple(
        (capital(line.title.text(language)), value_of(line, language), line.source.text(language))
        for line in known.policy.lines.values()
    )
    head = (_("What"), _("How much"), _("Why so"))
    return Section("numbers", _("All numbers the rules lean on"), (Table(head, rows, (30, 15, 55)),))


def value_of(line: PolicyLine, language: str) -> str:
    """A line's value as it is read: a share in per cent, days with their word, a choice by its title."""
    if isinstance(line.value, str):
        return str(CHOICES.get(line.value, line.value))
    if line.unit == SHARE:
        return f"{plain(line.value * PER_CENT, language=language)} %"
    number = plain(line.value, language=language)
    return f"{number} {_('days')}" if line.unit == DAYS else number


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def rules_version() -> str:
    """The same as long as no rule has changed: made of the texts of all definitions and of the portfolios' rules."""
    folder = Path(settings.CLIENTARIUM_DEFINITIONS)
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml"))]
    own = Rule.objects.filter(seller__isnull=False).order_by("pk")
    told = [f"{one.seller_id} {one.valid_from} {one.kind} {one.cold_days} {one.rhythm_factor}" for one in own]
    return version_of(*texts, *told)


def _changed_at() -> datetime | None:
    moments = [
        SchemeVersion.objects.filter(by__isnull=False).values_list("at", flat=True).first(),
        Rule.objects.filter(valid_from__gt=ALWAYS).order_by("-at").values_list("at", flat=True).first(),
    ]
    return max((one for one in moments if one), default=None)


def _changes(known: Definitions, language: str) -> Section | None:
    """Who changed which rule, when and why, the newest first."""
    titles = {scheme.name: scheme.title.text(language) for scheme in known.schemes}
    titles[POLICY] = _("Numbers of the policy")
    saved = SchemeVersion.objects.filter(by__isnull=False).select_related("by")[:CHANGES_SHOWN]
    rows = [(one.at, titles.get(one.scheme, one.scheme), str(one.by), one.note) for one in saved]
    own = rule_versions().filter(seller__isnull=False)[:CHANGES_SHOWN]
    rows += [(one.at, _("Clock of the portfolio: %s") % one.seller, str(one.by or "—"), one.reason) for one in own]
    newest = sorted(rows, reverse=True)[:CHANGES_SHOWN]
    told = tuple((date_format(localtime(at), "d.m.Y H:i"), what, who, why or "—") for at, what, who, why in newest)
    if not told:
        return None
    table = Table((_("When"), _("What"), _("Who"), _("Why")), told, (18, 30, 20, 32))
    return Section("changes", _("Who changed what"), (table,))
