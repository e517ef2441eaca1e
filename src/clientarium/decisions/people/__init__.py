"""Who works here, and who may do what.

Users are made and changed in the journal's room, because each such decision is written down and the journal stands
above the people it names. The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import Density, Language, Role, Theme
    from .models import Seller, User
    from .queries import name_key, seller_named, sellers_by_key
    from .rules import (
        Visitor,
        can_confirm,
        can_define_fields,
        can_edit_schemes,
        can_export,
        can_import,
        can_make_owner,
        can_manage_users,
        can_merge,
        can_run_pulse,
        can_set_merge_rule,
        can_share_segments,
        can_transfer,
        sees_all_clients,
        sees_journal,
        sees_money,
        works_here,
    )

__all__ = [
    "Density",
    "Language",
    "Role",
    "Seller",
    "Theme",
    "User",
    "Visitor",
    "can_confirm",
    "can_define_fields",
    "can_edit_schemes",
    "can_export",
    "can_import",
    "can_make_owner",
    "can_manage_users",
    "can_merge",
    "can_run_pulse",
    "can_set_merge_rule",
    "can_share_segments",
    "can_transfer",
    "name_key",
    "sees_all_clients",
    "sees_journal",
    "sees_money",
    "seller_named",
    "sellers_by_key",
    "works_here",
]

PLACES = {
    ".choices": ("Density", "Language", "Role", "Theme"),
    ".models": ("Seller", "User"),
    ".queries": ("name_key", "seller_named", "sellers_by_key"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".rules")
    return getattr(import_module(place, __name__), name)
