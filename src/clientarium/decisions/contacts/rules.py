"""Who may do what about contacts. Whoever sees a client may record that he spoke with him."""

from clientarium.decisions.people import Seller, User, Visitor, can_transfer, sees_all_clients, works_here


def can_record_touch(user: Visitor) -> bool:
    """Anybody who works here, about the clients he sees."""
    return works_here(user)


def can_see_day(user: Visitor, seller: Seller) -> bool:
    """One's own day; whoever sees all clients sees everybody's."""
    return sees_all_clients(user) or (works_here(user) and getattr(user, "seller_id", None) == seller.pk)


def can_lead_days(user: Visitor) -> bool:
    """The owner and the head of sales: coverage of all sellers, the group without calls."""
    return can_transfer(user)


def can_undo_touch(user: User, *, recorded_by_id: int) -> bool:
    """Whoever recorded it, and those who lead the sellers."""
    return works_here(user) and (recorded_by_id == user.pk or can_transfer(user))
