"""Who may do what about potential. Whoever sees a client sees what was said of him."""

from clientarium.decisions.people import Visitor, can_transfer, sees_all_clients, works_here


def can_declare(user: Visitor) -> bool:
    """Say what a client he sees could take: his seller, and whoever leads the sellers."""
    return can_transfer(user) or (works_here(user) and not sees_all_clients(user))
