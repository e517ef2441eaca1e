"""Groups worth a talk about release: those whose share of the load is above their share of the money."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, QuerySet, Sum, When

from clientarium.decisions.clients import StateTable, current_publication, states_visible_to
from clientarium.decisions.people import User

from .groups import measure_of
from .hours import MINUTES_IN_HOUR
from .remembered import remembered

SCHEMES = ("grade", "layer")
LOSES = "loses"
AT_A_LOSS = "margin_after_service_12m < 0"
TOO_HEAVY = 1.5
"""A load share half as large again as the money share is no rounding any more."""

GROWING = "growth"
"""The freed hours go to the growth layer: it is offered for no release."""


@dataclass(frozen=True)
class Offered:
    """`scheme` '' with `code` 'loss': clients whose margin does not pay for their service."""

    scheme: str
    code: str
    clients: int
    hours: float
    money: Decimal
    load_share: float
    money_share: float | None

    @property
    def where(self) -> str:
        return f"{self.scheme} = '{self.code}'" if self.scheme else AT_A_LOSS


def offered_groups(by: User) -> list[Offered]:
    """The heaviest first; empty where no effort is known, or nothing is counted yet."""
    published = current_publication()
    return remembered("offered", lambda: _offered_groups(by, published), by=by, published=published)


def _offered_groups(by: User, published: StateTable | None) -> list[Offered]:
    states: QuerySet[Any] = states_visible_to(by, publication=published).order_by()
    names = {field.name for field in states.model._meta.concrete_fields}
    measure = f"{measure_of(states)}_12m"
    if published is None or not {"minutes_12m", measure} <= names:
        return []
    present = [scheme for scheme in SCHEMES if scheme in names]
    losing = {}
    if "margin_after_service_12m" in names:
        losing[LOSES] = Case(When(margin_after_service_12m__lt=0, then=True), default=False)
    rows = list(
        states.annotate(**losing)
        .values(*present, *losing)
        .annotate(clients=Count("pk"), minutes=Sum("minutes_12m"), money=Sum(measure))
    )
    found = [
        _offered(scheme, code, [row for row in rows if row[scheme] == code], rows)
        for scheme in present
        for code in sorted({row[scheme] for row in rows if row[scheme] and row[scheme] != GROWING})
    ]
    if losing and measure == "margin_12m":
        found.append(_offered("", "loss", [row for row in rows if row[LOSES]], rows))
    heavy = [one for one in found if one.clients and one.load_share > TOO_HEAVY * max(one.money_share or 0.0, 0.0)]
    return sorted(heavy, key=lambda one: (-(one.load_share - (one.money_share or 0.0)), one.scheme, one.code))


def _offered(scheme: str, code: str, rows: list[dict[str, Any]], all_rows: list[dict[str, Any]]) -> Offered:
    minutes, money = _sum(rows, "minutes"), _sum(rows, "money")
    all_minutes, all_money = _sum(all_rows, "minutes"), _sum(all_rows, "money")
    return Offered(
        scheme,
        code,
        sum(row["clients"] for row in rows),
        float(minutes) / MINUTES_IN_HOUR,
        money,
        load_share=float(minutes / all_minutes) if all_minutes > 0 else 0.0,
        money_share=float(money / all_money) if all_money > 0 else None,
    )


def _sum(rows: list[dict[str, Any]], name: str) -> Decimal:
    return sum((Decimal(str(row[name] or 0)) for row in rows), Decimal(0))
