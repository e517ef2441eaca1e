"""The clock in sentences: of one client, and of a rule; the regulation prints the same ones."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clientarium.decisions.clock import ClockOf, PurchaseIs, RuleKind, RuleNumbers


def clock_sentence(clock: ClockOf, *, day: str, on: str) -> str:
    """When he turns cold; `day` is the day of it in words, `on` that of his last purchase."""
    if clock.days_left is None:
        return _("He has not bought yet: no clock runs.")
    if clock.days_left > 0:
        text = ngettext(
            "Turns cold on %(day)s, in %(n)s day.", "Turns cold on %(day)s, in %(n)s days.", clock.days_left
        )
        return text % {"day": day, "n": clock.days_left}
    if clock.last_purchase_on is None:
        return _("The month for the first deal is over since %(day)s.") % {"day": day}
    return _("Cold since %(day)s: the last purchase was on %(on)s.") % {"day": day, "on": on}


def purchase_sentence(rule: RuleNumbers) -> str:
    """What stops the clock."""
    if rule.purchase_is == PurchaseIs.PAYMENT:
        return _("A purchase is a payment: the day the client’s money came, prepayments too.")
    if rule.purchase_is == PurchaseIs.ORDER:
        return _(
            "A purchase is an order: a recorded talk that ended with “Ordered”, or a shipment, whichever came later."
        )
    return _("A purchase is a shipment: a sales document with revenue above zero; a return is none.")


def cold_sentence(rule: RuleNumbers) -> str:
    """When a client is cold."""
    days = ngettext("%(n)s day", "%(n)s days", int(rule.cold_days)) % {"n": _plain(rule.cold_days)}
    if rule.kind == RuleKind.STRICT or not rule.factor:
        return _("A client is cold when %(days)s have passed without a purchase, the same for everybody.") % {
            "days": days
        }
    whole = int(rule.factor) if rule.factor == int(rule.factor) else 2
    gaps = ngettext("%(n)s usual gap", "%(n)s usual gaps", whole) % {"n": _plain(rule.factor)}
    text = _(
        "A client is cold when %(days)s have passed without a purchase; whoever always bought less often has %(gaps)s "
        "between his purchases instead, if that is longer."
    )
    return text % {"days": days, "gaps": gaps}


def warning_sentence(rule: RuleNumbers) -> str:
    first, second, last = rule.warn_days
    text = _("The seller is warned in “My day” %(first)s, %(second)s and %(last)s days before.")
    return text % {"first": first, "second": second, "last": last}


def takeover_sentence(rule: RuleNumbers) -> str:
    text = ngettext(
        "Whoever takes a client over has %(n)s day for a deal, even if the client was cold; without one the client is "
        "proposed to others.",
        "Whoever takes a client over has %(n)s days for a deal, even if the client was cold; without one the client is "
        "proposed to others.",
        rule.takeover_days,
    )
    return text % {"n": rule.takeover_days}


def rule_sentences(rule: RuleNumbers) -> list[str]:
    """The whole rule, one sentence a line."""
    return [
        purchase_sentence(rule),
        cold_sentence(rule),
        warning_sentence(rule),
        _("On the day the clock runs out the client is proposed for the pool. Nobody but the head of sales moves him."),
        takeover_sentence(rule),
        _("For a season or a building site that waits, the seller asks for an exception with a last day and a reason."),
    ]


def _plain(number: float) -> str:
    return number_format(int(number) if number == int(number) else number)
