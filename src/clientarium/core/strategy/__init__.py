"""Choices over a computed base: whom to call first, what calls give. Plain functions over rows."""

from clientarium.core.strategy.call_candidate import Basis, Candidate, Ceiling, LineKind, PastTouch, Window
from clientarium.core.strategy.call_kind import HeldBack
from clientarium.core.strategy.call_list import CallList, Line, Reason, call_value, calls_of_day
from clientarium.core.strategy.call_rules import CallRules, rules_from
from clientarium.core.strategy.effect import (
    FEWEST,
    FEWEST_EACH,
    Difference,
    Effect,
    Group,
    Moment,
    Share,
    effect_of_calls,
)

__all__ = [
    "FEWEST",
    "FEWEST_EACH",
    "Basis",
    "CallList",
    "CallRules",
    "Candidate",
    "Ceiling",
    "Difference",
    "Effect",
    "Group",
    "HeldBack",
    "Line",
    "LineKind",
    "Moment",
    "PastTouch",
    "Reason",
    "Share",
    "Window",
    "call_value",
    "calls_of_day",
    "effect_of_calls",
    "rules_from",
]
