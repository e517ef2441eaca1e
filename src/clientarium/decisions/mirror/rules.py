"""Who reads the mirror: whoever sees the whole base and its money. Nobody writes in it."""

from clientarium.decisions.people import Visitor, can_define_fields, sees_all_clients, sees_money


def sees_mirror(user: Visitor) -> bool:
    """The mirror of the business and its outcomes: totals of the whole base."""
    return sees_all_clients(user) and sees_money(user)


def can_ask_values(user: Visitor) -> bool:
    """Put the question “what does he value us for” on every card: whoever defines the firm's own fields."""
    return sees_mirror(user) and can_define_fields(user)
