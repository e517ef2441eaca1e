"""What a client could buy: declared by his seller, and computed from similar clients.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import PotentialVerb
    from .domain import declare
    from .models import Declared
    from .queries import Peers, Potential, declared_of, history_visible_to, potential_of
    from .rules import can_declare

__all__ = [
    "Declared",
    "Peers",
    "Potential",
    "PotentialVerb",
    "can_declare",
    "declare",
    "declared_of",
    "history_visible_to",
    "potential_of",
]

PLACES = {
    ".choices": ("PotentialVerb",),
    ".models": ("Declared",),
    ".queries": ("Peers", "Potential", "declared_of", "history_visible_to", "potential_of"),
    ".rules": ("can_declare",),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
