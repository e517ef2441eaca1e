"""The ladder of release: scenarios for a group of clients, what was decided, what came of it.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import LadderStep, ReleaseState, ReleaseVerb, Side
    from .domain import close_release, decide_release, drop_release, hand_on, reopen_release, stop_clients
    from .models import Release, ReleaseClient
    from .queries import (
        AT_A_LOSS,
        FEW_PAIRS,
        MONEY_ASSUMED,
        SHARES,
        TOO_EARLY,
        Group,
        KeptFigures,
        Ladder,
        Offered,
        ReleaseEffect,
        Sums,
        Whole,
        decided_between,
        effect_of,
        group_of,
        kept_figures,
        ladder_of,
        members_of,
        offered_groups,
        open_releases,
        releases_visible_to,
        selected,
        stopped_of,
    )
    from .rules import can_release

__all__ = [
    "AT_A_LOSS",
    "FEW_PAIRS",
    "MONEY_ASSUMED",
    "SHARES",
    "TOO_EARLY",
    "Group",
    "KeptFigures",
    "Ladder",
    "LadderStep",
    "Offered",
    "Release",
    "ReleaseClient",
    "ReleaseEffect",
    "ReleaseState",
    "ReleaseVerb",
    "Side",
    "Sums",
    "Whole",
    "can_release",
    "close_release",
    "decide_release",
    "decided_between",
    "drop_release",
    "effect_of",
    "group_of",
    "hand_on",
    "kept_figures",
    "ladder_of",
    "members_of",
    "offered_groups",
    "open_releases",
    "releases_visible_to",
    "reopen_release",
    "selected",
    "stop_clients",
    "stopped_of",
]

PLACES = {
    ".choices": ("LadderStep", "ReleaseState", "ReleaseVerb", "Side"),
    ".models": ("Release", "ReleaseClient"),
    ".queries": (
        "AT_A_LOSS",
        "FEW_PAIRS",
        "MONEY_ASSUMED",
        "SHARES",
        "TOO_EARLY",
        "Group",
        "KeptFigures",
        "Ladder",
        "Offered",
        "ReleaseEffect",
        "Sums",
        "Whole",
        "decided_between",
        "effect_of",
        "group_of",
        "kept_figures",
        "ladder_of",
        "members_of",
        "offered_groups",
        "open_releases",
        "releases_visible_to",
        "selected",
        "stopped_of",
    ),
    ".rules": ("can_release",),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
