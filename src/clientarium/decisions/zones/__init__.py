"""Growth zones: segments found far above or below the rest, and what was made of them.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import SearchState, ZonesVerb, ZoneTarget
    from .domain import abandon_search, save_zone, search_now, start_search, zones_run
    from .models import Finding, Search
    from .queries import (
        condition_of,
        findings,
        latest_search,
        live_search,
        searches,
        sentence_of,
        zone_rules,
        zone_words,
    )
    from .rules import can_search_zones, can_see_zones

__all__ = [
    "Finding",
    "Search",
    "SearchState",
    "ZoneTarget",
    "ZonesVerb",
    "abandon_search",
    "can_search_zones",
    "can_see_zones",
    "condition_of",
    "findings",
    "latest_search",
    "live_search",
    "save_zone",
    "search_now",
    "searches",
    "sentence_of",
    "start_search",
    "zone_rules",
    "zone_words",
    "zones_run",
]

PLACES: dict[str, tuple[str, ...]] = {
    ".choices": ("SearchState", "ZoneTarget", "ZonesVerb"),
    ".models": ("Finding", "Search"),
    ".queries": (
        "condition_of",
        "findings",
        "latest_search",
        "live_search",
        "searches",
        "sentence_of",
        "zone_rules",
        "zone_words",
    ),
    ".rules": ("can_search_zones", "can_see_zones"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
