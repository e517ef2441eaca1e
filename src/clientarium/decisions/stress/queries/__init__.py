"""The stress test over the published state."""

from .assumptions import FewAssumptions, rules_in_force
from .hole import HoleFound, hole_of, largest_of
from .lottery import Lottery, lottery_history, lottery_of, lottery_without
from .removal import Removal, read_removal
from .slicing import NamedSlice, slices_of
from .successors import NamedSuccessor, SuccessionFound, successors_of

__all__ = [
    "FewAssumptions",
    "HoleFound",
    "Lottery",
    "NamedSlice",
    "NamedSuccessor",
    "Removal",
    "SuccessionFound",
    "hole_of",
    "largest_of",
    "lottery_history",
    "lottery_of",
    "lottery_without",
    "read_removal",
    "rules_in_force",
    "slices_of",
    "successors_of",
]
