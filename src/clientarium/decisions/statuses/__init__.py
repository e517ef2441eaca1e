"""Whether the clients' legal entities are alive: what registers say, what changed, who looked at it.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import BY_PERSON, TROUBLED, StatusVerb
    from .domain import (
        RegisterAnswer,
        RegisterFile,
        Requisites,
        StatusProvider,
        check_run,
        due_requisites,
        handle_alert,
        make_missing_entities,
        note_answer,
        offer_reader,
        provider_of,
        queue_due_check,
        read_register_file,
        register_connection,
        set_status,
        start_check,
        start_reading,
    )
    from .models import StatusAnswer, StatusChange
    from .queries import Alert, alerts_visible_to, changes_visible_to, entities_visible_to, open_alerts_visible_to
    from .rules import can_check_statuses, can_handle_alert, can_set_status

__all__ = [
    "BY_PERSON",
    "TROUBLED",
    "Alert",
    "RegisterAnswer",
    "RegisterFile",
    "Requisites",
    "StatusAnswer",
    "StatusChange",
    "StatusProvider",
    "StatusVerb",
    "alerts_visible_to",
    "can_check_statuses",
    "can_handle_alert",
    "can_set_status",
    "changes_visible_to",
    "check_run",
    "due_requisites",
    "entities_visible_to",
    "handle_alert",
    "make_missing_entities",
    "note_answer",
    "offer_reader",
    "open_alerts_visible_to",
    "provider_of",
    "queue_due_check",
    "read_register_file",
    "register_connection",
    "set_status",
    "start_check",
    "start_reading",
]

PLACES = {
    ".choices": ("BY_PERSON", "TROUBLED", "StatusVerb"),
    ".models": ("StatusAnswer", "StatusChange"),
    ".queries": (
        "Alert",
        "alerts_visible_to",
        "changes_visible_to",
        "entities_visible_to",
        "open_alerts_visible_to",
    ),
    ".rules": ("can_check_statuses", "can_handle_alert", "can_set_status"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
