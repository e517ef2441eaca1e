"""Writing into the journal."""

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
from .writing import record, record_many

__all__ = [
    "change_role",
    "create_user",
    "deactivate_user",
    "link_seller",
    "reactivate_user",
    "record",
    "record_many",
    "rename_user",
    "reset_password",
    "set_preferences",
]
