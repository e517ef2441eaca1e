"""Redistributions: made, edited, approved, applied, taken back."""

from .applying import apply_draft, approve_draft, drop_draft, first_day, reopen_draft, undo_draft
from .editing import Edit, cost_of_edit, costs_of, edit_move, take_back_edit
from .making import abandon_draft, balance_run, reasons_of, remake_draft, start_draft

__all__ = [
    "Edit",
    "abandon_draft",
    "apply_draft",
    "approve_draft",
    "balance_run",
    "cost_of_edit",
    "costs_of",
    "drop_draft",
    "edit_move",
    "first_day",
    "reasons_of",
    "remake_draft",
    "reopen_draft",
    "start_draft",
    "take_back_edit",
    "undo_draft",
]
