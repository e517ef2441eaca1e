"""Who sees which clients. Everything that shows, counts or sums clients starts here."""

from django.db.models import QuerySet

from clientarium.decisions.people import Visitor, sees_all_clients, works_here

from ..models import Client, StateColumns, StateTable
from .publication import state_model


def clients_visible_to(user: Visitor) -> QuerySet[Client]:
    """All clients, or those `user`'s seller holds; none for whoever is dismissed or sells without a portfolio."""
    if sees_all_clients(user):
        return Client.objects.all()
    seller = held_by(user)
    return Client.objects.none() if seller is None else Client.objects.filter(holder_id=seller)


def states_visible_to(user: Visitor, *, publication: StateTable | None = None) -> QuerySet[StateColumns]:
    """The published state of the same clients; `.client` and `.holder` can be joined by select_related.

    `publication` is the current one where it has been read already.
    """
    states: QuerySet[StateColumns] = state_model(publication)._default_manager.all()
    if sees_all_clients(user):
        return states
    seller = held_by(user)
    return states.none() if seller is None else states.filter(holder_id=seller)


def held_by(user: Visitor) -> int | None:
    """The seller whose clients are all that `user` sees."""
    return getattr(user, "seller_id", None) if works_here(user) else None
