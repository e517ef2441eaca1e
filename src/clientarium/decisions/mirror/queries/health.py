"""The health of the base and of the work with it (1.5.18): few figures, each what of what."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, DateField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Sum

from clientarium.core.ground import add_months
from clientarium.decisions.clients import published_columns, state_as_of, state_model, states_visible_to
from clientarium.decisions.contacts import Touch
from clientarium.decisions.people import User
from clientarium.decisions.plans import MonthPlan, plan_fact
from clientarium.decisions.quality import QualityPoint, trend_of
from clientarium.decisions.winback import Case

from ..choices import HealthCode

PROMISE_DAYS = 90
"""Agreed calls of a quarter: a month of a small team is too few to judge."""

LATE_DAYS = 1
"""A call promised for Friday and made on Saturday or the next working day was still kept."""


@dataclass(frozen=True)
class HealthFigure:
    """`done` of `of`; `value` is their share, or None where there is nothing to divide by. `where`: those of `done`."""

    code: HealthCode
    value: float | None
    done: float | None = None
    of: float | None = None
    is_money: bool = False
    where: str = ""
    missing_where: str = ""
    month: date | None = None


def health_of(by: User | None) -> list[HealthFigure]:
    """Over the clients `by` sees; None is the machine. The same few queries however large the base."""
    as_of = state_as_of()
    if as_of is None:
        return []
    everybody: QuerySet[Any] = state_model()._default_manager.filter(client__merged_into__isnull=True)
    counts = _counts(everybody if by is None else states_visible_to(by), as_of)
    return [*_from_counts(counts), _complete(by), _promises(as_of), _winback(), _plan(as_of, by=by)]


def _counts(states: "QuerySet[Any]", as_of: date) -> dict[str, Any]:
    words = {column.name for column in published_columns()}
    served = Q(last_touch_on__gt=add_months(as_of, -1)) if "last_touch_on" in words else None
    asked: dict[str, Any] = {
        "clients": Count("pk"),
        "ever": Count("pk", filter=Q(orders_all__gt=0)),
        "active": Count("pk", filter=Q(orders_1m__gt=0)),
        "before": Count("pk", filter=Q(orders_prev_12m__gt=0)),
        "stayed": Count("pk", filter=Q(orders_prev_12m__gt=0, orders_12m__gt=0)),
        "held": Count("pk", filter=Q(holder__isnull=False)),
        "touched": Count("pk", filter=Q(last_touch_on__isnull=False)) if served else None,
        "served": Count("pk", filter=Q(holder__isnull=False) & served) if served else None,
        "revenue": Sum("revenue_12m", filter=Q(revenue_12m__gt=0)),
        "costed": Sum("revenue_with_cost_12m", filter=Q(revenue_12m__gt=0)),
    }
    found: dict[str, Any] = states.order_by().aggregate(**{name: ask for name, ask in asked.items() if ask})
    return found


def _from_counts(found: dict[str, Any]) -> list[HealthFigure]:
    knows_touches = bool(found.get("touched"))
    return [
        _share(HealthCode.UTILISATION, found["active"], found["ever"], where="orders_1m > 0"),
        _share(
            HealthCode.SERVED,
            found.get("served") if knows_touches else None,
            found["held"],
            where="days_since_last_touch < 31",
        ),
        _share(
            HealthCode.RETENTION,
            found["stayed"],
            found["before"],
            where="orders_prev_12m > 0 and orders_12m > 0",
            missing_where="orders_prev_12m > 0 and orders_12m = 0",
        ),
        _share(
            HealthCode.COST_KNOWN,
            float(found["costed"] or 0),
            float(found["revenue"] or 0),
            is_money=True,
            missing_where="margin_known_share_12m < 1",
        ),
    ]


def _share(code: HealthCode, done: float | None, of: float | None, **more: Any) -> HealthFigure:
    return HealthFigure(code, done / of if done is not None and of else None, done, of, **more)


def _complete(by: User | None) -> HealthFigure:
    """The score of the latest count, in parts of one."""
    whole = QualityPoint.objects.filter(seller__isnull=True).order_by("-as_of")
    points = list(whole[:1]) if by is None else trend_of(by, count=1)
    point = next(iter(points), None)
    if point is None or not point.clients:
        return HealthFigure(HealthCode.COMPLETE, None)
    return HealthFigure(HealthCode.COMPLETE, point.score_sum / point.clients / 100, missing_where="data_quality < 100")


def _promises(as_of: date) -> HealthFigure:
    """Agreed days that have passed: kept where somebody was in touch with the client between the talk and that day."""
    standing = Touch.objects.filter(undone_at__isnull=True)
    last = ExpressionWrapper(OuterRef("next_on") + timedelta(days=LATE_DAYS), output_field=DateField())
    kept = standing.filter(client=OuterRef("client"), on__lte=last, pk__gt=OuterRef("pk"), on__gte=OuterRef("on"))
    promised = standing.filter(next_on__gt=as_of - timedelta(days=PROMISE_DAYS), next_on__lte=as_of)
    found = promised.filter(next_on__gt=F("on")).aggregate(of=Count("pk"), done=Count("pk", filter=Exists(kept)))
    return _share(HealthCode.PROMISES, found["done"], found["of"])


def _winback() -> HealthFigure:
    """Of the cases given out: those whose form is filled in."""
    found = Case.objects.aggregate(of=Count("pk"), done=Count("pk", filter=Q(filled_on__isnull=False)))
    return _share(HealthCode.WINBACK, found["done"], found["of"])


def _plan(as_of: date, *, by: User | None) -> HealthFigure:
    """Of the last whole month: the margin that came over the approved targets of those who had one."""
    month = add_months((as_of + timedelta(days=1)).replace(day=1), -1)
    if not MonthPlan.objects.filter(month=month, approved_at__isnull=False).exists():
        return HealthFigure(HealthCode.PLAN, None, month=month)
    rows = [one for one in plan_fact(month, by=by).values() if one.target]
    of, done = sum(one.target or 0 for one in rows), sum(one.fact.margin for one in rows)
    return HealthFigure(HealthCode.PLAN, done / of if of > 0 else None, done, of, is_money=True, month=month)
