"""Who may do what about growth zones."""

from clientarium.decisions.people import Visitor, can_confirm, sees_all_clients, sees_money


def can_see_zones(user: Visitor) -> bool:
    """Whoever sees the whole base and its money: a zone tells both."""
    return sees_all_clients(user) and sees_money(user)


def can_search_zones(user: Visitor) -> bool:
    """Owners and heads of sales: a search takes the worker for a while."""
    return can_see_zones(user) and can_confirm(user)
