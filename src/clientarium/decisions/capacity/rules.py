"""Whom the firm takes when it cannot take all is decided by its owner and the head of sales."""

from clientarium.decisions.people import Visitor, can_confirm


def can_choose(user: Visitor) -> bool:
    """See lists, make them, compute scenarios, fix by hand, decide."""
    return can_confirm(user)
