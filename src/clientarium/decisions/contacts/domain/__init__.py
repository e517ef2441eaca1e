"""Recording contacts, planning days, measuring what calls give."""

from .calendars import calendar_for, calendar_of, close_calendar, open_calendar
from .days import day_of, plan_day, plan_days, sellers_who_sign_in
from .handing import hand_calls, unhand_calls
from .hold_outs import start_hold_out, stop_hold_out
from .sending import send_touches
from .touches import Talk, correct_touch, record_touch, undo_touch
from .verifications import Check, confirm_contact

__all__ = [
    "Check",
    "Talk",
    "calendar_for",
    "calendar_of",
    "close_calendar",
    "confirm_contact",
    "correct_touch",
    "day_of",
    "hand_calls",
    "open_calendar",
    "plan_day",
    "plan_days",
    "record_touch",
    "sellers_who_sign_in",
    "send_touches",
    "start_hold_out",
    "stop_hold_out",
    "undo_touch",
    "unhand_calls",
]
