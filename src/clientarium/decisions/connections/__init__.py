"""Connections to the world outside: what is set up, what came through them, and how each is.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import ArrivalState, Purpose, SettingKind
    from .domain import (
        PERIODS,
        ConnectionFault,
        ConnectionKind,
        Incoming,
        Intake,
        Outcome,
        Setting,
        Values,
        has_secret,
        kind_named,
        note_look,
        offer_kind,
        offered_kinds,
        open_connection,
        outcome_of,
        path_inside,
        period_for,
        queue_due_watches,
        remove_connection,
        save_connection,
        start_watch,
        stored_message,
        take_file,
        try_connection,
        values_of,
        watch_run,
        watched,
    )
    from .models import Arrival, Connection
    from .queries import arrivals, connections
    from .rules import can_connect

__all__ = [
    "PERIODS",
    "Arrival",
    "ArrivalState",
    "Connection",
    "ConnectionFault",
    "ConnectionKind",
    "Incoming",
    "Intake",
    "Outcome",
    "Purpose",
    "Setting",
    "SettingKind",
    "Values",
    "arrivals",
    "can_connect",
    "connections",
    "has_secret",
    "kind_named",
    "note_look",
    "offer_kind",
    "offered_kinds",
    "open_connection",
    "outcome_of",
    "path_inside",
    "period_for",
    "queue_due_watches",
    "remove_connection",
    "save_connection",
    "start_watch",
    "stored_message",
    "take_file",
    "try_connection",
    "values_of",
    "watch_run",
    "watched",
]

PLACES = {
    ".choices": ("ArrivalState", "Purpose", "SettingKind"),
    ".models": ("Arrival", "Connection"),
    ".queries": ("arrivals", "connections"),
    ".rules": ("can_connect",),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
