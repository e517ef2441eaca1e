"""How long a client may go without a purchase before he is cold: rules with their dates, exceptions, warnings.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import ClockVerb, ExceptionState, PurchaseIs, RuleKind
    from .models import ClockException, Rule
    from .queries import (
        ClockCounts,
        ClockOf,
        RuleNumbers,
        RulesOn,
        clock_states,
        clocks_in,
        clocks_of,
        cold_now,
        counts_by_seller,
        rule_versions,
        rules_on,
        warning_of,
        with_days_left,
    )
    from .rules import can_ask_exception, can_decide_exception, can_set_clock

__all__ = [
    "ClockCounts",
    "ClockException",
    "ClockOf",
    "ClockVerb",
    "ExceptionState",
    "PurchaseIs",
    "Rule",
    "RuleKind",
    "RuleNumbers",
    "RulesOn",
    "can_ask_exception",
    "can_decide_exception",
    "can_set_clock",
    "clock_states",
    "clocks_in",
    "clocks_of",
    "cold_now",
    "counts_by_seller",
    "rule_versions",
    "rules_on",
    "warning_of",
    "with_days_left",
]

PLACES = {
    ".choices": ("ClockVerb", "ExceptionState", "PurchaseIs", "RuleKind"),
    ".models": ("ClockException", "Rule"),
    ".queries": (
        "ClockCounts",
        "ClockOf",
        "RuleNumbers",
        "RulesOn",
        "clock_states",
        "clocks_in",
        "clocks_of",
        "cold_now",
        "counts_by_seller",
        "rule_versions",
        "rules_on",
        "warning_of",
        "with_days_left",
    ),
    ".rules": ("can_ask_exception", "can_decide_exception", "can_set_clock"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
