"""What happens if the largest clients vanish, and who could take their place.

Everything is computed from the published state; nothing is kept. The door is lazy: Django imports this package before
its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .queries import (
        FewAssumptions,
        HoleFound,
        Lottery,
        NamedSlice,
        NamedSuccessor,
        Removal,
        SuccessionFound,
        hole_of,
        largest_of,
        lottery_history,
        lottery_of,
        lottery_without,
        read_removal,
        rules_in_force,
        slices_of,
        successors_of,
    )
    from .rules import can_stress

__all__ = [
    "FewAssumptions",
    "HoleFound",
    "Lottery",
    "NamedSlice",
    "NamedSuccessor",
    "Removal",
    "SuccessionFound",
    "can_stress",
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

PLACES: dict[str, tuple[str, ...]] = {
    ".queries": (
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
    ),
    ".rules": ("can_stress",),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
