"""Sums over the whole of a list, not over its page."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Aggregate, Count, Q, QuerySet, Sum

from ..models import StateColumns

SUMMED = ("revenue_12m", "margin_12m", "minutes_12m")
ACTIVE_BY = "orders_1m"
"""A client is active who ordered within the last month (DOMAIN.md, C)."""


@dataclass(frozen=True)
class Totals:
    """Null where the current state has no such column, or nobody in the list has a value."""

    count: int
    revenue_12m: Decimal | None
    margin_12m: Decimal | None
    minutes_12m: Decimal | float | None
    active: int | None


def totals(queryset: QuerySet[StateColumns]) -> Totals:
    """One query over the rows of `queryset`."""
    present = {field.name for field in queryset.model._meta.concrete_fields}
    sums: dict[str, Aggregate] = {name: Sum(name) for name in SUMMED if name in present}
    if ACTIVE_BY in present:
        sums["active"] = Count("pk", filter=Q(**{f"{ACTIVE_BY}__gt": 0}))
    found = queryset.order_by().aggregate(count=Count("pk"), **sums)
    return Totals(found["count"], *(found.get(name) for name in (*SUMMED, "active")))
