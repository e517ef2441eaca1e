"""Orders, days of purchase and how long ago."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

from tests.generative.twins.base import WINDOWS, Client, months_before, twin, twin_of_windows


@twin("first_purchase_on")
def first_purchase_on(client: Client) -> date | None:
    return min(client.days("all"), default=None)


@twin("last_purchase_on")
def last_purchase_on(client: Client) -> date | None:
    return max(client.days("all"), default=None)


@twin("days_since_last_purchase")
def days_since_last_purchase(client: Client) -> int | None:
    days = client.days("all")
    return (client.as_of - days[-1]).days if days else None


@twin("tenure_days")
def tenure_days(client: Client) -> int | None:
    days = client.days("all")
    return (client.as_of - days[0]).days if days else None


@twin_of_windows("orders_{window}", WINDOWS)
def orders(client: Client, window: str) -> int:
    return len(client.orders(window))


@twin("is_active_1m")
def is_active(client: Client) -> bool:
    return len(client.orders("1m")) > 0


@twin("sales_documents_12m")
def sales_documents(client: Client) -> int:
    return len(client.documents("12m"))


@twin_of_windows("purchase_days_{window}", ("12m", "all"))
def purchase_days(client: Client, window: str) -> int:
    return len(client.days(window))


@twin("active_months_12m")
def active_months(client: Client) -> int:
    borders = [months_before(client.as_of, months) for months in range(13)]
    days = client.days("all")
    return sum(any(after < day <= until for day in days) for until, after in pairwise(borders))


@twin("average_order_12m")
def average_order(client: Client) -> Decimal | None:
    found = client.orders("12m")
    return sum((order["revenue"] for order in found), Decimal(0)) / len(found) if found else None
