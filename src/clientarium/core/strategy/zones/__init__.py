"""Growth zones: segments found far above or below the rest, with chance kept out."""

from clientarium.core.strategy.zones.finding import BOTTOM, MONEY, SCORE, TOP, ZonesCancelled, find_zones
from clientarium.core.strategy.zones.target import TARGETS, Target
from clientarium.core.strategy.zones.zone import Zone, ZoneRules, ZoneSearch

__all__ = [
    "BOTTOM",
    "MONEY",
    "SCORE",
    "TARGETS",
    "TOP",
    "Target",
    "Zone",
    "ZoneRules",
    "ZoneSearch",
    "ZonesCancelled",
    "find_zones",
]
