"""Who may do what about portfolios. Owners and heads of sales lead; a seller sees his own portfolio and nobody else's.

Marketers, support and administrators have no portfolio page: they see clients, not how sellers are loaded.
"""

from clientarium.decisions.people import Role, Seller, Visitor, can_transfer
from clientarium.decisions.people.rules import has_role

SELLERS = frozenset({Role.SELLER})


def can_lead_portfolios(user: Visitor) -> bool:
    """See every portfolio, set terms, note absences, dismiss."""
    return can_transfer(user)


def has_portfolio(user: Visitor) -> bool:
    """A seller who works somebody's portfolio."""
    return has_role(user, SELLERS) and getattr(user, "seller_id", None) is not None


def can_see_portfolio(user: Visitor, seller: Seller | int) -> bool:
    """One's own, and everybody's for whoever leads."""
    seller_id = seller if isinstance(seller, int) else seller.pk
    return can_lead_portfolios(user) or (has_portfolio(user) and getattr(user, "seller_id", None) == seller_id)
