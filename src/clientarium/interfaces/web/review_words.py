"""What a review says in sentences: why a client stands in an answer, what came of a decision, when the next is due."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clientarium.decisions.reviews import AnswerLine, DecisionLine, DueReview, Kind, Question, ReleaseLine, Review
from clientarium.decisions.winback import Progress
from clientarium.interfaces.web import figures

Facts = Mapping[str, Any]

MISSING: dict[str, Callable[[], str]] = {
    "no_earlier_snapshot": lambda: _(
        "There is no earlier count of the base to compare with: this year stands beside the year before."
    ),
    "no_service": lambda: _("What service costs is not known: load contacts or documents."),
    "no_lifecycle": lambda: _("Who is lost is not known: run the pulse again."),
    "no_touches": lambda: _("No contacts are loaded, so silence on our side cannot be seen."),
    "no_potential": lambda: _(
        "Sellers have not said what their clients could buy: fill in the potential on the cards, and we shall see "
        "who takes less than he could."
    ),
    "no_value": lambda: _("The base has neither categories nor layers: who is valuable is not known."),
}
"""What could not be asked of the data, and what to load."""


def money_words(measure: str) -> str:
    """What the money of a review is."""
    return _("margin") if measure == "margin" else _("revenue: cost is not known")


def line_reason(line: AnswerLine, *, question: str, language: str) -> str:
    """Why this client stands in the answer, with his figures of that day."""
    return REASONS[question](line.facts, language)


def _moved(facts: Facts, language: str) -> str:
    before, after = _money(facts.get("before"), language), _money(facts.get("after"), language)
    return _("%(before)s a year → %(after)s") % {"before": before, "after": after}


def _weakened(facts: Facts, language: str) -> str:
    text = _moved(facts, language)
    last = _day(facts.get("last_purchase_on"))
    return f"{text}; {_('bought last on %s') % last}" if last else text


def _gone(facts: Facts, language: str) -> str:
    parts = []
    if last := _day(facts.get("last_purchase_on")):
        parts.append(_("bought last on %s") % last)
    if facts.get("past_year") is not None:
        parts.append(_("%s in his last year") % _money(facts["past_year"], language))
    if facts.get("chance") is not None:
        chance = figures.share(facts["chance"], language=language)
        parts.append(_("%s of such clients come back") % chance)
    else:
        parts.append(_("has gone cold since the last review"))
    if facts.get("progress"):
        parts.append(_("win-back: %s") % str(Progress(facts["progress"]).label).lower())
    return "; ".join(parts)


def _neglected(facts: Facts, language: str) -> str:
    parts = []
    quiet = facts.get("quiet_days")
    if quiet == "never":
        parts.append(_("no contact at all"))
    elif quiet is not None:
        parts.append(ngettext("no contact for %(n)s day", "no contact for %(n)s days", quiet) % {"n": quiet})
    if over := facts.get("overdue_days"):
        text = ngettext(
            "his order is %(n)s day late, and nobody has asked",
            "his order is %(n)s days late, and nobody has asked",
            over,
        )
        parts.append(text % {"n": over})
    if missed := _day(facts.get("missed_on")):
        parts.append(_("agreed on %s and did not call") % missed)
    if quote := _day(facts.get("quote_on")):
        parts.append(_("quote of %s left without an answer") % quote)
    if facts.get("share") is not None:
        words = {
            "share": figures.share(facts["share"], language=language),
            "potential": _money(facts["potential"], language),
        }
        parts.append(_("takes %(share)s of the %(potential)s a year he could") % words)
    return "; ".join(parts)


def _outgrown(facts: Facts, language: str) -> str:
    parts = []
    if facts.get("hours"):
        parts.append(_("%s h of our time a year") % figures.number(facts["hours"], places=1, language=language))
    if facts.get("year") is not None:
        parts.append(_("brought %s") % _money(facts["year"], language))
    if facts.get("is_noise"):
        parts.append(_("noise layer"))
    if facts.get("release"):
        parts.append(_("in the release “%s” already") % facts["release"])
    return "; ".join(parts)


REASONS: dict[str, Callable[[Facts, str], str]] = {
    Question.STRONGER: _moved,
    Question.WEAKER: _weakened,
    Question.GONE: _gone,
    Question.NEGLECTED: _neglected,
    Question.OUTGROWN: _outgrown,
}


def money_titles(measure: str) -> dict[str, str]:
    """What the money beside a client is, by question."""
    year = _("Margin of a year") if measure == "margin" else _("Revenue of a year")
    change = _("Change of the yearly margin") if measure == "margin" else _("Change of the yearly revenue")
    return {
        Question.STRONGER: change,
        Question.WEAKER: change,
        Question.GONE: _("May bring in a year"),
        Question.NEGLECTED: year,
        Question.OUTGROWN: _("Margin after service"),
    }


def question_about(question: str, review: Review) -> str:
    """How a question is answered, in a sentence."""
    since = f"{review.since:%d.%m.%Y}" if review.since else ""
    found = {
        Question.STRONGER: _("Whose money of twelve months is more than on %s.") % since
        if since
        else _("Whose money of twelve months is more than a year before."),
        Question.WEAKER: _("Who still buys, but brings less in twelve months than on %s.") % since
        if since
        else _("Who still buys, but brings less than a year before."),
        Question.GONE: _("The lost by what winning them back may bring, then those gone cold since the last review."),
        Question.NEGLECTED: _(
            "Valuable clients (A, B, anchor, growth) to whom we owe a contact: silence, a late order nobody asked "
            "about, a broken agreement, a quote without an answer, a low share of what they could buy."
        ),
        Question.OUTGROWN: _("Whom it costs us money to serve, and the noise layer: the costliest first."),
    }
    return found[Question(question)]


def result_words(line: DecisionLine, *, language: str) -> str:
    """What came of it: the new clients it was to attract, or what its own brought before and after its day."""
    return came_words(line, language=language) if line.came else around_words(line, language=language)


def came_words(line: DecisionLine, *, language: str) -> str:
    """Of those wanted how many came, and their money of twelve months."""
    came, wanted = line.came, line.decision.wanted
    assert came is not None
    told = ngettext("%(came)s of %(n)s came", "%(came)s of %(n)s came", wanted) % {"came": came.clients, "n": wanted}
    if not line.sees_money or not came.clients:
        return told
    what = _("their margin of 12 months") if came.measure == "margin" else _("their revenue of 12 months")
    return f"{told}; {what} {_money(came.money, language)}"


def around_words(line: DecisionLine, *, language: str) -> str:
    """What the named clients brought before and after the day of the decision."""
    if not line.sees_money or not line.clients:
        return ""
    around = line.around
    if around is None:
        return _("no sales since: too early to tell")
    words = {
        "days": around.days,
        "before": _money(around.before, language),
        "after": _money(around.after, language),
        "change": figures.signed_money(around.change, language=language),
    }
    what = _("margin") if around.measure == "margin" else _("revenue")
    text = ngettext(
        "%(days)s day before: %(before)s, after: %(after)s (%(change)s)",
        "%(days)s days before: %(before)s, after: %(after)s (%(change)s)",
        around.days,
    )
    told = f"{what}, {text % words}"
    return f"{told}; {_('too early to tell')}" if line.is_early else told


def release_words(line: ReleaseLine, *, language: str) -> str:
    """What a release brought against clients like its own, or that it is too early."""
    found = line.effect.whole(line.effect.money)
    if found is None:
        return _("too early to tell")
    words = {
        "value": figures.signed_money(found.value, language=language),
        "low": figures.money(found.low, language=language),
        "high": figures.money(found.high, language=language),
        "days": line.effect.days,
    }
    what = _("margin") if line.effect.measure == "margin" else _("revenue")
    text = ngettext(
        "%(value)s in %(days)s day against clients like them, from %(low)s to %(high)s",
        "%(value)s in %(days)s days against clients like them, from %(low)s to %(high)s",
        line.effect.days,
    )
    return f"{what} {text % words}"


def due_words(due: DueReview) -> str:
    """When the next review of this kind is to be held."""
    if due.open is not None:
        return _("Under way since %s.") % f"{due.open.opened_on:%d.%m.%Y}"
    if due.days_left is None:
        period = {"n": due.period_days}
        return _("None has been held yet; one is due every %(n)s days.") % period
    if due.days_left < 0:
        text = ngettext("Overdue by %(n)s day.", "Overdue by %(n)s days.", due.days_over)
        return text % {"n": due.days_over}
    if due.days_left == 0:
        return _("Due today.")
    text = ngettext("Due in %(n)s day, on %(day)s.", "Due in %(n)s days, on %(day)s.", due.days_left)
    return text % {"n": due.days_left, "day": f"{due.due_on:%d.%m.%Y}"}


def review_title(review: Review) -> str:
    """What it is and of which day."""
    day = date_format(review.opened_on, "j E Y")
    name = _("Session on categories, %s") if review.kind == Kind.GRADES else _("Review of the base, %s")
    return name % day


def _money(value: Any, language: str) -> str:
    """JSON keeps decimals as texts."""
    return figures.money(None if value is None else Decimal(str(value)), language=language)


def _day(value: Any) -> str:
    if not value:
        return ""
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{day:%d.%m.%Y}"
