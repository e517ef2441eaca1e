"""Many holdings begun at once; through Django's bulk_update a hundred thousand of them took a minute."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from ..choices import HoldingCause
from ..models import Client, Holding
from .bulk import insert_rows, update_rows

ONE_DAY = timedelta(days=1)

COLUMNS = ("client_id", "seller_id", "first_day", "cause", "reason", "import_id")


def begin_holdings(sellers: Mapping[int, int], *, on: date, cause: HoldingCause, import_id: str | None) -> None:
    """Make each client (client_id → seller_id) held by the seller from `on`; whoever held him has been ended before."""
    update_rows(Client._meta.db_table, ("holder_id",), [(seller, client) for client, seller in sellers.items()])
    insert_holdings(sellers, on=on, cause=cause, import_id=import_id)


def insert_holdings(sellers: Mapping[int, int], *, on: date, cause: HoldingCause, import_id: str | None) -> None:
    """The holdings alone: the clients know their holders already."""
    day = on.isoformat()
    rows = [(client, seller, day, cause.value, "", import_id) for client, seller in sellers.items()]
    insert_rows(Holding._meta.db_table, COLUMNS, rows)


def is_decided_later(holding: Holding, on: date) -> bool:
    """Whether a person handed the client over after `on`: nothing can be decided before that any more.

    A holding from a file is no obstacle: it begins on the day of the loading because no file says since when.
    """
    return holding.cause == HoldingCause.PERSON and holding.first_day > on


def end_before(holdings: Iterable[Holding], on: date) -> None:
    """End open holdings the day before a decision of `on`.

    What a person decided on that very day never came to be. What a file told is kept, if only as that one day before.
    """
    earlier, decided, told = list[int](), list[int](), list[int]()
    for one in holdings:
        kind = earlier if one.first_day < on else decided if one.cause == HoldingCause.PERSON else told
        kind.append(one.pk)
    Holding.objects.filter(pk__in=decided).delete()
    Holding.objects.filter(pk__in=earlier).update(last_day=on - ONE_DAY)
    Holding.objects.filter(pk__in=told).update(first_day=on - ONE_DAY, last_day=on - ONE_DAY)
