"""Where people's time goes against the margin it brings, by every service of the firm.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import (
        Basis,
        By,
        Service,
        Work,
    )
    from .queries import (
        KeyLoad,
        Load,
        ServiceLoad,
        counted_norms,
        counts,
        current_norms,
        hours_of,
        load_by,
        load_of,
        norms_history,
        norms_of_text,
        service_rows,
        waits_for_pulse,
    )
    from .rules import (
        can_edit_norms,
        sees_attention,
    )

__all__ = [
    "Basis",
    "By",
    "KeyLoad",
    "Load",
    "Service",
    "ServiceLoad",
    "Work",
    "can_edit_norms",
    "counted_norms",
    "counts",
    "current_norms",
    "hours_of",
    "load_by",
    "load_of",
    "norms_history",
    "norms_of_text",
    "sees_attention",
    "service_rows",
    "waits_for_pulse",
]

PLACES = {
    ".choices": (
        "Basis",
        "By",
        "Service",
        "Work",
    ),
    ".queries": (
        "KeyLoad",
        "Load",
        "ServiceLoad",
        "counted_norms",
        "counts",
        "current_norms",
        "hours_of",
        "load_by",
        "load_of",
        "norms_history",
        "norms_of_text",
        "service_rows",
        "waits_for_pulse",
    ),
    ".rules": (
        "can_edit_norms",
        "sees_attention",
    ),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
