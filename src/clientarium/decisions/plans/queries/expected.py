"""What clients are expected to bring in a month, by the published state: sums are made by the database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import Case, Count, F, FloatField, Q, QuerySet, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest, Least

from clientarium.core.strategy import (
    LEAST_ALIVE,
    LEAST_ORDERS,
    ORDER_SPREAD,
    Expected,
    MonthShare,
    expected,
    month_share,
)
from clientarium.decisions.clients import StateTable, current_publication, state_model
from clientarium.decisions.contacts import assumed_margin_share

IDS_PER_QUERY = 2_000

ORDERS = ("expected_orders_30d", "expected_orders_90d", "expected_orders_365d")
MARGINS = ("expected_margin_30d", "expected_margin_90d", "expected_margin_365d")
REVENUE, ALIVE = "expected_revenue_90d", "p_alive"


@dataclass(frozen=True)
class PlanSum:
    """What a set of clients means for a month.

    `clients` counts them all, `buyers` those something is expected of; `assumed` of these have no known cost, and their
    margin is the policy's share of the revenue expected. `variance` is that of independent clients: sums of it add up.
    """

    margin: float
    low: float
    high: float
    clients: int
    orders: float = 0.0
    buyers: int = 0
    assumed: int = 0
    variance: float = 0.0


NOTHING = PlanSum(0.0, 0.0, 0.0, 0)

SUMS: dict[str, Any] = {
    "clients": Count("pk"),
    "buyers": Count("pk", filter=Q(plan_orders__gte=LEAST_ORDERS)),
    "assumed": Count("pk", filter=Q(plan_is_assumed=1, plan_orders__gte=LEAST_ORDERS)),
    "orders": Sum("plan_orders"),
    "margin": Sum("plan_margin"),
    "variance": Sum("plan_variance"),
}


def expected_of(client_ids: Collection[int], month: date) -> dict[int, Expected]:
    """Each client's orders and margin of `month`; clients the state does not know, or expects nothing of, are left out.

    The caller asks of clients he may see. Raises UserError for a month more than a year ahead.
    """
    found: dict[int, Expected] = {}
    ids = list(client_ids)
    for start in range(0, len(ids), IDS_PER_QUERY):
        rows = expecting(month, client_ids=ids[start : start + IDS_PER_QUERY]).filter(plan_orders__gte=LEAST_ORDERS)
        for pk, orders, margin, variance in rows.values_list("pk", "plan_orders", "plan_margin", "plan_variance"):
            found[pk] = expected(orders=orders, margin=margin, variance=variance)
    return found


def plan_of_choice(client_ids: "Collection[int] | QuerySet[Any]", month: date) -> PlanSum:
    """The plan a set of clients means: one sum, by the database. A queryset of ids is taken as a subquery."""
    if isinstance(client_ids, QuerySet):
        return plan_sum(expecting(month).filter(pk__in=client_ids))
    ids, parts = list(client_ids), []
    for start in range(0, len(ids), IDS_PER_QUERY):
        parts.append(sums_of(expecting(month, client_ids=ids[start : start + IDS_PER_QUERY])))
    return told({name: sum(part[name] or 0 for part in parts) for name in SUMS}) if parts else NOTHING


def plans_of_choices(client_ids: "QuerySet[Any]", month: date) -> dict[int | None, PlanSum]:
    """plan_of_choice of many sellers at once: holder → the plan his clients among `client_ids` mean."""
    return plan_by_holder(expecting(month).filter(pk__in=client_ids))


def plan_by_holder(states: "QuerySet[Any]") -> dict[int | None, PlanSum]:
    """The same sums of annotated `states` by holder; None: whom nobody holds."""
    rows = states.order_by().values("holder_id").annotate(**SUMS)
    return {row["holder_id"]: told(row) for row in rows}


def plan_sum(states: "QuerySet[Any]") -> PlanSum:
    return told(sums_of(states))


def sums_of(states: "QuerySet[Any]") -> dict[str, Any]:
    found: dict[str, Any] = states.order_by().aggregate(**SUMS)
    return found


def told(sums: dict[str, Any]) -> PlanSum:
    """Sums as the database gives them, with the interval."""
    orders, margin, variance = (float(sums[name] or 0) for name in ("orders", "margin", "variance"))
    found = expected(orders=orders, margin=margin, variance=variance)
    return PlanSum(
        margin, found.low, found.high, sums["clients"] or 0, orders, sums["buyers"] or 0, sums["assumed"] or 0, variance
    )


def expecting(
    month: date, *, client_ids: Collection[int] | None = None, share: MonthShare | None = None
) -> "QuerySet[Any]":
    """All states, or those of the clients, with plan_orders, plan_margin, plan_variance, plan_is_assumed.

    `share` names other weights than those of the whole month, e.g. of its rest.
    """
    publication = current_publication()
    states: QuerySet[Any] = state_model(publication)._default_manager.all()
    if client_ids is not None:
        states = states.filter(pk__in=client_ids)
    return with_expected(states, month, publication=publication, share=share)


def with_expected(
    states: "QuerySet[Any]", month: date, *, publication: StateTable | None, share: MonthShare | None = None
) -> "QuerySet[Any]":
    """`states` of `publication` with the month's expectation as annotations, numbers never null."""
    there = {column["name"] for column in publication.columns} if publication else set()
    if publication is None or publication.as_of is None or not there.issuperset(ORDERS):
        zero = Value(0.0, FloatField())
        found = states.annotate(plan_orders=zero, plan_margin=zero, plan_variance=zero, plan_is_assumed=Value(0))
    else:
        share = share or month_share(publication.as_of, month)
        found = states.annotate(plan_orders=Greatest(_weighed(ORDERS, share), Value(0.0), output_field=FloatField()))
        found = found.annotate(plan_margin=_margin(share, there), plan_is_assumed=_is_assumed(there))
        found = found.annotate(plan_variance=_variance(there))
    return cast("QuerySet[Any]", found)


