"""Who may ask what would happen: it names the largest clients with their money."""

from clientarium.decisions.people import Visitor, can_confirm


def can_stress(user: Visitor) -> bool:
    """Owner and head: they see all clients and all money."""
    return can_confirm(user)
