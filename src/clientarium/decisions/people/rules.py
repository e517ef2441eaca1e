"""Who may do what. One predicate per permission; every screen, command and route asks here.

Whoever is not active may do nothing.
"""

from typing import Protocol

from .choices import Role


class Visitor(Protocol):
    """Whoever asks: a user of ours, or Django's anonymous one, who has no role."""

    @property
    def is_authenticated(self) -> bool: ...

    is_active: bool


ALL_CLIENTS = frozenset({Role.OWNER, Role.HEAD, Role.MARKETER, Role.SUPPORT, Role.ADMINISTRATOR})
DATA_KEEPERS = frozenset({Role.OWNER, Role.HEAD, Role.ADMINISTRATOR})
DECIDERS = frozenset({Role.OWNER, Role.HEAD})
USER_KEEPERS = frozenset({Role.OWNER, Role.ADMINISTRATOR})
EXPORTERS = frozenset({Role.OWNER, Role.HEAD, Role.MARKETER, Role.ADMINISTRATOR})
SEGMENT_SHARERS = frozenset({Role.OWNER, Role.HEAD, Role.MARKETER})


def works_here(user: Visitor) -> bool:
    """Signed in and not dismissed."""
    return bool(user.is_authenticated and user.is_active)


def has_role(user: Visitor, roles: frozenset[Role]) -> bool:
    return works_here(user) and getattr(user, "role", None) in roles


def sees_all_clients(user: Visitor) -> bool:
    return has_role(user, ALL_CLIENTS)


def can_import(user: Visitor) -> bool:
    return has_role(user, DATA_KEEPERS)


def can_merge(user: Visitor) -> bool:
    """Say that two cards are one client, or that they are not."""
    return has_role(user, DATA_KEEPERS)


def can_set_merge_rule(user: Visitor) -> bool:
    """Decide what is merged without asking."""
    return has_role(user, USER_KEEPERS)


def can_run_pulse(user: Visitor) -> bool:
    return has_role(user, DATA_KEEPERS)


def can_define_fields(user: Visitor) -> bool:
    return has_role(user, DATA_KEEPERS)


def sees_journal(user: Visitor) -> bool:
    return has_role(user, DATA_KEEPERS)


def can_confirm(user: Visitor) -> bool:
    return has_role(user, DECIDERS)


def can_transfer(user: Visitor) -> bool:
    return has_role(user, DECIDERS)


def can_edit_schemes(user: Visitor) -> bool:
    return has_role(user, DECIDERS)


def can_manage_users(user: Visitor) -> bool:
    return has_role(user, USER_KEEPERS)


def can_make_owner(user: Visitor) -> bool:
    return has_role(user, frozenset({Role.OWNER}))


def can_export(user: Visitor) -> bool:
    return has_role(user, EXPORTERS)


def can_share_segments(user: Visitor) -> bool:
    return has_role(user, SEGMENT_SHARERS)


def sees_money(user: Visitor) -> bool:
    return works_here(user) and getattr(user, "role", None) != Role.SUPPORT
