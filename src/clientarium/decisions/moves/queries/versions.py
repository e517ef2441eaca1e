"""Who held whom when a draft was made, and what has changed since: two leaders may not both apply theirs."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Q, Sum

from clientarium.decisions.clients import Client, Holding
from clientarium.decisions.contacts import working_day
from clientarium.decisions.people import Seller
from clientarium.decisions.portfolios import working_sellers

from ..models import Draft

CHANGES_SHOWN = 8


@dataclass(frozen=True)
class ChangeSince:
    """`kind`: handed (to `seller`, None nobody), merged (into `into`), or left (`seller` sells here no more)."""

    kind: str
    client: Client | None = None
    before: Seller | None = None
    seller: Seller | None = None
    into: Client | None = None


def holdings_now() -> dict[str, Any]:
    """The fingerprint of all holdings: the newest one, and per seller how many clients and the sum of their numbers."""
    rows = Client.objects.filter(merged_into__isnull=True).order_by().values("holder")
    sums = rows.annotate(held=Count("pk"), numbers=Sum("pk")).values_list("holder", "held", "numbers")
    newest = Holding.objects.aggregate(newest=Max("pk"))["newest"] or 0
    return {
        "newest": newest,
        "sellers": {str(holder): [held, int(numbers)] for holder, held, numbers in sums if holder is not None},
    }


def is_current(draft: Draft) -> bool:
    """Whether everybody holds whom he held when the draft was made: one pass over all clients, for applying."""
    return bool(holdings_now()["sellers"] == draft.holdings.get("sellers"))


def changes_since(draft: Draft) -> list[ChangeSince]:
    """What has changed since the draft was made, the first few of each kind: handed over, merged, left.

    Of clients who do not move, only new holdings are looked at: few rows, for a page.
    """
    return [*_handed(draft), *_merged(draft), *_left(draft)]


def _handed(draft: Draft) -> list[ChangeSince]:
    newer = Holding.objects.filter(pk__gt=draft.holdings.get("newest", 0), last_day__isnull=True)
    found = {
        one.client_id: ChangeSince("handed", client=one.client, seller=one.seller)
        for one in newer.select_related("client", "seller").order_by("-pk")[:CHANGES_SHOWN]
    }
    same = Q(client__holder=F("before")) | Q(client__holder__isnull=True, before__isnull=True)
    elsewhere = draft.moves.filter(client__merged_into__isnull=True).exclude(same).exclude(client__in=list(found))
    for move in elsewhere.select_related("client__holder", "before")[: CHANGES_SHOWN - len(found)]:
        found[move.client_id] = ChangeSince("handed", client=move.client, before=move.before, seller=move.client.holder)
    return list(found.values())


def _merged(draft: Draft) -> list[ChangeSince]:
    moves = draft.moves.filter(client__merged_into__isnull=False).select_related("client__merged_into")
    return [ChangeSince("merged", client=move.client, into=move.client.merged_into) for move in moves[:CHANGES_SHOWN]]


def _left(draft: Draft) -> list[ChangeSince]:
    working = {one.pk for one in working_sellers(working_day())}
    chosen = draft.moves.filter(chosen__isnull=False).values("chosen").distinct()
    gone = Seller.objects.filter(pk__in=chosen).exclude(pk__in=working)
    return [ChangeSince("left", seller=one) for one in gone]
