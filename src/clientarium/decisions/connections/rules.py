"""Who may set up connections: whoever keeps the users, because a connection holds secrets and opens doors."""

from clientarium.decisions.people import Visitor, can_manage_users


def can_connect(user: Visitor) -> bool:
    return can_manage_users(user)
