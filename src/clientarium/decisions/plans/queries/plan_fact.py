"""The month of each seller as it stands."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from clientarium.core.readings import HolderMoney
from clientarium.core.strategy import first_day_of, last_day_of, rest_share
from clientarium.decisions.clients import current_publication
from clientarium.decisions.people import User, works_here

from ..choices import PlanBasis
from ..models import MonthPlan
from ..rules import can_see_plans
from .drafts import drafted
from .expected import NOTHING, PlanSum
from .facts import facts_of_month
from .frozen import frozen
from .holder_sums import sums_by_state
from .seller_month import Fact, PlanFact

NO_PLAN = PlanFact(0, PlanBasis.NONE, NOTHING)


def plan_fact(month: date, *, by: User | None) -> dict[int, PlanFact]:
    """By seller: of all for whoever leads them, of himself for a seller, of nobody for others; None is the machine."""
    month = first_day_of(month)
    seen = None if by is None or can_see_plans(by) else own(by)
    if seen is not None and not seen:
        return {}
    plan = MonthPlan.objects.filter(month=month).first()
    return with_facts(month, planned_of(month, plan), seen=seen)


def planned_of(month: date, plan: MonthPlan | None) -> dict[int, PlanFact]:
    """The plan alone, by seller: as approved, or as it stands."""
    return frozen(plan) if plan is not None and plan.is_approved else drafted(month, plan)


def own(user: User) -> set[int]:
    """The seller whose plan is all that `user` sees."""
    return {user.seller_id} if works_here(user) and user.seller_id is not None else set()


def with_facts(month: date, planned: Mapping[int, PlanFact], *, seen: set[int] | None = None) -> dict[int, PlanFact]:
    """`planned` with what has come by the date of the figures, and where the month ends by what is expected now."""
    publication = current_publication()
    as_of = publication.as_of if publication else None
    last = last_day_of(month)
    until = min(last, as_of) if as_of else last
    facts = {} if until < month else totals_of(facts_of_month(month, until=until))
    rest = _rest(month, as_of) if as_of and month <= as_of < last else None
    sellers = {*planned, *facts} if seen is None else seen
    found = {}
    for seller_id in sellers:
        one = replace(planned.get(seller_id, NO_PLAN), seller_id=seller_id, fact=facts.get(seller_id, Fact()))
        one = replace(one, until=None if until < month else until)
        found[seller_id] = one if rest is None else replace(one, rest=rest.get(seller_id, NOTHING))
    return found


def totals_of(rows: Iterable[HolderMoney]) -> dict[int, Fact]:
    """Days added up by seller."""
    found: dict[int, Fact] = {}
    for row in rows:
        one = found.get(row.seller_id, Fact())
        found[row.seller_id] = Fact(
            one.orders + row.orders,
            one.revenue + float(row.revenue),
            one.margin + float(row.margin),
            one.revenue_without_cost + float(row.revenue_without_cost),
        )
    return found


def _rest(month: date, as_of: date) -> Mapping[int | None, PlanSum]:
    """What is expected of the days left, by who holds the clients now."""
    return sums_by_state(month, share=rest_share(as_of, month))
