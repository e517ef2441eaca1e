"""The month's plan as JSON and as rows; imported only when a home is open."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from clientarium.core.ground import N_
from clientarium.core.strategy import first_day_of
from clientarium.decisions.contacts import working_day
from clientarium.decisions.people import Seller
from clientarium.decisions.plans import MonthPlan, PlanFact, basis_of, plan_fact

from .language import _

COLUMNS = (
    N_("Seller"), N_("Clients"), N_("Expected"), N_("At least"), N_("At most"), N_("Growth"), N_("Win-back"),
    N_("Plan"), N_("Fact"), N_("Ends at"),
)  # fmt: skip


def plan_document(month: date | None) -> dict[str, Any]:
    """The whole month for programs; money is margin. Raises UserError for a month more than a year ahead."""
    month = first_day_of(month or working_day())
    plan = MonthPlan.objects.filter(month=month).select_related("approved_by").first()
    is_approved = plan is not None and plan.is_approved
    basis, as_of = basis_of(month)
    found = plan_fact(month, by=None)
    sellers = Seller.objects.in_bulk(list(found))
    rows = sorted(found.values(), key=lambda one: (sellers[one.seller_id].name, one.seller_id))
    return {
        "month": f"{month:%Y-%m}",
        "approved": is_approved,
        "approved_by": str(plan.approved_by) if plan and is_approved else None,
        "basis": "frozen" if is_approved else str(basis),
        "as_of": plan.as_of if plan and is_approved else as_of,
        "top_down": _round(plan.top_down) if plan else None,
        "spread": str(plan.spread) if plan and plan.top_down is not None else None,
        "sellers": [_seller(sellers[one.seller_id], one) for one in rows],
    }


def heading(found: dict[str, Any]) -> Iterator[str]:
    """Which month, by what figures, whether it is approved."""
    yield _("Plan of %(month)s") % {"month": found["month"]}
    if found["approved"]:
        yield _("Approved by %(who)s, by the figures of %(day)s.") % {
            "who": found["approved_by"],
            "day": f"{found['as_of']:%d.%m.%Y}",
        }
    elif found["as_of"]:
        yield _("Not approved; by the figures of %(day)s.") % {"day": f"{found['as_of']:%d.%m.%Y}"}


def plan_rows(found: dict[str, Any]) -> Iterator[tuple[Any, ...]]:
    for one in found["sellers"]:
        expected = one["expected"]
        growth, winback = one["growth"]["margin"], one["winback"]["margin"]
        fact = one["fact"]["margin"] if one["fact"]["until"] else None
        end = one["end"]["margin"] if one["end"] else None
        yield one["seller"], expected["clients"], *(
            None if value is None else round(value)
            for value in (
                expected["margin"], expected["low"], expected["high"], growth, winback, one["plan"], fact, end,
            )
        )  # fmt: skip


def _seller(seller: Seller, one: PlanFact) -> dict[str, Any]:
    expected = one.expected
    return {
        "seller": seller.name,
        "expected": {
            "clients": expected.clients, "buyers": expected.buyers, "without_cost": expected.assumed,
            "orders": _round(expected.orders), "margin": _round(expected.margin), "low": _round(expected.low),
            "high": _round(expected.high),
        },
        "growth": {"margin": _round(one.growth) if one.asked else None, "asked": one.asked},
        "winback": {"margin": _round(one.winback) if one.winback_clients else None, "clients": one.winback_clients},
        "first_month": _round(one.newcomer),
        "from_above": _round(one.share),
        "computed": _round(one.computed) if one.target is not None else None,
        "plan": _round(one.target),
        "set_by_leader": _round(one.override),
        "reason": one.reason or None,
        "fact": {
            "until": one.until, "orders": one.fact.orders, "revenue": _round(one.fact.revenue),
            "margin": _round(one.fact.margin), "revenue_without_cost": _round(one.fact.revenue_without_cost),
        },
        "done": one.done_share if one.until else None,
        "end": one.rest and {"margin": _round(one.end), "low": _round(one.end_low), "high": _round(one.end_high)},
    }  # fmt: skip


def _round(value: Any) -> float | None:
    return None if value is None else round(float(value), 2)
