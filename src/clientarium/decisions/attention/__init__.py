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
        service_title,
        work_title,
    )
    from .domain import (
        restore_norms,
        set_norms,
    )
    from .queries import (
        ClientLoad,
        ClientLoads,
        KeyLoad,
        Load,
        NormsTrial,
        ServiceLoad,
        Whale,
        counted_norms,
        counts,
        current_norms,
        dearest_attention,
        hours_of,
        load_by,
        load_of,
        norms_history,
        norms_of_services,
        norms_of_text,
        paid_to_serve,
        service_rows,
        tried_norms,
        try_norms,
        unnamed_departments,
        waits_for_pulse,
        whale_of,
    )
    from .rules import (
        can_edit_norms,
        sees_attention,
    )

__all__ = [
    "Basis",
    "By",
    "ClientLoad",
    "ClientLoads",
    "KeyLoad",
    "Load",
    "NormsTrial",
    "Service",
    "ServiceLoad",
    "Whale",
    "Work",
    "can_edit_norms",
    "counted_norms",
    "counts",
    "current_norms",
    "dearest_attention",
    "hours_of",
    "load_by",
    "load_of",
    "norms_history",
    "norms_of_services",
    "norms_of_text",
    "paid_to_serve",
    "restore_norms",
    "sees_attention",
    "service_rows",
    "service_title",
    "set_norms",
    "tried_norms",
    "try_norms",
    "unnamed_departments",
    "waits_for_pulse",
    "whale_of",
    "work_title",
]

PLACES = {
    ".choices": (
        "Basis",
        "By",
        "Service",
        "Work",
        "service_title",
        "work_title",
    ),
    ".queries": (
        "ClientLoad",
        "ClientLoads",
        "KeyLoad",
        "Load",
        "NormsTrial",
        "ServiceLoad",
        "Whale",
        "counted_norms",
        "counts",
        "current_norms",
        "dearest_attention",
        "hours_of",
        "load_by",
        "load_of",
        "norms_history",
        "norms_of_services",
        "norms_of_text",
        "paid_to_serve",
        "service_rows",
        "tried_norms",
        "try_norms",
        "unnamed_departments",
        "waits_for_pulse",
        "whale_of",
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
