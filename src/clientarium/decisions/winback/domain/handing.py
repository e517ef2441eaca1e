"""Open cases go to whoever takes their clients over, and back."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from clientarium.decisions.clients import members_of, root_id

from ..models import Case

IDS_PER_QUERY = 500


def hand_cases(sellers: Mapping[int, int | None]) -> list[dict[str, Any]]:
    """Give the open cases of client → seller to the seller; what is returned is for hand_back. Within a transaction.

    Cases of clients who now belong to nobody keep their seller: he has filled them, and nobody else can.
    """
    kept: list[dict[str, Any]] = []
    by_seller: dict[int, list[int]] = defaultdict(list)
    ids = [client for client, seller in sellers.items() if seller is not None]
    for start in range(0, len(ids), IDS_PER_QUERY):
        cards = members_of(ids[start : start + IDS_PER_QUERY]).values("pk")
        rows = Case.objects.filter(client__in=cards, closed_on__isnull=True).annotate(root_id=root_id)
        for case, client, seller in rows.values_list("pk", "root_id", "seller_id"):
            new = sellers[client]
            if new is not None and new != seller:
                kept.append({"case": case, "client": client, "seller": seller})
                by_seller[new].append(case)
    for new, cases in by_seller.items():
        Case.objects.filter(pk__in=cases).update(seller=new)
    return kept


def hand_back(kept: Iterable[Mapping[str, Any]], *, clients: Collection[int]) -> None:
    """Put back the cases of `clients`; one closed meanwhile keeps what was done."""
    for one in kept:
        if one["client"] in clients:
            Case.objects.filter(pk=one["case"], closed_on__isnull=True).update(seller=one["seller"])
