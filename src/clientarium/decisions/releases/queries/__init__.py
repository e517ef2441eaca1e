"""Reads of releases."""

from .effects import FEW_PAIRS, TOO_EARLY, ReleaseEffect, Whole, effect_of
from .groups import Group, Sums, group_of, selected
from .kept import KeptFigures, kept_figures
from .ladders import MONEY_ASSUMED, SHARES, Ladder, ladder_of
from .lists import decided_between, members_of, open_releases, releases_visible_to, stopped_of
from .offered import AT_A_LOSS, Offered, offered_groups

__all__ = [
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
]
