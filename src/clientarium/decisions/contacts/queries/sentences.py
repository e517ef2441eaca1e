"""A line's reason as one sentence, in the words of the issue."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

PRODUCTS_NAMED = 2
"""More names than two are no sentence any more."""


def reason_sentence(reason: Mapping[str, Any], *, language: str, sees_money: bool = True) -> str:
    """«обычно берёт раз в 28 ± 4 дня, прошло 27; в прошлый раз 84 т.р.; давно не брал фрезы»."""
    with override(language):
        parts = [
            _opening(reason),
            _rhythm(reason),
            _last_order(reason) if sees_money else "",
            *_products(reason.get("products") or ()),
        ]
        text = "; ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _opening(reason: Mapping[str, Any]) -> str:
    kind = reason.get("kind")
    if kind == "agreed":
        return _agreed(reason)
    if kind == "quote":
        waits = _("the quote of %(day)s waits for an answer") % {"day": _day(reason.get("quote_on"))}
        return f"{waits}, {_agreed(reason)}" if reason.get("agreed_on") else waits
    if kind == "second_purchase":
        days = int(reason.get("days_since") or 0)
        return ngettext(
            "bought once, %(days)s day ago: lead to the second purchase",
            "bought once, %(days)s days ago: lead to the second purchase",
            days,
        ) % {"days": days}
    if kind == "thrown_away":
        calls = int(reason.get("calls_in_vain") or 0)
        return ngettext(
            "%(calls)s call at the wrong time, and nobody has called since",
            "%(calls)s calls at the wrong time, and nobody has called since",
            calls,
        ) % {"calls": calls}
    if kind == "win_back":
        days = int(reason.get("days_since") or 0)
        return ngettext(
            "stopped buying %(days)s day ago: the next step of winning him back",
            "stopped buying %(days)s days ago: the next step of winning him back",
            days,
        ) % {"days": days}
    return _("an anchor of the base keeps silent") if kind == "anchor_silent" else ""


def _agreed(reason: Mapping[str, Any]) -> str:
    late = int(reason.get("promise_late_days") or 0)
    if late:
        return ngettext("agreed for %(day)s, %(late)s day ago", "agreed for %(day)s, %(late)s days ago", late) % {
            "day": _day(reason.get("agreed_on")),
            "late": late,
        }
    return _("agreed on %(day)s to talk today") % {"day": _day(reason.get("agreed_at"))}


def _rhythm(reason: Mapping[str, Any]) -> str:
    gap, since, spread = reason.get("gap_days"), reason.get("days_since"), reason.get("spread_days")
    if reason.get("kind") in ("second_purchase", "win_back") or since is None:
        return ""
    passed = ngettext("%(days)s day has passed", "%(days)s days have passed", since) % {"days": since}
    if gap is None:
        return _("no rhythm is known yet, %(passed)s since the purchase") % {"passed": passed}
    gap = round(gap)
    if reason.get("rhythm") == "irregular":
        usual = ngettext(
            "buys irregularly, usually every %(gap)s day", "buys irregularly, usually every %(gap)s days", gap
        ) % {"gap": gap}
    elif spread:
        usual = ngettext(
            "usually buys every %(gap)s ± %(spread)s day", "usually buys every %(gap)s ± %(spread)s days", spread
        ) % {"gap": gap, "spread": spread}
    else:
        usual = ngettext("usually buys every %(gap)s day", "usually buys every %(gap)s days", gap) % {"gap": gap}
    return f"{usual}, {passed}"


def _last_order(reason: Mapping[str, Any]) -> str:
    amount = reason.get("last_order_revenue")
    return _("last time %(amount)s") % {"amount": short_money(float(amount))} if amount else ""


def _products(offers: Sequence[Mapping[str, Any]]) -> list[str]:
    told = []
    for why, text in (
        ("lost", _("has not taken for long: %(names)s")),
        ("due", _("due now: %(names)s")),
        ("similar", _("others like him also take: %(names)s")),
    ):
        names = [str(offer["name"]) for offer in offers if offer.get("why") == why][:PRODUCTS_NAMED]
        if names:
            told.append(text % {"names": ", ".join(names)})
    return told[:1]


def short_money(amount: float) -> str:
    """84 250 → «84 т.р.», 1 240 000 → «1,2 млн»: enough to remember the client by. Without a currency's name."""
    if abs(amount) >= 1_000_000:
        return _("%(number)s m") % {"number": number_format(amount / 1_000_000, 1)}
    if abs(amount) >= 1_000:
        return _("%(number)s k") % {"number": round(amount / 1_000)}
    return f"{amount:.0f}"


def _day(value: Any) -> str:
    if not value:
        return "—"
    day = date.fromisoformat(value) if isinstance(value, str) else value
    return f"{day:%d.%m.%Y}"
