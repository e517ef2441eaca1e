"""One client as the day's list looks at him: plain numbers, no names, nothing read from anywhere."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class LineKind(StrEnum):
    """Why a client stands in the list."""

    AGREED = "agreed"
    QUOTE = "quote"
    ANCHOR_SILENT = "anchor_silent"
    SECOND_PURCHASE = "second_purchase"
    THROWN_AWAY = "thrown_away"
    OVERDUE = "overdue"
    WIN_BACK = "win_back"
    DUE = "due"


class Basis(StrEnum):
    """What the line leans on: the forecast, the client's plain typical gap where there is none, or nothing."""

    FORECAST = "forecast"
    GAP = "gap"
    NONE = "none"


@dataclass(frozen=True)
class Ceiling:
    """At most `count` touches of ours in any `days` days; days None: for ever."""

    count: int
    days: int | None = None


@dataclass(frozen=True)
class PastTouch:
    """One contact of the past. `reached`: a person answered; `is_ours`: we began."""

    on: date
    is_ours: bool = True
    kind: str = "call"
    reached: bool = True
    ordered: bool = False
    is_quote: bool = False

    @property
    def is_call(self) -> bool:
        return self.kind == "call"


@dataclass(frozen=True)
class Window:
    """When the next order was expected at the moment of the last one: 10 % to 90 % of the client's gaps."""

    early: date
    late: date
    basis: Basis


GAP_EARLY, GAP_LATE = 0.75, 1.5
"""Without a forecast: from three quarters of the typical gap to one and a half, where «slowing» begins (lifecycle)."""


@dataclass(frozen=True)
class Candidate:
    """Money is in the money of the base; None is unknown everywhere.

    order_money: margin (or revenue × the assumed share) of a typical order; year_money: expected margin of 365 days.
    asked_not_to: the last talk ended so, that we do not call on our own (he asked, closed, is not ours).
    win_back_on, win_back_money: of a lost one in win-back, the day of the next step and a year’s worth of his return.
    agreed_on: the next day agreed with him, in the past, today or later; agreed_at: the day of that talk.
    """

    client_id: int
    last_purchase_on: date | None = None
    orders: int = 0
    typical_gap_days: float | None = None
    rhythm: str = "unknown"
    next_order_early: date | None = None
    next_order_late: date | None = None
    p_order_7d: float | None = None
    p_alive: float | None = None
    p_alive_7d: float | None = None
    order_money: float | None = None
    year_money: float | None = None
    is_anchor: bool = False
    is_lost: bool = False
    win_back_on: date | None = None
    win_back_money: float | None = None
    is_stopped: bool = False
    is_held_out: bool = False
    asked_not_to: bool = False
    agreed_on: date | None = None
    agreed_at: date | None = None
    touches: tuple[PastTouch, ...] = ()
    ceilings: tuple[Ceiling, ...] = ()

    @property
    def bought_on(self) -> date | None:
        """The last purchase, or a later order that was told to us and is not in the ledger yet."""
        told = [touch.on for touch in self.touches if touch.ordered]
        return max(filter(None, [self.last_purchase_on, *told]), default=None)

    @property
    def has_ordered_since(self) -> bool:
        """An order was told that the forecast does not know of."""
        return self.bought_on != self.last_purchase_on

    @property
    def window(self) -> Window | None:
        """The forecast's, or one made of the typical gap; None where neither is known or an order came since."""
        if self.has_ordered_since or self.last_purchase_on is None:
            return None
        if self.next_order_early and self.next_order_late:
            return Window(self.next_order_early, self.next_order_late, Basis.FORECAST)
        if self.typical_gap_days is None:
            return None
        early, late = (
            self.last_purchase_on + timedelta(days=round(self.typical_gap_days * f)) for f in (GAP_EARLY, GAP_LATE)
        )
        return Window(early, late, Basis.GAP)

    def days_since_purchase(self, on: date) -> int | None:
        return (on - self.bought_on).days if self.bought_on else None
