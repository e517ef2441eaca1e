"""The numbers the day's list leans on: lines of definitions/policy.yaml, each with its source there."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal


@dataclass(frozen=True)
class CallRules:
    """`…_days` are days, `…_gain` and shares are fractions of one, the rest are counts of calls or lines.

    on_time_gain: the part of an order that a call on time saves or brings; rescue_gain: the part of a year's margin at
    risk in a week of silence that a call brings back.
    """

    calls_per_day: int = 15
    on_time_gain: float = 0.1
    rescue_gain: float = 0.2
    just_bought_days: int = 7
    call_ahead_days: int = 2
    least_days_between_calls: int = 7
    second_purchase_from_days: int = 14
    second_purchase_until_days: int = 122
    second_purchase_lines: int = 2
    quote_wait_days: int = 3
    quote_forget_days: int = 45
    quote_lines: int = 3
    mistimed_calls: int = 2
    thrown_away_days: int = 30
    thrown_away_lines: int = 1
    winback_lines: int = 2

    def __post_init__(self) -> None:
        if self.calls_per_day < 1 or any(getattr(self, field.name) < 0 for field in fields(self)):
            raise ValueError(f"a day needs at least one call and no number below zero: {self}")


def rules_from(numbers: Mapping[str, Decimal]) -> CallRules:
    """The rules from the policy's numbers; a line the company's policy lacks keeps its packaged value."""
    kinds = {field.name: float if field.name.endswith("_gain") else int for field in fields(CallRules)}
    return CallRules(**{name: kind(numbers[name]) for name, kind in kinds.items() if name in numbers})  # type: ignore[arg-type]
