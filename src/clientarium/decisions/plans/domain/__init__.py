"""Decisions about plans."""

from .approval import approve_plan, reopen_plan
from .figures import override_plan, remove_override, set_figure, take_spread
from .growth import answer_growth, remove_answer
from .payroll import note_payroll

__all__ = [
    "answer_growth",
    "approve_plan",
    "note_payroll",
    "override_plan",
    "remove_answer",
    "remove_override",
    "reopen_plan",
    "set_figure",
    "take_spread",
]
