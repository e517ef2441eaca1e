"""Figures of the published state: sums and counts over exactly the clients the person may see.

Everything is read from `states_visible_to(user)`; shares are of that selection, so a seller reads his own portfolio.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum

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
class Tally:
    """Clients of one layer and grade together; `active` ordered within the last month, money is of 12 months."""

    layer: str | None
    grade: str | None
    clients: int
    active: int
    margin: Decimal
    revenue: Decimal


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


def tallies(states: QuerySet) -> list[Tally]:
    """Clients and money by layer and grade, in one reading of the states: the whole first screen adds them up."""
    sums = {
        "clients": Count("pk"),
        "active": Count("pk", filter=Q(orders_1m__gt=0)),
        "margin": Sum(MARGIN),
        "revenue": Sum(REVENUE),
    }
    rows = states.order_by().values("layer", "grade").annotate(**sums)
    return [Tally(**{**row, "margin": row["margin"] or ZERO, "revenue": row["revenue"] or ZERO}) for row in rows]


def headline(found: Iterable[Tally], *, flag_at: float) -> Headline:
    """Contacts in the base and those active in the last month."""
    rows = list(found)
    return Headline(clients=sum(row.clients for row in rows), active=sum(row.active for row in rows), flag_at=flag_at)


def money_measure(states: QuerySet) -> str:
    """'margin', or 'revenue' where no buyer's cost is known: then margin says nothing (readings do the same)."""
    return "margin" if states.filter(orders_12m__gt=0, margin_12m__isnull=False).exists() else "revenue"


def composition(found: Iterable[Tally], scheme: str, *, measure: str) -> Composition:
    """Categories of `scheme` ("layer" or "grade") from best to worst; those outside it last."""
    clients: dict[str | None, int] = {}
    money: dict[str | None, Decimal] = {}
    for row in found:
        code = getattr(row, scheme)
        clients[code] = clients.get(code, 0) + row.clients
        money[code] = money.get(code, ZERO) + getattr(row, measure)
    total = sum(money.values(), ZERO)
    parts = [Part(scheme, code, clients[code], money[code], _share(money[code], total)) for code in clients]
    return Composition(scheme, measure, tuple(sorted(parts, key=lambda part: rank(part.code))))


def rows_of(states: QuerySet, client_ids: Sequence[int]) -> dict[int, Row]:
    """Names and grades of those of `client_ids` that may be seen."""
    found = states.filter(pk__in=client_ids).values("pk", "name", "grade")
    return {row["pk"]: Row(row["pk"], row["name"], row["grade"]) for row in found}


def _share(part: Decimal, whole: Decimal) -> float | None:
    return float(part / whole) if whole > 0 else None
