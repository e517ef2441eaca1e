"""Who may do what about the clock. Whoever sees a client sees his clock; the rule is read by everybody."""

from clientarium.decisions.people import Visitor, can_edit_schemes, can_transfer, sees_all_clients, works_here


def can_set_clock(user: Visitor) -> bool:
    """The rule of the firm and of single portfolios: whoever decides about the rules of categories."""
    return can_edit_schemes(user)


def can_ask_exception(user: Visitor) -> bool:
    """A seller for a client he holds; leaders for anybody's."""
    return can_transfer(user) or (works_here(user) and not sees_all_clients(user))


def can_decide_exception(user: Visitor) -> bool:
    """Approve, refuse or end: owners and heads of sales."""
    return can_transfer(user)
