"""The clients behind a seller's month: what is expected of each, what the seller takes on, what has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, Sum

from clientarium.core.readings import ClientMoney, ExpectedClient, expected_clients, money_of_clients
from clientarium.core.strategy import LEAST_ORDERS, Expected, expected, first_day_of, last_day_of
from clientarium.decisions.clients import Client, clients_visible_to, root_id, state_as_of
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.people import Seller, User

from ..choices import PlanBasis
from ..models import GrowthStep, MonthPlan, PlanLine
from .bottom_up import basis_of, taken_for
from .expected import expecting
from .facts import holdings_between
from .room import with_room

LINES_PER_PAGE = 100


@dataclass(frozen=True)
class ClientLine:
    """`step` None: not asked yet. `room`: what he could bring beyond the expected; None: not reckoned.

    `fact` None: nothing bought this month, or the month has not begun.
    """

    client_id: int
    name: str
    expected: Expected
    is_assumed: bool
    room: float | None
    step: GrowthStep | None
    fact: ClientMoney | None

    @property
    def is_expected(self) -> bool:
        """Whether any order worth a line is expected of him."""
        return self.expected.orders >= LEAST_ORDERS


@dataclass(frozen=True)
class SellerLines:
    """A page of the clients `by` sees, the dearest first. `gone` clients of the plan are with others now; `after` is
    where the next page begins."""

    lines: tuple[ClientLine, ...]
    clients: int
    after: int | None
    gone: int = 0
    gone_margin: float = 0.0


@dataclass(frozen=True)
class _Found:
    client_id: int
    orders: float
    margin: float
    variance: float
    is_assumed: bool
    room: float | None = None


def lines_of(seller: Seller, month: date, *, by: User, offset: int = 0) -> SellerLines:
    """Of an approved plan as approved, of another as it stands."""
    month = first_day_of(month)
    plan = MonthPlan.objects.filter(month=month).first()
    basis, as_of = basis_of(month)
    if plan is not None and plan.is_approved:
        return _approved(plan, seller, by=by, offset=offset)
    if basis == PlanBasis.BEFORE and as_of is not None:
        return _before(plan, seller, month, as_of, by=by, offset=offset)
    if basis == PlanBasis.NONE:
        return SellerLines((), 0, None)
    return _standing(plan, seller, month, by=by, offset=offset)


def line_of(client: Client, month: date, *, by: User) -> ClientLine | None:
    """The line of one client among his holder's of a plan not approved; None where nothing is known of him."""
    month = first_day_of(month)
    plan = MonthPlan.objects.filter(month=month).first()
    basis, as_of = basis_of(month)
    if basis == PlanBasis.BEFORE and as_of is not None:
        taken = taken_for(month, as_of)
        rows = [_of_snapshot(one) for one in expected_clients(ledger_base(), taken, client_ids=[client.pk])]
    else:
        rows = [_of_state(row) for row in with_room(expecting(month, client_ids=[client.pk]))]
    found = _told(rows, plan, client.holder_id, month, by=by)
    return found[0] if found else None


def _standing(plan: MonthPlan | None, seller: Seller, month: date, *, by: User, offset: int) -> SellerLines:
    states = with_room(expecting(month)).filter(holder_id=seller.pk)
    states = states.filter(pk__in=clients_visible_to(by).filter(holder=seller).values("pk"))
    total = states.order_by().aggregate(total=Count("pk"))["total"]
    rows = [_of_state(row) for row in states.order_by("-plan_margin", "pk")[offset : offset + LINES_PER_PAGE]]
    return SellerLines(_told(rows, plan, seller.pk, month, by=by), total, _after(offset, total))


def _before(plan: MonthPlan | None, seller: Seller, month: date, as_of: date, *, by: User, offset: int) -> SellerLines:
    held = holdings_between(month, month, seller_id=seller.pk)["client_id"].to_pylist()
    clients = expected_clients(ledger_base(), taken_for(month, as_of), client_ids=held) if held else []
    seen = set(clients_visible_to(by).filter(pk__in=held).values_list("pk", flat=True))
    visible = [_of_snapshot(one) for one in clients if one.client_id in seen]
    gone = [one for one in clients if one.client_id not in seen]
    return SellerLines(
        _told(visible[offset : offset + LINES_PER_PAGE], plan, seller.pk, month, by=by),
        len(visible),
        _after(offset, len(visible)),
        len(gone),
        sum(one.margin for one in gone),
    )


def _approved(plan: MonthPlan, seller: Seller, *, by: User, offset: int) -> SellerLines:
    lines = PlanLine.objects.filter(plan=plan, seller=seller).annotate(root=root_id)
    is_here = Q(root__in=clients_visible_to(by).filter(holder=seller).values("pk"))
    counted = lines.aggregate(
        total=Count("pk", filter=is_here), gone=Count("pk", filter=~is_here), margin=Sum("margin", filter=~is_here)
    )
    rows = [
        _of_line(line) for line in lines.filter(is_here).order_by("-margin", "pk")[offset : offset + LINES_PER_PAGE]
    ]
    return SellerLines(
        _told(rows, plan, seller.pk, plan.month, by=by),
        counted["total"],
        _after(offset, counted["total"]),
        counted["gone"],
        counted["margin"] or 0.0,
    )


def _told(
    rows: Sequence[_Found], plan: MonthPlan | None, seller_id: int | None, month: date, *, by: User
) -> tuple[ClientLine, ...]:
    ids = [row.client_id for row in rows]
    names = dict(clients_visible_to(by).filter(pk__in=ids).values_list("pk", "name"))
    asked = (
        plan.steps.filter(seller_id=seller_id, client_id__in=ids) if plan and seller_id else GrowthStep.objects.none()
    )
    steps = {step.client_id: step for step in asked}
    facts = _facts(ids, month)
    return tuple(
        ClientLine(
            row.client_id,
            names[row.client_id],
            expected(orders=row.orders, margin=row.margin, variance=row.variance),
            row.is_assumed,
            row.room,
            steps.get(row.client_id),
            facts.get(row.client_id),
        )
        for row in rows
        if row.client_id in names
    )


def _facts(ids: Sequence[int], month: date) -> dict[int, ClientMoney]:
    as_of = state_as_of()
    if not ids or as_of is None or as_of < month:
        return {}
    return money_of_clients(ledger_base(), client_ids=ids, first=month, until=min(as_of, last_day_of(month)))


def _after(offset: int, total: int) -> int | None:
    return offset + LINES_PER_PAGE if offset + LINES_PER_PAGE < total else None


def _of_state(row: Any) -> _Found:
    return _Found(row.pk, row.plan_orders, row.plan_margin, row.plan_variance, bool(row.plan_is_assumed), row.plan_room)


def _of_snapshot(one: ExpectedClient) -> _Found:
    return _Found(one.client_id, one.orders, one.margin, one.variance, one.is_assumed)


def _of_line(line: Any) -> _Found:
    return _Found(line.root, line.orders, line.margin, line.variance, line.is_assumed)
