"""Touches, what was checked in them, the planned day, and the measurement of what calls give."""

from .calendar import CalendarFeed
from .day import DayPlan, PlannedCall
from .measuring import HoldOut, HoldOutClient
from .touch import Touch, Verification

__all__ = [
    "CalendarFeed",
    "DayPlan",
    "HoldOut",
    "HoldOutClient",
    "PlannedCall",
    "Touch",
    "Verification",
]
