"""Why they leave (1.5.16): the reasons sellers were told, by month of the loss, by seller, by what was bought."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case as Choose
from django.db.models import CharField, Count, F, Q, QuerySet, Sum, When
from django.db.models.functions import TruncMonth

from clientarium.decisions.people import Seller, Visitor

from ..models import Case, CaseProduct, Reason
from .cases import cases_visible_to
from .lost import lost_visible_to

ZERO = Decimal(0)
PRODUCTS_SHOWN = 20
NAMED = 3


@dataclass(frozen=True)
class Cause:
    """A reason, how many clients named it and what they brought in the year before they left. None: not asked yet."""

    reason: Reason | None
    clients: int
    past_year: Decimal
    share: float | None


@dataclass(frozen=True)
class Breakdown:
    """One month, seller or product: its clients, money, and (reason, clients) with the most named first."""

    key: Any
    clients: int
    past_year: Decimal
    by_reason: tuple[tuple[Reason, int], ...]

    @property
    def named(self) -> tuple[tuple[Reason, int], ...]:
        """The reasons a line has room for."""
        return self.by_reason[:NAMED]

    @property
    def others(self) -> int:
        return sum(number for _reason, number in self.by_reason[NAMED:])


@dataclass(frozen=True)
class LossReport:
    """`answered` of `clients` cases have a reason; shares are of the answered. `lost`: all lost clients there are."""

    clients: int
    answered: int
    lost: int
    past_year: Decimal
    causes: tuple[Cause, ...]
    months: tuple[Breakdown, ...]
    sellers: tuple[Breakdown, ...]
    products: tuple[Breakdown, ...]

    @property
    def ours(self) -> tuple[int, Decimal]:
        """Clients and money lost for reasons that lie with us."""
        mine = [cause for cause in self.causes if cause.reason is not None and cause.reason.is_ours]
        return sum(one.clients for one in mine), sum((one.past_year for one in mine), ZERO)


def loss_report(user: Visitor, *, first: date, last: date, seller: Seller | None = None) -> LossReport:
    """Of clients `user` sees whose time ran out in first..last; the latest word of a client with several cases counts
    for each loss of his. Seven queries, however many cases."""
    cases = cases_visible_to(user).select_related(None).order_by().filter(lost_on__range=(first, last))
    if seller is not None:
        cases = cases.filter(seller=seller)
    causes = _causes(cases)
    told = [cause for cause in causes if cause.reason is not None]
    reasons = {cause.reason.pk: cause.reason for cause in told if cause.reason is not None}
    answered = cases.filter(reason__isnull=False)
    by_seller = _broken_down(answered, F("seller_id"), reasons=reasons)
    names = Seller.objects.in_bulk([part.key for part in by_seller if part.key is not None])
    lost = lost_visible_to(user).select_related(None).order_by().filter(lost_on__range=(first, last))
    return LossReport(
        clients=sum(cause.clients for cause in causes),
        answered=sum(cause.clients for cause in told),
        lost=lost.count(),
        past_year=sum((cause.past_year for cause in told), ZERO),
        causes=causes,
        months=tuple(sorted(_broken_down(answered, TruncMonth("lost_on"), reasons=reasons), key=_by_key, reverse=True)),
        sellers=tuple(
            Breakdown(names.get(part.key), part.clients, part.past_year, part.by_reason)
            for part in sorted(by_seller, key=_by_clients)
        ),
        products=tuple(sorted(_by_product(answered, reasons=reasons), key=_by_clients)[:PRODUCTS_SHOWN]),
    )


def _causes(cases: "QuerySet[Case]") -> tuple[Cause, ...]:
    rows = list(cases.values("reason_id").annotate(clients=Count("pk"), money=Sum("past_year", default=ZERO)))
    reasons = Reason.objects.in_bulk([row["reason_id"] for row in rows if row["reason_id"]])
    answered = sum(row["clients"] for row in rows if row["reason_id"])
    found = [
        Cause(
            reason=reasons.get(row["reason_id"]),
            clients=row["clients"],
            past_year=row["money"],
            share=row["clients"] / answered if row["reason_id"] and answered else None,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.reason is None, -one.clients, -one.past_year)))


def _broken_down(cases: "QuerySet[Case]", key: Any, *, reasons: Mapping[int, Reason]) -> list[Breakdown]:
    rows = cases.annotate(key=key).values("key", "reason_id")
    return _together(rows.annotate(clients=Count("pk"), money=Sum("past_year", default=ZERO)), reasons=reasons)


def _by_product(cases: "QuerySet[Case]", *, reasons: Mapping[int, Reason]) -> list[Breakdown]:
    """By group, or by name where a product has none: a client counts in each group, with what he paid for it."""
    name = Choose(When(~Q(group=""), then=F("group")), default=F("name"), output_field=CharField())
    products = CaseProduct.objects.filter(case__in=cases.values("pk")).order_by()
    rows = products.annotate(key=name, reason_id=F("case__reason_id")).values("key", "reason_id")
    return _together(
        rows.annotate(clients=Count("case", distinct=True), money=Sum("revenue", default=ZERO)), reasons=reasons
    )


def _together(rows: "QuerySet[Any, Mapping[str, Any]]", *, reasons: Mapping[int, Reason]) -> list[Breakdown]:
    found: dict[Any, dict[int, tuple[int, Decimal]]] = {}
    for row in rows:
        found.setdefault(row["key"], {})[row["reason_id"]] = (row["clients"], row["money"])
    return [
        Breakdown(
            key=key,
            clients=sum(clients for clients, _money in parts.values()),
            past_year=sum((money for _clients, money in parts.values()), ZERO),
            by_reason=tuple(
                sorted(
                    ((reasons[reason], clients) for reason, (clients, _money) in parts.items()),
                    key=lambda one: (-one[1], one[0].place, one[0].title_ru),
                )
            ),
        )
        for key, parts in found.items()
    ]


def _by_key(part: Breakdown) -> Any:
    return part.key or date.min


def _by_clients(part: Breakdown) -> Any:
    return (-part.clients, -part.past_year, str(part.key))
