"""Growth zones as one JSON document and as rows; imported only when a home is open."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language

from clientarium.core.ground import N_
from clientarium.decisions.zones import Finding, Search, condition_of, search_now, sentence_of, zone_words

from .language import _
from .progress import Listener

COLUMNS = (
    N_("Who"), N_("Clients"), N_("Figure"), N_("With the rest"), N_("Margin"), N_("Difference a year"), N_("By chance"),
)  # fmt: skip
METHODS = {
    "shuffle": N_("The whole search was repeated %(shuffles)s times on shuffled figures; chance reached less far."),
    "holdout": N_("Found on one half of the clients, checked on the other against %(shuffles)s shuffles."),
}
PERCENT_DIGITS = 4


def zones_document(target: str, *, listener: Listener) -> dict[str, Any]:
    """Search now, keep what is found for the page, and tell it. Raises UserError."""
    search = search_now(target, step=listener)
    words, language = zone_words(), (get_language() or "ru").partition("-")[0]
    found = search.findings.order_by("place")
    return {
        "target": search.target,
        "as_of": search.as_of,
        **{name: search.figures[name] for name in ("method", "clients", "words", "tried", "value", "bar", "small")},
        "shuffles": search.figures["shuffles"],
        "seconds": search.figures["seconds"],
        "measure": search.figures["measure"],
        "reason": search.figures["reason"] or None,
        "universe": search.universe,
        "zones": [_zone(one, search, sentence_of(one.expression, words=words, language=language)) for one in found],
    }


def heading(found: dict[str, Any]) -> Iterator[str]:
    """What was compared and how chance was kept out."""
    yield _("%(target)s as of %(day)s: %(clients)s clients, %(tried)s conditions of %(words)s words.") % {
        "target": found["target"],
        "day": f"{found['as_of']:%d.%m.%Y}",
        "clients": found["clients"],
        "tried": found["tried"],
        "words": found["words"],
    }
    if not found["reason"]:
        method = METHODS[found["method"]]
        yield _(method) % {"shuffles": found["shuffles"]}


def zone_table(found: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for one in found["zones"]:
        yield (
            one["sentence"],
            one["clients"],
            round(one["value"], 3),
            round(one["rest"], 3),
            round(one["money"]),
            round(one["worth"]),
            one["by_chance"],
        )


def _zone(finding: Finding, search: Search, sentence: str) -> dict[str, Any]:
    finding.search = search
    return {
        "expression": finding.expression,
        "sentence": sentence,
        "condition": condition_of(finding),
        "clients": finding.clients,
        "value": finding.value,
        "rest": finding.rest,
        "low": finding.low,
        "high": finding.high,
        "money": float(finding.money),
        "money_share": finding.money_share,
        "worth": float(finding.worth),
        "by_chance": round(finding.p_value, PERCENT_DIGITS),
        "similar": finding.similar,
    }
