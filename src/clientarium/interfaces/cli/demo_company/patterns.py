# ruff: noqa: E501 -- a table reads better when its rows are not broken
"""How an invented client behaves: each pattern is one line of figures, so that what is planted can be found again."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

# Doubling and halving lie far outside any sensible movement threshold, whatever the company's policy is.
GROWTH = 2.1
FADING = 0.42


class Life(StrEnum):
    """How a client's purchases are laid over the years."""

    WHOLE = "whole"  # from his first day to the end
    GROWING = "growing"  # the last 12 months at `growth` times the money of the 12 before
    FADING = "fading"  # the last 12 months at FADING of the money of the 12 before
    LOST = "lost"  # stops for good in a planted month
    RETURNED = "returned"  # silent for the whole previous year, then back with two or more orders
    NEW = "new"  # first purchase within the last 10 months
    ONCE = "once"  # one purchase
    NEVER = "never"  # a prospect: on the list, no purchase


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
    margin: tuple[float, float] | None = None  # his own margin on everything, from-to; or that of the groups
    discount: tuple[float, float] = (0.0, 0.04)
    returns: float = 0.02  # share of orders followed by a return
    touches_per_order: float = 0.5
    touches_per_month: float = 0.1
    minutes: tuple[int, int] = (3, 9)
    paid_late: tuple[int, int] = (-6, 2)  # days after the due date, from-to
    growth: float = GROWTH  # of a growing life
    spread: float = 0.28  # sigma of the logarithm of his order sizes
    seasonal: bool = False  # buys from April to October only


PATTERNS: Sequence[Pattern] = (
    Pattern("anchor", 0.016, Life.WHOLE, (84_000, 226_000), (5, 8), 10, metal=0.3),
    Pattern("large_low_margin", 0.005, Life.GROWING, (200_000, 350_000), (7, 11), 9, metal=1.0, margin=(0.10, 0.10), discount=(0, 0), growth=1.6),
    Pattern("small_high_margin", 0.024, Life.WHOLE, (7_000, 16_000), (12, 22), 10, metal=0, margin=(0.50, 0.50), discount=(0, 0)),
    Pattern("regular", 0.090, Life.WHOLE, (19_000, 84_000), (9, 28), 12, metal=0.2),
    Pattern("late_payer", 0.020, Life.WHOLE, (22_000, 62_000), (10, 24), 10, metal=0.2, paid_late=(14, 40)),
    Pattern("discount_lover", 0.012, Life.WHOLE, (19_000, 54_000), (14, 30), 8, metal=0.0, margin=(0.42, 0.47), discount=(0.16, 0.22)),
    Pattern("seasonal", 0.020, Life.WHOLE, (22_000, 62_000), (9, 18), 6, metal=0.2, seasonal=True),
    Pattern("growing", 0.030, Life.GROWING, (14_000, 45_000), (10, 24), 10, metal=0.2),
    Pattern("fading", 0.030, Life.FADING, (22_000, 72_000), (10, 24), 10, metal=0.2),
    Pattern("lost", 0.100, Life.LOST, (6_000, 24_000), (10, 26), 10, metal=0.2),
    Pattern("returned", 0.020, Life.RETURNED, (16_000, 50_000), (10, 24), 8, metal=0.2),
    Pattern("new", 0.030, Life.NEW, (11_000, 44_000), (10, 24), 8, metal=0.2),
    Pattern("noisy", 0.056, Life.WHOLE, (30_000, 42_000), (54, 68), 40, metal=0.8, margin=(0.115, 0.135), discount=(0, 0), returns=0.04, spread=0.1,
            touches_per_order=2.5, touches_per_month=5.45, minutes=(6, 18), paid_late=(-3, 4)),
    Pattern("loss_after_service", 0.008, Life.WHOLE, (4_000, 9_000), (18, 30), 6, metal=0.8, margin=(0.04, 0.06), discount=(0, 0),
            returns=0.1, touches_per_order=2.5, touches_per_month=3.0, minutes=(10, 25)),
    Pattern("irregular", 0.220, Life.WHOLE, (5_000, 12_000), (75, 175), 1, metal=0.8, margin=(0.11, 0.18), touches_per_month=0.05),
    Pattern("one_timer", 0.250, Life.ONCE, (4_000, 18_000), metal=0.8, margin=(0.11, 0.18), touches_per_order=0.4, touches_per_month=0),
    Pattern("prospect", 0.069, Life.NEVER, (0, 0), touches_per_month=0.05),
)  # fmt: skip
