"""Growth zones: segments found far above or below the rest, with chance kept out."""

from clientarium.core.strategy.zones.finding import ZonesCancelled, find_zones
from clientarium.core.strategy.zones.target import ZONE_TARGETS, ZoneTarget
from clientarium.core.strategy.zones.zone import (
    ZONE_BOTTOM,
    ZONE_MONEY,
    ZONE_SCORE,
    ZONE_TOP,
    Zone,
    ZoneRules,
    ZoneSearch,
)

__all__ = [
    "ZONE_BOTTOM",
    "ZONE_MONEY",
    "ZONE_SCORE",
    "ZONE_TARGETS",
    "ZONE_TOP",
    "Zone",
    "ZoneRules",
    "ZoneSearch",
    "ZoneTarget",
    "ZonesCancelled",
    "find_zones",
]
