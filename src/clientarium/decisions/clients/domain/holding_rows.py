"""Many holdings begun at once; through Django's bulk_update a hundred thousand of them took a minute."""

from collections.abc import Mapping
from datetime import date

from ..choices import HoldingCause
from ..models import Client, Holding
from .bulk import insert_rows, update_rows

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
