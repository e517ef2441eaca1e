"""Who redistributes clients: owners and heads of sales. A seller reads the hand-over sheets of his own clients."""

from clientarium.decisions.people import Visitor, can_transfer, works_here


def can_redistribute(user: Visitor) -> bool:
    """See drafts, edit, approve, apply and take them back."""
    return can_transfer(user)


def can_read_handover(user: Visitor) -> bool:
    """The sheet of a client one sees: it tells his contacts and what was agreed."""
    return works_here(user)
