"""What the pages of the plan show: rows with names, months around, totals."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clientarium.core.ground import add_months
from clientarium.core.strategy import Expected, expected, last_day_of
from clientarium.decisions.clients import state_as_of
from clientarium.decisions.people import Seller, User
from clientarium.decisions.plans import MonthPlan, PlanBasis, PlanFact, PlanSum, basis_of, plan_fact

MONTHS_AROUND = (-1, 0, 1)


@dataclass(frozen=True)
class Total:
    """All sellers together. `share_done` and `rest` are None where they tell nothing."""

    clients: int
    expected: Expected
    growth: float
    asked: int
    winback: float
    newcomer: float
    target: float | None
    share: float | None
    fact: float
    rest: Expected | None

    @property
    def end(self) -> float | None:
        return None if self.rest is None else self.fact + self.rest.margin

    @property
    def end_low(self) -> float | None:
        return None if self.rest is None else self.fact + self.rest.low

    @property
    def end_high(self) -> float | None:
        return None if self.rest is None else self.fact + self.rest.high

    @property
    def share_done(self) -> float | None:
        return self.fact / self.target if self.target else None


def month_context(month: date, *, by: User) -> dict[str, Any]:
    """What both pages say about the month itself."""
    plan = MonthPlan.objects.filter(month=month).select_related("approved_by").first()
    basis, as_of = basis_of(month)
    is_approved = plan is not None and plan.is_approved
    figures_of = state_as_of()
    columns = _columns(month, basis, figures_of)
    return {
        "month": month,
        "months": [add_months(month, months) for months in MONTHS_AROUND],
        "plan": plan,
        "is_approved": is_approved,
        "basis": PlanBasis.FROZEN if is_approved else basis,
        "as_of": plan.as_of if plan is not None and plan.is_approved else as_of,
        **columns,
        "shows_room": columns["shows_room"] and not is_approved,
        "is_over": figures_of is not None and figures_of >= last_day_of(month),
        "found": plan_fact(month, by=by),
    }


def line_columns(month: date) -> dict[str, Any]:
    """Which columns a client's line has: the fact of a month begun, the room to grow of one to come."""
    return _columns(month, basis_of(month)[0], state_as_of())


def _columns(month: date, basis: PlanBasis, figures_of: date | None) -> dict[str, Any]:
    return {
        "facts_until": min(figures_of, last_day_of(month)) if figures_of and figures_of >= month else None,
        "shows_room": basis == PlanBasis.STATE,
    }


def named(found: dict[int, PlanFact]) -> list[tuple[Seller, PlanFact]]:
    """In the order of names."""
    sellers = Seller.objects.in_bulk(list(found))
    rows = [(sellers[seller_id], one) for seller_id, one in found.items() if seller_id in sellers]
    return sorted(rows, key=lambda row: (row[0].name, row[0].pk))


def total_of(rows: Iterable[PlanFact]) -> Total:
    rows = list(rows)
    targets = [one.target for one in rows if one.target is not None]
    rests = [one.rest for one in rows if one.rest is not None]
    shares = [one.share for one in rows if one.share is not None]
    return Total(
        sum(one.expected.clients for one in rows),
        _together([one.expected for one in rows]),
        sum(one.growth for one in rows),
        sum(one.asked for one in rows),
        sum(one.winback for one in rows),
        sum(one.newcomer for one in rows),
        sum(targets) if targets else None,
        sum(shares) if shares else None,
        sum(one.fact.margin for one in rows),
        _together(rests) if rests else None,
    )


def _together(sums: Sequence[PlanSum]) -> Expected:
    """Sellers added up: their intervals do not add, their variances do."""
    return expected(
        orders=sum(one.orders for one in sums),
        margin=sum(one.margin for one in sums),
        variance=sum(one.variance for one in sums),
    )
