"""Groups worth a talk about release: those whose share of the load is above their share of the money."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

from clientarium.decisions.clients import current_publication, states_visible_to
from clientarium.decisions.people import User

from .groups import measure_of
from .hours import MINUTES_IN_HOUR

SCHEMES = ("grade", "layer")
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
    states: QuerySet[Any] = states_visible_to(by, publication=published).order_by()
    names = {field.name for field in states.model._meta.concrete_fields}
    measure = f"{measure_of(states)}_12m"
    if published is None or not {"minutes_12m", measure} <= names:
        return []
    sums = {"clients": Count("pk"), "minutes": Sum("minutes_12m"), "money": Sum(measure)}
    whole = states.aggregate(**sums)
    found = []
    for scheme in (scheme for scheme in SCHEMES if scheme in names):
        for row in states.values(scheme).annotate(**sums):
            if row[scheme] and row[scheme] != GROWING:
                found.append(_offered(scheme, row[scheme], row, whole))
    if "margin_after_service_12m" in names and measure == "margin_12m":
        losing = states.filter(margin_after_service_12m__lt=0).aggregate(**sums)
        found.append(_offered("", "loss", losing, whole))
    heavy = [one for one in found if one.clients and one.load_share > TOO_HEAVY * max(one.money_share or 0.0, 0.0)]
    return sorted(heavy, key=lambda one: (-(one.load_share - (one.money_share or 0.0)), one.scheme, one.code))


def _offered(scheme: str, code: str, row: dict[str, Any], whole: dict[str, Any]) -> Offered:
    minutes, money = float(row["minutes"] or 0), Decimal(row["money"] or 0)
    all_minutes, all_money = float(whole["minutes"] or 0), Decimal(whole["money"] or 0)
    return Offered(
        scheme,
        code,
        row["clients"],
        minutes / MINUTES_IN_HOUR,
        money,
        load_share=minutes / all_minutes if all_minutes > 0 else 0.0,
        money_share=float(money / all_money) if all_money > 0 else None,
    )
