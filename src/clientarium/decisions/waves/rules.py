"""Who may do what about keep-waves: leaders open, close and approve; a seller marks his own clients."""

from clientarium.decisions.people import Seller, Visitor
from clientarium.decisions.portfolios import can_lead_portfolios, can_see_portfolio, has_portfolio


def can_lead_waves(user: Visitor) -> bool:
    return can_lead_portfolios(user)


def takes_part(user: Visitor) -> bool:
    """A seller with a portfolio."""
    return has_portfolio(user)


def can_see_waves(user: Visitor) -> bool:
    return can_lead_waves(user) or takes_part(user)


def can_mark(user: Visitor, seller: Seller) -> bool:
    """One's own clients; whoever leads also for a seller who is away."""
    return can_see_portfolio(user, seller)
