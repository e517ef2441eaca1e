"""A client's clock and a seller's counts as plain values."""

from dataclasses import dataclass
from datetime import date

from .versions import RuleNumbers


@dataclass(frozen=True)
class ClockOf:
    """One client's clock on a day. `days_left` 0 and less: cold, since `cold_on`; null: no clock runs.

    `warning`: the nearest of the rule's warnings that has come (30, 14, 3), 0 when cold, None before the first.
    `allowed_days`: how long he may go without a purchase. `exception`: the last day of an exception in force.
    `takeover_until`: the last day of the new holder's month.
    """

    client_id: int
    name: str
    holder_id: int | None
    last_purchase_on: date | None
    cold_on: date | None
    days_left: int | None
    warning: int | None
    exception: date | None = None
    takeover_until: date | None = None
    allowed_days: int | None = None

    @property
    def is_cold(self) -> bool:
        return self.days_left is not None and self.days_left <= 0

    @property
    def days_cold(self) -> int | None:
        """Days since he turned cold; None before that."""
        return -self.days_left if self.days_left is not None and self.days_left <= 0 else None


@dataclass(frozen=True)
class ClockCounts:
    """How many clients a seller has by the nearest warning that has come: each client once."""

    held: int
    first: int
    second: int
    last: int
    cold: int

    @property
    def soon(self) -> int:
        return self.first + self.second + self.last

    @property
    def within_second(self) -> int:
        return self.second + self.last


def warning_of(days_left: int | None, rule: RuleNumbers) -> int | None:
    """The nearest warning that has come: 0 is cold."""
    if days_left is None:
        return None
    if days_left <= 0:
        return 0
    return min((days for days in rule.warn_days if days_left <= days), default=None)


def nearest(clock: ClockOf) -> tuple[bool, int, int]:
    """The order of lists: the nearest to cold first, those without a clock last."""
    return (clock.days_left is None, clock.days_left or 0, clock.client_id)
