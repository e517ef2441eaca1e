"""Who may decide about releasing clients: the owner and the head of sales."""

from clientarium.decisions.people import Visitor, can_confirm


def can_release(user: Visitor) -> bool:
    """See the scenarios, decide, stop clients: parting with clients is no seller's own choice (DOMAIN.md A.4)."""
    return can_confirm(user)
