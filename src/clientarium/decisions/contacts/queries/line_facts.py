"""What the ledger adds to the lines of a day: the last order, what he has stopped taking and what is due."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from clientarium.core.readings import Product, last_orders, products_of

from .definitions import ledger_base
from .forecasts import plain

PRODUCTS_KEPT = 2
"""A sentence names no more; the card and the line's basket show all."""

NAME_CHARACTERS = 40
DUE_WITHIN_DAYS = 7


def line_facts(client_ids: Sequence[int], *, until: date) -> dict[int, dict[str, Any]]:
    """JSON-able parts of a line's reason by client: last_order_on, last_order_revenue, products [{name, why}]."""
    base = ledger_base()
    if not client_ids or base.ledger.version() < 0:
        return {}
    orders = last_orders(base, client_ids=client_ids, until=until)
    products = products_of(base, client_ids=list(client_ids), as_of=until)
    return {
        who: {
            "last_order_on": plain(order.sold_on),
            "last_order_revenue": float(order.revenue),
            "products": told_products(products.get(who, []), on=until),
        }
        for who, order in orders.items()
    }


def told_products(products: Sequence[Product], *, on: date) -> list[dict[str, str]]:
    """Lost ones first, the dearest of them; else those due now."""
    lost = [one for one in products if one.is_lost]
    due = [one for one in products if one.is_due_by(on, order_gap_days=DUE_WITHIN_DAYS)]
    why, chosen = ("lost", lost) if lost else ("due", due)
    return [{"name": short_name(one.title), "why": why} for one in chosen[:PRODUCTS_KEPT]]


def short_name(title: str) -> str:
    """A product's name as far as it tells what it is."""
    if len(title) <= NAME_CHARACTERS:
        return title
    return title[:NAME_CHARACTERS].rsplit(" ", 1)[0].rstrip(" ,;(-") + "…"
