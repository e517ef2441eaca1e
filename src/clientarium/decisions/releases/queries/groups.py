"""A group of clients as the published state knows it: sums in the database, no client passes through Python."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, F, FloatField, Q, QuerySet, Sum
from django.db.models.functions import Cast

from clientarium.core.ground import N_, UserError
from clientarium.core.ground.expressions import parse_condition
from clientarium.core.strategy import GroupMoney, Small
from clientarium.decisions.clients import (
    StateTable,
    compile_condition,
    current_publication,
    states_visible_to,
    vocabulary_for,
)
from clientarium.decisions.people import User

from .hours import MINUTES_IN_HOUR, hours_of_state, services_of
from .remembered import remembered

SUMMED = (
    "revenue_12m",
    "margin_12m",
    "orders_12m",
    "minutes_12m",
    "touch_minutes_12m",
    "sales_documents_12m",
    "margin_after_service_12m",
    "cost_to_serve_12m",
)
GROWTH = "layer = 'growth'"


@dataclass(frozen=True)
class Sums:
    """A group beside the whole base; a sum is None where the state has no such column or nobody has a value.

    `measure` is 'margin', or 'revenue' where nobody's cost is known.
    """

    clients: int
    buyers: int
    touched: int
    revenue: Decimal
    money: Decimal
    orders: int
    minutes: float
    touch_minutes: float
    documents: int
    after_service: Decimal | None
    measure: str

    @property
    def hours(self) -> float:
        return self.minutes / MINUTES_IN_HOUR

    @property
    def money_an_hour(self) -> Decimal | None:
        """Money an hour of all services brings; None where no hour is known."""
        return self.money / Decimal(str(self.hours)) if self.hours > 0 else None


@dataclass(frozen=True)
class Group:
    """The clients of a condition: their sums, those of the base and of the growth layer, and hours by service."""

    where: str
    as_of: date
    own: Sums
    base: Sums
    growth: Sums
    money: GroupMoney

    @property
    def load_share(self) -> float | None:
        return self.own.minutes / self.base.minutes if self.base.minutes > 0 else None

    @property
    def money_share(self) -> float | None:
        return float(self.own.money / self.base.money) if self.base.money > 0 else None

    @property
    def growth_an_hour(self) -> Decimal | None:
        """What an hour on the growth layer brings; None where the layer is empty, takes no time or loses money."""
        found = self.growth.money_an_hour
        return found if found is not None and found > 0 else None


def group_of(where: str, *, by: User) -> Group:
    """Raises ExpressionError for a condition that cannot be read, UserError before the first count and for nobody."""
    published = current_publication()
    if published is None or published.as_of is None:
        raise UserError(N_("The base is not counted yet."), cure=N_("Load the sales and run the pulse."))
    states = selected(where, by=by, published=published)
    whole = states_visible_to(by, publication=published)
    measure = remembered("measure", lambda: measure_of(whole), by=by, published=published)

    def sums(of: str, rows: QuerySet[Any]) -> Sums:
        return remembered(("sums", of, measure), lambda: sums_of(rows, measure), by=by, published=published)

    own = sums(where, states)
    if not own.clients:
        raise UserError(N_("No client is in this group."), cure=N_("Change the condition."))
    growth = selected(GROWTH, by=by, published=published) if _has(whole, "layer") else whole.none()
    services = services_of(states, where=where, published=published, by=by) or hours_of_state(
        own.minutes, own.touch_minutes
    )
    money = GroupMoney(clients=own.clients, revenue=own.revenue, money=own.money, services=services)
    return Group(where, published.as_of, own, sums("", whole), sums(GROWTH, growth), money)


def selected(where: str, *, by: User, published: StateTable | None = None) -> QuerySet[Any]:
    """The states of the group. Raises UserError for an empty condition, which would be everybody."""
    if not where.strip():
        raise UserError(N_("Say which clients it is about."), cure=N_("Choose a group or write a condition."))
    condition = parse_condition(where, vocabulary_for(by, publication=published))
    return states_visible_to(by, publication=published).filter(compile_condition(condition))


def measure_of(states: QuerySet[Any]) -> str:
    """'margin', or 'revenue' where no buyer's cost is known: then margin says nothing."""
    if not _has(states, "margin_12m"):
        return "revenue"
    known = states.filter(margin_12m__isnull=False)
    bought = known.filter(orders_12m__gt=0) if _has(states, "orders_12m") else known
    return "margin" if bought.exists() else "revenue"


def sums_of(states: QuerySet[Any], measure: str) -> Sums:
    """One reading of the states."""
    asked: dict[str, Aggregate] = {f"sum_{name}": Sum(name) for name in SUMMED if _has(states, name)}
    if _has(states, "orders_12m"):
        asked["buyers"] = Count("pk", filter=Q(orders_12m__gt=0))
    if _has(states, "touches_12m"):
        asked["touched"] = Count("pk", filter=Q(touches_12m__gt=0))
    found = states.order_by().aggregate(clients=Count("pk"), **asked)
    after = found.get("sum_margin_after_service_12m")
    return Sums(
        clients=found["clients"],
        buyers=found.get("buyers") or 0,
        touched=found.get("touched") or 0,
        revenue=_money(found.get("sum_revenue_12m")),
        money=_money(found.get(f"sum_{measure}_12m")),
        orders=int(found.get("sum_orders_12m") or 0),
        minutes=float(found.get("sum_minutes_12m") or 0),
        touch_minutes=float(found.get("sum_touch_minutes_12m") or 0),
        documents=int(found.get("sum_sales_documents_12m") or 0),
        after_service=None if after is None or measure == "revenue" else _money(after),
        measure=measure,
    )


def small_of(group: Group, order: Decimal, *, by: User) -> Small:
    """Those of the group whose mean order is below `order`."""
    return remembered(("small", group.where, order), lambda: _small(group, order, by), by=by)


def _small(group: Group, order: Decimal, by: User) -> Small:
    states = selected(group.where, by=by)
    if order <= 0 or not _has(states, "average_order_12m"):
        return Small(0, Decimal(0), 0.0, 0.0, 0.0)
    small = states.filter(average_order_12m__gt=0, average_order_12m__lt=order)
    asked: dict[str, Any] = {"clients": Count("pk"), "money": Sum(f"{group.own.measure}_12m")}
    for name in ("touch_minutes_12m", "sales_documents_12m"):
        if _has(states, name):
            asked[f"sum_{name}"] = Sum(name)
    if _has(states, "sales_documents_12m"):
        part = Cast(F("average_order_12m"), FloatField()) / float(order)
        asked["kept"] = Sum(Cast(F("sales_documents_12m"), FloatField()) * part, output_field=FloatField())
    found = small.order_by().aggregate(**asked)
    touches, documents = (
        float(found.get("sum_touch_minutes_12m") or 0),
        float(found.get("sum_sales_documents_12m") or 0),
    )
    return Small(
        clients=found["clients"],
        money=_money(found["money"]),
        touches=touches / group.own.touch_minutes if group.own.touch_minutes > 0 else 0.0,
        documents=documents / group.own.documents if group.own.documents > 0 else 0.0,
        orders_kept=float(found.get("kept") or 0) / documents if documents > 0 else 1.0,
    )


def _has(states: QuerySet[Any], name: str) -> bool:
    return any(field.name == name for field in states.model._meta.concrete_fields)


def _money(value: Any) -> Decimal:
    return Decimal(0) if value is None else Decimal(str(value))
