"""Who may do what about the quality of cards. Whoever sees a client may mend his card."""

from clientarium.decisions.people import Visitor, can_transfer, works_here

from .choices import LEADERS_ONLY, BulkAction


def can_mend(user: Visitor) -> bool:
    """Anybody who works here, about the clients he sees."""
    return works_here(user)


def can_do_at_once(user: Visitor, action: str) -> bool:
    """The stop list and hand-overs are the leaders'; the rest whoever sees the clients may do."""
    return can_transfer(user) if BulkAction(action) in LEADERS_ONLY else can_mend(user)


def can_undo_bulk(user: Visitor, *, done_by_id: int) -> bool:
    """Whoever did it, and those who lead the sellers."""
    return works_here(user) and (done_by_id == getattr(user, "pk", None) or can_transfer(user))
