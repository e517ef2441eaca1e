"""Writing into the journal."""

from .writing import record
from .users import (
    change_role,
    create_user,
    deactivate_user,
    link_seller,
    reactivate_user,
    rename_user,
    reset_password,
    set_preferences,
)

__all__ = [
    "change_role",
    "create_user",
    "deactivate_user",
    "link_seller",
    "reactivate_user",
    "record",
    "rename_user",
    "reset_password",
    "set_preferences",
]
