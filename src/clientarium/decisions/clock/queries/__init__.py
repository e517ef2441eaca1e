"""Reading the clock: the rules of a day, each client's days left, exceptions."""

from .clocks import clock_states, clocks_in, clocks_of, cold_now, counts_by_seller
from .days_left import with_days_left
from .exceptions import exceptions_visible_to, waiting_exceptions
from .past import clocks_on_past_day
from .readings import ClockCounts, ClockOf, warning_of
from .versions import ALWAYS, RuleNumbers, RulesOn, policy_rule, rule_in, rule_versions, rules_on

__all__ = [
    "ALWAYS",
    "ClockCounts",
    "ClockOf",
    "RuleNumbers",
    "RulesOn",
    "clock_states",
    "clocks_in",
    "clocks_of",
    "clocks_on_past_day",
    "cold_now",
    "counts_by_seller",
    "exceptions_visible_to",
    "policy_rule",
    "rule_in",
    "rule_versions",
    "rules_on",
    "waiting_exceptions",
    "warning_of",
    "with_days_left",
]
