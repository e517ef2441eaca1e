"""Who may do what about reviews: the owner and the head hold them; a decision is seen by whoever answers for it."""

from clientarium.decisions.people import User, Visitor, can_confirm, works_here


def can_lead_reviews(user: Visitor) -> bool:
    """Open, note, decide, close."""
    return can_confirm(user)


def can_end_decision(user: User, *, owner_id: int) -> bool:
    """Its owner says what came of it; whoever leads may say it for him."""
    return can_lead_reviews(user) or (works_here(user) and owner_id == user.pk)
