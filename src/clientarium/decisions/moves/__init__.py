"""Redistribution: drafts, what they change, approval, undo, hand-over sheets.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import OPEN, DraftState, MovesVerb
    from .domain import (
        Edit,
        abandon_draft,
        apply_draft,
        approve_draft,
        balance_run,
        cost_of_edit,
        costs_of,
        drop_draft,
        edit_move,
        first_day,
        reasons_of,
        remake_draft,
        reopen_draft,
        start_draft,
        take_back_edit,
        undo_draft,
    )
    from .models import Draft, Move, Portfolio
    from .queries import (
        Asked,
        ChangeSince,
        HandOver,
        Impact,
        Problem,
        Sums,
        changes_since,
        drafts,
        effective_moves,
        hand_over_of,
        impact_of,
        is_current,
        moves_in,
        problem_of,
        total_of,
    )
    from .rules import can_read_handover, can_redistribute

__all__ = [
    "OPEN",
    "Asked",
    "ChangeSince",
    "Draft",
    "DraftState",
    "Edit",
    "HandOver",
    "Impact",
    "Move",
    "MovesVerb",
    "Portfolio",
    "Problem",
    "Sums",
    "abandon_draft",
    "apply_draft",
    "approve_draft",
    "balance_run",
    "can_read_handover",
    "can_redistribute",
    "changes_since",
    "cost_of_edit",
    "costs_of",
    "drafts",
    "drop_draft",
    "edit_move",
    "effective_moves",
    "first_day",
    "hand_over_of",
    "impact_of",
    "is_current",
    "moves_in",
    "problem_of",
    "reasons_of",
    "remake_draft",
    "reopen_draft",
    "start_draft",
    "take_back_edit",
    "total_of",
    "undo_draft",
]

PLACES = {
    ".choices": ("OPEN", "DraftState", "MovesVerb"),
    ".models": ("Draft", "Move", "Portfolio"),
    ".queries": (
        "Asked",
        "ChangeSince",
        "HandOver",
        "Impact",
        "Problem",
        "Sums",
        "changes_since",
        "drafts",
        "effective_moves",
        "hand_over_of",
        "impact_of",
        "is_current",
        "moves_in",
        "problem_of",
        "total_of",
    ),
    ".rules": ("can_read_handover", "can_redistribute"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
