"""Reading the clock: the rules of a day, each client's days left, exceptions."""

from .clocks import ClockCounts, ClockOf, clock_states, clocks_in, clocks_of, cold_now, counts_by_seller, warning_of
from .days_left import with_days_left
from .versions import RuleNumbers, RulesOn, policy_rule, rule_in, rule_versions, rules_on

__all__ = [
    "ClockCounts",
    "ClockOf",
    "RuleNumbers",
    "RulesOn",
    "clock_states",
    "clocks_in",
    "clocks_of",
    "cold_now",
    "counts_by_seller",
    "policy_rule",
    "rule_in",
    "rule_versions",
    "rules_on",
    "warning_of",
    "with_days_left",
]
