"""Who decided what, when, why; and the decisions about users, whom every entry names.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import UserVerb, name_verbs, title_of
    from .domain import (
        change_role,
        create_user,
        deactivate_user,
        link_seller,
        reactivate_user,
        record,
        record_many,
        rename_user,
        reset_password,
        set_preferences,
    )
    from .models import Entry
    from .queries import entries_visible_to, history_of

__all__ = [
    "Entry",
    "UserVerb",
    "change_role",
    "create_user",
    "deactivate_user",
    "entries_visible_to",
    "history_of",
    "link_seller",
    "name_verbs",
    "reactivate_user",
    "record",
    "record_many",
    "rename_user",
    "reset_password",
    "set_preferences",
    "title_of",
]

PLACES = {
    ".choices": ("UserVerb", "name_verbs", "title_of"),
    ".models": ("Entry",),
    ".queries": ("entries_visible_to", "history_of"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
