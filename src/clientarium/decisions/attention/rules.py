"""Who may see whom the firm's time goes to, and who sets its norms."""

from clientarium.decisions.people import Visitor, can_edit_schemes, sees_all_clients, sees_money


def sees_attention(user: Visitor) -> bool:
    """Shares are of the whole base, money included: whoever sees both."""
    return sees_all_clients(user) and sees_money(user)


def can_edit_norms(user: Visitor) -> bool:
    """The owner and the head of sales: grades lean on the cost to serve."""
    return can_edit_schemes(user)
