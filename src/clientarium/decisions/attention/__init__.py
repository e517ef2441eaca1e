"""Where people's time goes against the margin it brings, by every service of the firm.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import Any

__all__: list[str] = []

PLACES: dict[str, tuple[str, ...]] = {}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