def _weighed(names: tuple[str, ...], share: MonthShare) -> Combinable:
    parts = zip(names, (share.within_30d, share.within_90d, share.within_365d), strict=True)
    first, second, third = (_number(name) * Value(weight) for name, weight in parts)
    return first + second + third


def _number(name: str) -> Coalesce:
    return Coalesce(Cast(F(name), FloatField()), Value(0.0), output_field=FloatField())


def _margin(share: MonthShare, there: set[str]) -> Combinable:
    """The margin expected; where no cost is known, the policy's share of the revenue, spread as the orders are."""
    known = _weighed(MARGINS, share) if there.issuperset(MARGINS) else Value(0.0)
    if REVENUE not in there:
        return Cast(known, FloatField())
    assumed = _number(REVENUE) * Value(assumed_margin_share()) * F("plan_orders") / _number(ORDERS[1])
    cases = [When(Q(**{f"{ORDERS[1]}__gt": 0}), then=assumed)]
    if there.issuperset(MARGINS):
        cases.insert(0, When(Q(**{f"{MARGINS[0]}__isnull": False}), then=known))
    return Case(*cases, default=Value(0.0), output_field=FloatField())


def _is_assumed(there: set[str]) -> Combinable:
    if not there.issuperset(MARGINS):
        return Value(1)
    return Case(When(Q(**{f"{MARGINS[0]}__isnull": True}), then=Value(1)), default=Value(0))


def _variance(there: set[str]) -> Combinable:
    """core.strategy.margin_variance in the database's words."""
    by_orders = Value(1 + ORDER_SPREAD**2) / F("plan_orders")
    alive = Least(Greatest(_number(ALIVE), Value(LEAST_ALIVE)), Value(1.0)) if ALIVE in there else Value(1.0)
    by_life = Value(1.0) / alive - Value(1.0)
    found = F("plan_margin") * F("plan_margin") * (by_orders + by_life)
    return Case(When(plan_orders__gt=0, then=found), default=Value(0.0), output_field=FloatField())
