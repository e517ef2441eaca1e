"""How the mirror says its figures: gaps with their intervals, and the one sentence on top of each card."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from clientarium.core.readings import REST_OF_GROUPS
from clientarium.core.strategy import Estimate
from clientarium.decisions.mirror import Direction, Division, GroupLine, Strengths, Verdict

from . import figures

VERDICT_CHIPS = {Verdict.STRONG: "good", Verdict.WEAK: "bad", Verdict.MIXED: "warn"}
DIRECTION_CHIPS = {Direction.BETTER: "good", Direction.WORSE: "bad"}
NAMED = 3


@dataclass(frozen=True)
class Gap:
    """A difference as it is read: «+4,1 п. п.», and the interval beside it, '' where it is not told."""

    text: str
    interval: str
    is_certain: bool


def group_title(division: Division, group: str | None) -> str:
    """The name of a group as the page says it."""
    if group is None:
        return _("not filled in")
    if group == REST_OF_GROUPS:
        return _("smaller ones together")
    if division.is_yes_no:
        return pgettext("answer", "Yes") if group == "true" else pgettext("answer", "No")
    return group


def points(gap: Estimate) -> Gap | None:
    """A difference of shares in percentage points; None where there is none."""
    if gap.value is None:
        return None
    unit = _("pp")
    return Gap(f"{_signed(gap.value * 100)} {unit}", _interval(gap, times=100), gap.is_above or gap.is_below)


def plain(gap: Estimate, *, places: int = 1) -> Gap | None:
    """A difference of numbers."""
    if gap.value is None:
        return None
    return Gap(_signed(gap.value, places=places), _interval(gap, places=places), gap.is_above or gap.is_below)


def of_money(gap: Estimate) -> Gap | None:
    """A difference of money, shortened."""
    if gap.value is None:
        return None
    language = _language()
    between = ""
    if gap.low is not None and gap.high is not None:
        between = _between(*(figures.signed_money(one, language=language) for one in (gap.low, gap.high)))
    return Gap(figures.signed_money(gap.value, language=language), between, gap.is_above or gap.is_below)


def strong_sentence(found: Strengths) -> str:
    """Where we are strong, in one sentence."""
    if all(line.group is None for line in found.lines):
        return _(
            "“%(title)s” is filled in for nobody: load it with the clients or the goods, or look by something else."
        ) % {"title": found.division.title}
    strong, weak = found.called(Verdict.STRONG), found.called(Verdict.WEAK)
    if not any(line.verdict not in (Verdict.FEW, Verdict.NONE) for line in found.lines):
        return ngettext(
            "No group has even %(least)s buyer of the year: there is nothing to judge by.",
            "No group has even %(least)s buyers of the year: there is nothing to judge by.",
            found.least,
        ) % {"least": found.least}
    if not strong and not weak:
        return _("No group stands out from the others beyond chance.")
    said = []
    if strong:
        said.append(_("Strong: %(groups)s.") % {"groups": names(found.division, strong)})
    if weak:
        said.append(_("Weak: %(groups)s.") % {"groups": names(found.division, weak)})
    return " ".join(said)


def discount_sentence(found: Strengths) -> str:
    """Where they buy without discounts."""
    fair = [line for line in found.lines if line.discount_verdict == Verdict.STRONG]
    spoilt = [line for line in found.lines if line.discount_verdict == Verdict.WEAK]
    if found.whole.discount is None:
        return _("Discounts are not in the files: there is nothing to tell by.")
    average = figures.share(found.whole.discount, places=1, language=_language())
    said = [_("On average the firm gives away %(share)s of the price.") % {"share": average}]
    if fair:
        said.append(_("They buy at full price or nearly: %(groups)s.") % {"groups": names(found.division, fair)})
    if spoilt:
        said.append(_("They are used to discounts: %(groups)s.") % {"groups": names(found.division, spoilt)})
    if not fair and not spoilt:
        said.append(_("No group differs from the others beyond chance."))
    return " ".join(said)


def repeat_sentence(found: Strengths) -> str:
    """What repeats."""
    if found.whole.repeat is None:
        return _("Nobody bought within 12 months.")
    average = figures.share(found.whole.repeat, language=_language())
    is_goods = not found.division.column
    said = (
        _("A buyer comes back for the same within the year in %(share)s of cases.")
        if is_goods
        else _("%(share)s of the buyers of the year bought more than once.")
    ) % {"share": average}
    above = [line for line in found.lines if line.repeat_verdict == Verdict.STRONG]
    below = [line for line in found.lines if line.repeat_verdict == Verdict.WEAK]
    parts = [said]
    if above:
        parts.append(_("More often: %(groups)s.") % {"groups": names(found.division, above)})
    if below:
        parts.append(_("More seldom: %(groups)s.") % {"groups": names(found.division, below)})
    if not above and not below:
        parts.append(_("No group differs from the others beyond chance."))
    return " ".join(parts)


def names(division: Division, lines: Sequence[GroupLine]) -> str:
    """A few names and how many more."""
    shown = ", ".join(group_title(division, line.group) for line in lines[:NAMED])
    more = len(lines) - NAMED
    if more <= 0:
        return shown
    return ngettext("%(names)s and %(more)s more", "%(names)s and %(more)s more", more) % {
        "names": shown,
        "more": more,
    }


def _interval(gap: Estimate, *, times: float = 1, places: int = 1) -> str:
    if gap.low is None or gap.high is None:
        return ""
    return _between(*(_signed(one * times, places=places) for one in (gap.low, gap.high)))


def _between(low: str, high: str) -> str:
    return _("from %(low)s to %(high)s") % {"low": low, "high": high}


def _signed(value: float, *, places: int = 1) -> str:
    rounded = round(value, places)
    return figures.signed(figures.number(rounded, places=places, language=_language()), rounded)


def _language() -> str:
    return (get_language() or "ru").partition("-")[0]
