"""Names of methods → the methods: the words a choice, a report and the command line use."""

from collections.abc import Mapping
from typing import Any

from numpy.typing import NDArray

from clientarium.core.forecast.choice import DEFAULT_CHOICE, Choice
from clientarium.core.forecast.counting import STATUS_METHODS, count_method, status_method
from clientarium.core.forecast.date_rules import DATE_RULES
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.methods import CountMethod, DateMethod, StatusMethod
from clientarium.core.forecast.next_order import OWN_GAPS, OwnGaps
from clientarium.core.forecast.regularity import rhythms
from clientarium.core.forecast.rule_dates import RuleDates

DATE_METHODS: Mapping[str, DateMethod] = {OWN_GAPS: OwnGaps(), **{rule: RuleDates(rule) for rule in DATE_RULES}}


def methods_of(choice: Choice) -> tuple[CountMethod, DateMethod, StatusMethod]:
    """KeyError where the choice names what this version does not have: see `known_choice`."""
    return count_method(choice.counts), DATE_METHODS[choice.dates], status_method(choice.status)


def known_choice(stored: Mapping[str, Any]) -> Choice:
    """The choice kept as a dict; the default's method where an older or newer version named one we do not have."""
    choice = Choice.of(stored)
    return Choice(
        counts=choice.counts if _is_count_method(choice.counts) else DEFAULT_CHOICE.counts,
        dates=choice.dates if choice.dates in DATE_METHODS else DEFAULT_CHOICE.dates,
        status=choice.status if choice.status in STATUS_METHODS else DEFAULT_CHOICE.status,
        origin=choice.origin,
    )


def _is_count_method(name: str) -> bool:
    try:
        count_method(name)
    except KeyError:
        return False
    return True


def rhythm_of(histories: Histories) -> NDArray[Any]:
    """regular, irregular or unknown for each client, text[n]."""
    return rhythms(histories).word
