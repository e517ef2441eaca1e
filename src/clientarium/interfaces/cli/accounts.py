"""Users for the command line and the demo; imported only when a home is open."""

from django.db import connection

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import create_user
from clientarium.decisions.people import Seller, User, seller_named


def add_user(username: str, *, role: str, name: str, seller_name: str, password: str, language: str) -> User:
    """Make a user, tied to the seller of that name. UserError for a taken login, a weak password, an unknown seller."""
    return create_user(
        username, role=role, name=name, password=password, by=None, seller=known_seller(seller_name), language=language
    )


def known_seller(name: str) -> Seller | None:
    """The seller of the imports with that name; None for an empty name, UserError for an unknown one."""
    if not name:
        return None
    found = seller_named(name)
    if found is None:
        raise UserError(N_("There is no seller “%(name)s” in what was imported."), name=name)
    return found


def database_state() -> tuple[str, bool]:
    """The kind of database and whether it answers."""
    with connection.cursor() as cursor:
        cursor.execute("select 1")
    return f"{connection.vendor} {connection.settings_dict['NAME']}", True
