"""The base as one person sees it, opened for core's readings."""

from clientarium.core.readings import Base, ClientIds
from clientarium.decisions.clients import aliases_table, clients_visible_to
from clientarium.decisions.people import User, rules
from clientarium.decisions.runs import open_ledger, open_snapshots


def open_base() -> Base:
    """The ledger and the snapshots of this home."""
    return Base(ledger=open_ledger(), snapshots=open_snapshots(), aliases=aliases_table())


def ids_seen_by(user: User) -> ClientIds:
    """The clients whose figures `user` may add up: None is all of them, for those who see the whole base."""
    return None if rules.sees_all_clients(user) else list(clients_visible_to(user).values_list("pk", flat=True))
