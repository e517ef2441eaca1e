"""Open tasks go with the client: lines of planned days and win-back cases. Agreed dates follow him by themselves.

Clock exceptions and declared potential are the client's own: nothing has to move.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from clientarium.decisions.clients import members_of, root_id
from clientarium.decisions.contacts import hand_calls, unhand_calls
from clientarium.decisions.winback import Case

IDS_PER_QUERY = 500


def hand_tasks(sellers: Mapping[int, int | None], *, since: date) -> dict[str, Any]:
    """Give the open tasks of client → seller to the seller; what is returned puts them back. Within a transaction."""
    return {"calls": hand_calls(sellers, since=since), "cases": _hand_cases(sellers)}


def unhand_tasks(kept: Mapping[str, Any], *, clients: Collection[int]) -> None:
    """Put back those of `clients`, where they are still open."""
    unhand_calls(kept.get("calls", []), clients=clients)
    for one in kept.get("cases", []):
        if one["client"] in clients:
            Case.objects.filter(pk=one["case"], closed_on__isnull=True).update(seller=one["seller"])


def _hand_cases(sellers: Mapping[int, int | None]) -> list[dict[str, Any]]:
    """Cases of clients who now belong to nobody keep their seller: he has filled them, and nobody else can."""
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
