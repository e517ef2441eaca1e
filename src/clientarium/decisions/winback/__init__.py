"""Clients who stopped buying: why, what would bring them back, what came of it.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import BY_PERSON, Alive, Closing, Progress, WinbackVerb
    from .models import Case, LostClient, LostReading, Reason, Week
    from .queries import ExpectedReturn, expected_of_sellers
    from .rules import can_edit_reasons, can_fill_winback, can_lead_winback, sees_loss_report, sees_winback

__all__ = [
    "BY_PERSON",
    "Alive",
    "Case",
    "Closing",
    "ExpectedReturn",
    "LostClient",
    "LostReading",
    "Progress",
    "Reason",
    "Week",
    "WinbackVerb",
    "can_edit_reasons",
    "can_fill_winback",
    "can_lead_winback",
    "expected_of_sellers",
    "sees_loss_report",
    "sees_winback",
]

PLACES = {
    ".choices": ("BY_PERSON", "Alive", "Closing", "Progress", "WinbackVerb"),
    ".models": ("Case", "LostClient", "LostReading", "Reason", "Week"),
    ".queries": ("ExpectedReturn", "expected_of_sellers"),
    ".rules": ("can_edit_reasons", "can_fill_winback", "can_lead_winback", "sees_loss_report", "sees_winback"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
