"""What the published state says of clients: read by name, whatever of it there is."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from clientarium.decisions.clients import current_publication, state_model

FORECAST = (
    "p_alive",
    "p_alive_7d",
    "p_order_7d",
    "p_order_30d",
    "expected_orders_90d",
    "expected_margin_365d",
    "next_order_on",
    "next_order_early",
    "next_order_late",
    "order_overdue_days",
    "rhythm",
    "forecast_basis",
    "typical_gap_days",
    "gap_cv",
    "last_purchase_on",
    "orders_all",
    "orders_12m",
    "margin_12m",
    "revenue_12m",
    "average_order_12m",
    "grade",
    "layer",
    "lifecycle",
)
"""Words of the vocabulary the day leans on; those a publication lacks are unknown."""


def forecast_of(client_id: int) -> dict[str, Any]:
    """The numbers of one client as a JSON-able mapping with `as_of`; what is unknown is left out."""
    publication = current_publication()
    if publication is None:
        return {}
    names = _published(publication)
    row = state_model(publication)._default_manager.filter(pk=client_id).values(*names).first() if names else None
    found = {name: plain(value) for name, value in (row or {}).items() if value is not None}
    return {"as_of": plain(publication.as_of), **found} if found else {}


def _published(publication: Any) -> list[str]:
    there = {column["name"] for column in publication.columns}
    return [name for name in FORECAST if name in there]


def plain(value: Any) -> Any:
    """A value as JSON keeps it."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value


def known(names: Iterable[str], publication: Any) -> list[str]:
    """Those of `names` the publication has."""
    there = {column["name"] for column in publication.columns}
    return [name for name in names if name in there]
