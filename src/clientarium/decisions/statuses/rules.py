"""Who may do what about statuses. Whoever sees a client sees the statuses of his legal entities."""

from clientarium.decisions.people import Visitor, can_import, sees_all_clients, works_here


def can_check_statuses(user: Visitor) -> bool:
    """Ask a register, read its file: whoever keeps the data."""
    return can_import(user)


def can_set_status(user: Visitor) -> bool:
    """By hand, about a client he sees, with a reason."""
    return works_here(user)


def can_handle_alert(user: Visitor) -> bool:
    """Say that a change was looked at: the client's own seller, and whoever keeps the data."""
    return can_import(user) or (works_here(user) and not sees_all_clients(user))
