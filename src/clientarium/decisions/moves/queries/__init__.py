"""Reading redistributions: the problem, its effect, what has changed since."""

from .drafts import drafts, moves_in
from .handover import HandOver, hand_over_of
from .impact import Impact, Sums, effective_moves, impact_of, total_of
from .problem import Asked, Problem, problem_of
from .versions import ChangeSince, changes_since, is_current

__all__ = [
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
]
