"""Sellers of a file of clients: who holds whom from now on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from clientarium.decisions.people import Seller

from ..choices import HoldingCause
from ..models import CardChange, Client, Holding
from .holding_rows import ONE_DAY, begin_holdings

HOLDER = "holder"


def hold_from_cards(
    clients: Mapping[int, Client], wanted: Mapping[int, Seller], *, import_id: str, on: date
) -> list[int]:
    """Move each client to the seller the file names, from `on`; the clients moved. What ended is remembered whole."""
    moving = [client_id for client_id, seller in wanted.items() if clients[client_id].holder_id != seller.pk]
    open_holdings = {
        holding.client_id: holding for holding in Holding.objects.filter(client_id__in=moving, last_day__isnull=True)
    }
    # Somebody has arranged a transfer for a later day: a file does not overrule him.
    moving = [i for i in moving if i not in open_holdings or open_holdings[i].first_day <= on]
    changes = [
        CardChange(
            import_id=import_id,
            client_id=client_id,
            field=HOLDER,
            before=holding_memory(open_holdings.get(client_id)) | {"holder": clients[client_id].holder_id},
            after={"holder": wanted[client_id].pk},
        )
        for client_id in moving
        if clients[client_id].created_import != import_id
    ]
    CardChange.objects.bulk_create(changes, ignore_conflicts=True)
    end_holdings([open_holdings[client_id] for client_id in moving if client_id in open_holdings], on=on)
    for client_id in moving:
        clients[client_id].holder = wanted[client_id]
    begin_holdings(
        {client_id: wanted[client_id].pk for client_id in moving},
        on=on,
        cause=HoldingCause.IMPORT,
        import_id=import_id,
    )
    return moving


def end_holdings(holdings: list[Holding], *, on: date) -> None:
    """They end the day before `on`; those that began on it never were."""
    Holding.objects.filter(pk__in=[holding.pk for holding in holdings if holding.first_day == on]).delete()
    ended = [holding.pk for holding in holdings if holding.first_day < on]
    Holding.objects.filter(pk__in=ended).update(last_day=on - ONE_DAY)


def holding_memory(holding: Holding | None) -> dict[str, Any]:
    """All of a holding, to be made again by undo."""
    if holding is None:
        return {}
    return {
        "seller": holding.seller_id,
        "first_day": holding.first_day.isoformat(),
        "cause": holding.cause,
        "reason": holding.reason,
        "import_id": holding.import_id,
    }
