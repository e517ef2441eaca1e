"""What was said of clients, merged cards included."""

from collections.abc import Collection, Iterator, Sequence

from clientarium.decisions.clients import Client, cards_visible_to, clients_visible_to, members_of, root_id
from clientarium.decisions.people import Visitor

from ..models import Declared

CLIENTS_AT_ONCE = 500
"""Under every database's limit of parameters."""


def declared_of(client_ids: Collection[int]) -> dict[int, Declared]:
    """{client: the newest word about him}, whichever of his cards it stands on; those without one are not there."""
    found: dict[int, Declared] = {}
    for ids in _portions(sorted(client_ids)):
        rows = Declared.objects.filter(client__in=members_of(ids).values("pk")).select_related("seller", "by")
        for row in rows.annotate(root_id=root_id).order_by("made_at", "pk"):
            found[row.root_id] = row
    return found


def history_visible_to(user: Visitor, *, client: Client) -> list[Declared]:
    """Every word about a client, the newest first; nothing about one `user` does not see."""
    if not clients_visible_to(user).filter(pk=client.pk).exists():
        return []
    cards = cards_visible_to(user).filter(pk__in=members_of([client.pk]).values("pk"))
    return list(Declared.objects.filter(client__in=cards).select_related("seller", "by"))


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for begin in range(0, len(ids), CLIENTS_AT_ONCE):
        yield ids[begin : begin + CLIENTS_AT_ONCE]
