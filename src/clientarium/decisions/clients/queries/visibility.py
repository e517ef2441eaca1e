"""Who sees which clients. Everything that shows, counts or sums clients starts here."""

from django.db.models import Q, QuerySet

from clientarium.decisions.people import Visitor, sees_all_clients, works_here

from ..models import Client, StateColumns, StateTable
from .publication import state_model


def clients_visible_to(user: Visitor) -> QuerySet[Client]:
    """All clients, or those `user`'s seller holds; none for whoever is dismissed or sells without a portfolio.

    A merged card is no client of its own: it is seen as a part of the one it belongs to.
    """
    clients = Client.objects.filter(merged_into__isnull=True)
    if sees_all_clients(user):
        return clients
    seller = held_by(user)
    return clients.none() if seller is None else clients.filter(holder_id=seller)


def cards_visible_to(user: Visitor) -> QuerySet[Client]:
    """The cards of the same clients, merged ones included: what hangs on any of them is his."""
    if sees_all_clients(user):
        return Client.objects.all()
    seller = held_by(user)
    return Client.objects.none() if seller is None else cards_held_by(seller)


def cards_held_by(seller_id: int) -> QuerySet[Client]:
    """The cards of the clients a seller holds, merged ones included."""
    held = Client.objects.filter(merged_into__isnull=True, holder_id=seller_id)
    # By a subquery, not a join: only so a database looks either side up instead of reading every client.
    return Client.objects.filter(
        Q(merged_into__isnull=True, holder_id=seller_id) | Q(merged_into_id__in=held.values("pk"))
    )


def states_visible_to(user: Visitor, *, publication: StateTable | None = None) -> QuerySet[StateColumns]:
    """The published state of the same clients; `.client` and `.holder` can be joined by select_related.

    `publication` is the current one where it has been read already.
    """
    states: QuerySet[StateColumns] = state_model(publication)._default_manager.all()
    if sees_all_clients(user):
        return states
    seller = held_by(user)
    return states.none() if seller is None else states.filter(holder_id=seller)


def ids_seen_by(user: Visitor) -> list[int] | None:
    """The clients whose figures `user` may add up: None is all of them, for those who see the whole base."""
    return None if sees_all_clients(user) else list(clients_visible_to(user).values_list("pk", flat=True))


def held_by(user: Visitor) -> int | None:
    """The seller whose clients are all that `user` sees."""
    return getattr(user, "seller_id", None) if works_here(user) else None
