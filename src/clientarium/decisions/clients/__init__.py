"""Clients, their cards, holders and segments, and the published state of each.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import (
        ClientVerb,
        ContactKind,
        FieldType,
        HoldingCause,
    )
    from .domain import (
        AppliedCards,
        UndoneCards,
        apply_cards,
        create_client,
        edit_client,
        holders_from_sales,
        mark_bad_review,
        mark_stopped,
        publish_state,
        put_into_state,
        resolve_clients,
        transfer_client,
        undo_cards,
    )
    from .models import (
        BareState,
        CardChange,
        Client,
        Contact,
        CustomField,
        Holding,
        Note,
        Segment,
        SourceKey,
        StateColumns,
        StateTable,
    )
    from .queries import (
        clients_visible_to,
        current_publication,
        custom_field_names,
        custom_fields,
        published_columns,
        state_as_of,
        state_model,
        states_visible_to,
    )

__all__ = [
    "AppliedCards",
    "BareState",
    "CardChange",
    "Client",
    "ClientVerb",
    "Contact",
    "ContactKind",
    "CustomField",
    "FieldType",
    "Holding",
    "HoldingCause",
    "Note",
    "Segment",
    "SourceKey",
    "StateColumns",
    "StateTable",
    "UndoneCards",
    "apply_cards",
    "clients_visible_to",
    "create_client",
    "current_publication",
    "custom_field_names",
    "custom_fields",
    "edit_client",
    "holders_from_sales",
    "mark_bad_review",
    "mark_stopped",
    "publish_state",
    "published_columns",
    "put_into_state",
    "resolve_clients",
    "state_as_of",
    "state_model",
    "states_visible_to",
    "transfer_client",
    "undo_cards",
]

PLACES = {
    ".choices": (
        "ClientVerb",
        "ContactKind",
        "FieldType",
        "HoldingCause",
    ),
    ".models": (
        "BareState",
        "CardChange",
        "Client",
        "Contact",
        "CustomField",
        "Holding",
        "Note",
        "Segment",
        "SourceKey",
        "StateColumns",
        "StateTable",
    ),
    ".queries": (
        "clients_visible_to",
        "current_publication",
        "custom_field_names",
        "custom_fields",
        "published_columns",
        "state_as_of",
        "state_model",
        "states_visible_to",
    ),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
