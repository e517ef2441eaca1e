"""How long a client may go without a purchase before he is cold: rules with their dates, exceptions, warnings.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import ClockVerb, ExceptionState, PurchaseIs, RuleKind
    from .domain import (
        OwnRule,
        approve_exception,
        ask_exception,
        end_exception,
        follow_the_file,
        refuse_exception,
        set_firm_rule,
        set_seller_rule,
        withdraw_rule,
    )
    from .models import ClockException, Rule
    from .queries import (
        ALWAYS,
        ClockCounts,
        ClockOf,
        RuleNumbers,
        RulesOn,
        clock_states,
        clocks_in,
        clocks_of,
        cold_now,
        counts_by_seller,
        exceptions_visible_to,
        policy_rule,
        rule_versions,
        rules_on,
        waiting_exceptions,
        warning_of,
        with_days_left,
    )
    from .rules import can_ask_exception, can_decide_exception, can_set_clock

__all__ = [
    "ALWAYS",
    "ClockCounts",
    "ClockException",
    "ClockOf",
    "ClockVerb",
    "ExceptionState",
    "OwnRule",
    "PurchaseIs",
    "Rule",
    "RuleKind",
    "RuleNumbers",
    "RulesOn",
    "approve_exception",
    "ask_exception",
    "can_ask_exception",
    "can_decide_exception",
    "can_set_clock",
    "clock_states",
    "clocks_in",
    "clocks_of",
    "cold_now",
    "counts_by_seller",
    "end_exception",
    "exceptions_visible_to",
    "follow_the_file",
    "policy_rule",
    "refuse_exception",
    "rule_versions",
    "rules_on",
    "set_firm_rule",
    "set_seller_rule",
    "waiting_exceptions",
    "warning_of",
    "with_days_left",
    "withdraw_rule",
]

PLACES = {
    ".choices": ("ClockVerb", "ExceptionState", "PurchaseIs", "RuleKind"),
    ".models": ("ClockException", "Rule"),
    ".queries": (
        "ALWAYS",
        "ClockCounts",
        "ClockOf",
        "RuleNumbers",
        "RulesOn",
        "clock_states",
        "clocks_in",
        "clocks_of",
        "cold_now",
        "counts_by_seller",
        "exceptions_visible_to",
        "policy_rule",
        "rule_versions",
        "rules_on",
        "waiting_exceptions",
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
