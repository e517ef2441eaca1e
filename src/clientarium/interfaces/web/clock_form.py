"""What the forms of the clock say: a rule of the firm, of a portfolio, days."""

from collections.abc import Mapping
from datetime import date

from django.utils.dateparse import parse_date

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clock import OwnRule, RuleNumbers

from .rule_lines import typed_number

WARNINGS = ("warning_first", "warning_second", "warning_last")


def rule_from(posted: Mapping[str, str]) -> RuleNumbers:
    """The firm's rule as posted. Raises UserError for what is no number."""
    return RuleNumbers(
        kind=posted.get("kind", ""),
        cold_days=_number(posted, "cold_days"),
        rhythm_factor=_number(posted, "rhythm_factor"),
        purchase_is=posted.get("purchase_is", ""),
        takeover_days=int(_number(posted, "takeover_days")),
        warn_days=tuple(int(_number(posted, name)) for name in WARNINGS),
    )


def own_rule_from(posted: Mapping[str, str]) -> OwnRule:
    """A portfolio's own rule as posted; without a kind it follows the firm's."""
    kind = posted.get("kind", "")
    return OwnRule(kind, _number(posted, "cold_days"), _number(posted, "rhythm_factor")) if kind else OwnRule()


def day_from(posted: Mapping[str, str], name: str) -> date:
    """Raises UserError where no day is posted."""
    try:
        day = parse_date(posted.get(name, ""))
    except ValueError:
        day = None
    if day is None:
        raise UserError(N_("Choose a day."))
    return day


def _number(posted: Mapping[str, str], name: str) -> float:
    text = posted.get(name, "").strip()
    value = typed_number(text)
    if value is None:
        raise UserError(N_("“%(word)s” is not a number."), word=text or "—")
    return float(value)
