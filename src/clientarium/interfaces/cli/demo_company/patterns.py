# ruff: noqa: E501 -- a table reads better when its rows are not broken
"""How an invented client behaves: each pattern is one line of figures, so that what is planted can be found again."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Life(StrEnum):
    """How a client's purchases are laid over the years."""

    WHOLE = "whole"  # from his first day to the end
    GROWING = "growing"  # the last 12 months at GROWTH times the money of the 12 before
    FADING = "fading"  # the last 12 months at FADING of the money of the 12 before
    LOST = "lost"  # stops for good in a planted month
    RETURNED = "returned"  # silent for most of a year, then back with two or more orders
    NEW = "new"  # first purchase within the last 10 months
    ONCE = "once"  # one purchase
    NEVER = "never"  # a prospect: on the list, no purchase


# Doubling and halving lie far outside any sensible movement threshold, whatever the company's policy is.
GROWTH = 2.1
FADING = 0.42


@dataclass(frozen=True)
class Pattern:
    """Share of the base; order size in roubles; mean gap in days and its Erlang shape (1 = no rhythm at all)."""

    name: str
    share: float
    life: Life
    order: tuple[int, int]
    gap: tuple[float, float] = (0, 0)
    shape: int = 1
    metal: float = 0.3  # share of lines from the low-margin metal groups
    margin: float | None = None  # one margin for everything he buys, or the groups' own
    discount: tuple[float, float] = (0.0, 0.04)
    returns: float = 0.02  # share of orders followed by a return
    touches_per_order: float = 0.5
    touches_per_month: float = 0.1
    minutes: tuple[int, int] = (3, 9)
    paid_late: tuple[int, int] = (-6, 2)  # days after the due date, from-to
    seasonal: bool = False  # buys from April to October only


PATTERNS: Sequence[Pattern] = (
    Pattern("anchor", 0.016, Life.WHOLE, (66_000, 178_000), (5, 8), 10, metal=0.35),
    Pattern("large_low_margin", 0.010, Life.WHOLE, (190_000, 380_000), (7, 12), 9, metal=1.0, margin=0.10, discount=(0, 0)),
    Pattern("small_high_margin", 0.024, Life.WHOLE, (7_000, 16_000), (12, 22), 10, metal=0, margin=0.50, discount=(0, 0)),
    Pattern("regular", 0.110, Life.WHOLE, (16_000, 64_000), (9, 28), 12),
    Pattern("late_payer", 0.020, Life.WHOLE, (18_000, 52_000), (10, 24), 10, paid_late=(14, 40)),
    Pattern("discount_lover", 0.016, Life.WHOLE, (15_000, 46_000), (14, 30), 8, discount=(0.14, 0.22)),
    Pattern("seasonal", 0.024, Life.WHOLE, (18_000, 52_000), (9, 18), 6, metal=0.5, seasonal=True),
    Pattern("growing", 0.036, Life.GROWING, (12_000, 38_000), (10, 24), 10),
    Pattern("fading", 0.036, Life.FADING, (18_000, 60_000), (10, 24), 10),
    Pattern("lost", 0.104, Life.LOST, (11_000, 45_000), (10, 26), 10),
    Pattern("returned", 0.024, Life.RETURNED, (13_000, 42_000), (10, 24), 8),
    Pattern("new", 0.032, Life.NEW, (9_000, 37_000), (10, 24), 8),
    Pattern("noisy", 0.056, Life.WHOLE, (8_000, 16_000), (100, 140), 6, metal=0.5, discount=(0.06, 0.10), returns=0.15,
            touches_per_order=3.0, touches_per_month=5.5, minutes=(8, 22), paid_late=(-3, 4)),
    Pattern("loss_after_service", 0.008, Life.WHOLE, (4_000, 9_000), (18, 30), 6, metal=0.8, margin=0.05, discount=(0, 0),
            returns=0.1, touches_per_order=2.5, touches_per_month=5.0, minutes=(10, 25)),
    Pattern("irregular", 0.160, Life.WHOLE, (6_000, 18_000), (90, 220), 1),
    Pattern("one_timer", 0.276, Life.ONCE, (4_000, 20_000), touches_per_order=0.4, touches_per_month=0),
    Pattern("prospect", 0.048, Life.NEVER, (0, 0), touches_per_month=0.05),
)  # fmt: skip
