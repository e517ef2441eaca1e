"""A plan that is not approved yet: counted anew at each look."""

from dataclasses import replace
from datetime import date

from django.db.models import F, Sum

from clientarium.decisions.people import Seller

from ..choices import PlanBasis
from ..models import MonthPlan
from .bottom_up import bottom_up
from .expected import NOTHING
from .seller_month import PlanFact


def drafted(month: date, plan: MonthPlan | None) -> dict[int, PlanFact]:
    """By seller: everybody who holds clients or works in the month."""
    found = bottom_up(month)
    if found.basis == PlanBasis.NONE:
        return {}
    growth = growth_by_seller(plan)
    overrides = {one.seller_id: one for one in plan.overrides.all()} if plan else {}
    sellers = {*sellers_in(month), *(seller for seller in found.by_seller if seller is not None), *overrides}
    planned = {}
    for seller_id in sellers:
        one = PlanFact(
            seller_id,
            found.basis,
            found.by_seller.get(seller_id, NOTHING),
            growth=growth.get(seller_id, 0.0),
        )
        override = overrides.get(seller_id)
        planned[seller_id] = replace(
            one,
            override=float(override.margin) if override else None,
            reason=override.reason if override else "",
            target=float(override.margin) if override else one.computed,
        )
    return planned


def growth_by_seller(plan: MonthPlan | None) -> dict[int, float]:
    """What sellers have taken on with clients they still hold."""
    if plan is None:
        return {}
    held = plan.steps.filter(client__holder_id=F("seller_id"), client__merged_into__isnull=True)
    rows = held.order_by().values_list("seller_id").annotate(margin=Sum("margin"))
    return {seller_id: float(margin) for seller_id, margin in rows}


def sellers_in(month: date) -> list[int]:
    """Those who sign in to sell and have not left by the month's first day."""
    people = Seller.objects.filter(users__is_active=True, users__role="seller").distinct()
    return list(people.exclude(left_on__lt=month).values_list("pk", flat=True))
