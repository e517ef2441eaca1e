"""What came of win-back, for whoever leads it: the lost, the filling rate, who returned and what it brought."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, Sum
from django.db.models.functions import TruncMonth

from clientarium.decisions.people import Seller, Visitor

from ..models import Case
from .cases import cases_visible_to
from .expected import holder_id
from .lost import is_dead, lost_visible_to
from .weekdays import monday_of

ZERO = Decimal(0)
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class SellerResult:
    """`seller` None: clients nobody holds.

    lost, expected: lost clients he holds and what they may bring in a year; asked, filled: cases that waited for
    answers this week and those answered in it; worked, first: in work and bought once, now; won: second purchases of
    the period, returned: what those clients brought since they were taken into work.
    """

    seller: Seller | None
    lost: int = 0
    expected: Decimal = ZERO
    asked: int = 0
    filled: int = 0
    worked: int = 0
    first: int = 0
    first_in_period: int = 0
    won: int = 0
    returned: Decimal = ZERO

    @property
    def filling_rate(self) -> float | None:
        return self.filled / self.asked if self.asked else None


NUMBERS = tuple(name for name in SellerResult.__dataclass_fields__ if name != "seller")


@dataclass(frozen=True)
class MonthResult:
    """One month: cases opened, answered, first purchases, second ones and what those clients brought since."""

    month: date
    opened: int = 0
    filled: int = 0
    first: int = 0
    won: int = 0
    returned: Decimal = ZERO


@dataclass(frozen=True)
class Apart:
    """Lost clients who never come into the week by themselves."""

    bad_review: int
    dead: int
    stopped: int


def results_of(user: Visitor, *, on: date, since: date) -> list[SellerResult]:
    """A row per seller with lost clients or cases, the dearest first; `since`..`on` is the period of purchases."""
    monday = monday_of(on)
    found: dict[int | None, SellerResult] = {}
    row: Any
    lost = lost_visible_to(user).order_by().values("client__holder_id")
    for row in lost.annotate(clients=Count("pk"), money=Sum("expected")):
        _add(found, row["client__holder_id"], lost=row["clients"], expected=row["money"] or ZERO)
    is_open, waits = Q(closed_on__isnull=True), Q(filled_on__isnull=True, closed_on__isnull=True)
    in_week = Q(filled_on__range=(monday, monday + timedelta(days=6)))
    cases = cases_visible_to(user).select_related(None).order_by()
    now = cases.annotate(holder=holder_id).values("holder")
    for row in now.annotate(
        asked=Count("pk", filter=(waits & Q(first_purchase_on__isnull=True)) | in_week),
        filled=Count("pk", filter=in_week),
        worked=Count("pk", filter=is_open & Q(filled_on__isnull=False, first_purchase_on__isnull=True)),
        first=Count("pk", filter=is_open & Q(first_purchase_on__isnull=False)),
    ):
        _add(found, row.pop("holder"), **row)
    won = Q(second_purchase_on__range=(since, on))
    for row in cases.values("seller_id").annotate(
        first_in_period=Count("pk", filter=Q(first_purchase_on__range=(since, on))),
        won=Count("pk", filter=won),
        returned=Sum("returned", filter=won, default=ZERO),
    ):
        _add(found, row.pop("seller_id"), **row)
    sellers = Seller.objects.in_bulk([pk for pk in found if pk is not None])
    named = [replace(one, seller=sellers.get(pk)) if pk else one for pk, one in found.items()]
    return sorted(named, key=lambda one: (one.seller is None, -one.expected, str(one.seller)))


def months_of(user: Visitor, *, on: date, seller: Seller | None = None) -> list[MonthResult]:
    """The last twelve months, the latest first; months without anything are left out."""
    cases = cases_visible_to(user).select_related(None).order_by()
    if seller is not None:
        cases = cases.filter(seller=seller)
    first = (on.replace(day=1) - timedelta(days=31 * (MONTHS_SHOWN - 1))).replace(day=1)
    found: dict[date, dict[str, Any]] = {}
    for name, field in (("opened", "opened_on"), ("filled", "filled_on"), ("first", "first_purchase_on")):
        rows = cases.filter(**{f"{field}__range": (first, on)}).values(month=TruncMonth(field))
        for row in rows.annotate(clients=Count("pk")):
            found.setdefault(row["month"], {})[name] = row["clients"]
    rows = cases.filter(second_purchase_on__range=(first, on)).values(month=TruncMonth("second_purchase_on"))
    for row in rows.annotate(clients=Count("pk"), money=Sum("returned", default=ZERO)):
        found.setdefault(row["month"], {}).update(won=row["clients"], returned=row["money"])
    return [MonthResult(month=month, **found[month]) for month in sorted(found, reverse=True)]


def apart_of(user: Visitor) -> Apart:
    """Counted each on its own: a client may be of more than one kind."""
    lost = lost_visible_to(user).select_related(None).order_by()
    counts = lost.aggregate(
        bad_review=Count("pk", filter=Q(client__has_bad_review=True)),
        stopped=Count("pk", filter=Q(client__is_stopped=True)),
    )
    return Apart(dead=lost.filter(is_dead()).count(), **counts)


def total_of(rows: Iterable[SellerResult]) -> SellerResult:
    """All of them together."""
    total = SellerResult(None)
    for row in rows:
        numbers = {name: getattr(total, name) + getattr(row, name) for name in NUMBERS}
        total = SellerResult(None, **numbers)
    return total


def won_cases(user: Visitor, *, since: date, on: date, limit: int = 50) -> list[Case]:
    """Cases with a first purchase in since..on, the second purchase or the later one first."""
    cases = cases_visible_to(user).filter(first_purchase_on__range=(since, on))
    return list(cases.order_by(F("second_purchase_on").desc(nulls_last=True), "-first_purchase_on", "pk")[:limit])


def _add(found: dict[int | None, SellerResult], seller_id: int | None, **values: Any) -> None:
    found[seller_id] = replace(found.get(seller_id, SellerResult(None)), **values)
