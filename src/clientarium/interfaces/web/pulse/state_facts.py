"""Figures of the published state: sums and counts over exactly the clients the person may see.

Every function takes `states_visible_to(user)`; shares are of that selection, so a seller reads his own portfolio.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from .links import clients_where, equals
from .order import rank

MARGIN, REVENUE = "margin_12m", "revenue_12m"
ACTIVE = "orders_1m > 0"
ZERO = Decimal(0)


@dataclass(frozen=True)
class Headline:
    """1.9.1 and 1.9.2: contacts in the base, those who ordered within the last month, and whether that is too few."""

    clients: int
    active: int
    flag_at: float

    @property
    def active_share(self) -> float:
        return self.active / self.clients if self.clients else 0.0

    @property
    def is_low(self) -> bool:
        return self.clients > 0 and self.active_share <= self.flag_at

    @property
    def clients_url(self) -> str:
        return clients_where()

    @property
    def active_url(self) -> str:
        return clients_where(ACTIVE)


@dataclass(frozen=True)
class Part:
    """One category of a scheme: how many clients and what share of the money (None: there is no money)."""

    scheme: str
    code: str | None
    clients: int
    money: Decimal
    money_share: float | None

    @property
    def url(self) -> str:
        return clients_where(equals(self.scheme, self.code))


@dataclass(frozen=True)
class Composition:
    """Categories from best to worst; `measure` is margin, or revenue where no cost is known."""

    scheme: str
    measure: str
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Row:
    """A client in a short list."""

    client_id: int
    name: str
    grade: str | None


def headline(states: QuerySet, *, flag_at: float) -> Headline:
    """Contacts in the base and those active in the last month."""
    counted = states.aggregate(clients=Count("pk"), active=Count("pk", filter=Q(orders_1m__gt=0)))
    return Headline(clients=counted["clients"], active=counted["active"], flag_at=flag_at)


def money_measure(states: QuerySet) -> str:
    """'margin', or 'revenue' where no buyer's cost is known: then margin says nothing (readings do the same)."""
    return "margin" if states.filter(orders_12m__gt=0, margin_12m__isnull=False).exists() else "revenue"


def composition(states: QuerySet, scheme: str) -> Composition:
    """Categories of `scheme` from best to worst; those outside it last."""
    sums = {"clients": Count("pk"), "margin": Sum(MARGIN), "revenue": Coalesce(Sum(REVENUE), ZERO)}
    rows = list(states.values(code=F(scheme)).annotate(**sums))
    measure = money_measure(states)
    total = sum((row[measure] or ZERO for row in rows), ZERO)
    parts = [
        Part(scheme, row["code"], row["clients"], row[measure] or ZERO, _share(row[measure] or ZERO, total))
        for row in rows
    ]
    return Composition(scheme, measure, tuple(sorted(parts, key=lambda part: rank(part.code))))


def rows_of(states: QuerySet, client_ids: Sequence[int]) -> dict[int, Row]:
    """Names and grades of those of `client_ids` that may be seen."""
    found = states.filter(pk__in=client_ids).values("pk", "name", "grade")
    return {row["pk"]: Row(row["pk"], row["name"], row["grade"]) for row in found}


def _share(part: Decimal, whole: Decimal) -> float | None:
    return float(part / whole) if whole > 0 else None
