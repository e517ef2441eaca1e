"""Clients, their cards, holders and segments, and the published state of each.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import ClientVerb, ContactKind, FieldType, HoldingCause
    from .models import (
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

CHOICES = ("ClientVerb", "ContactKind", "FieldType", "HoldingCause")
MODELS = (
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
)
QUERIES = (
    "clients_visible_to",
    "current_publication",
    "custom_field_names",
    "custom_fields",
    "published_columns",
    "state_as_of",
    "state_model",
    "states_visible_to",
)
DOMAIN: tuple[str, ...] = ()

__all__ = [*CHOICES, *MODELS, *QUERIES, *DOMAIN]  # noqa: PLE0604 -- names of four rooms, all text

PLACES = {".choices": CHOICES, ".models": MODELS, ".queries": QUERIES, ".domain": DOMAIN}


def __getattr__(name: str) -> Any:
    place = next((place for place, names in PLACES.items() if name in names), None)
    if place is None:
        raise AttributeError(name)
    return getattr(import_module(place, __name__), name)
