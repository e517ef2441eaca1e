"""An approved plan: read as it was approved, whatever has been counted since."""

from ..choices import PlanBasis
from ..models import MonthPlan
from .expected import PlanSum
from .growth import asked_by_seller
from .seller_month import PlanFact


def frozen(plan: MonthPlan) -> dict[int, PlanFact]:
    """By seller. The leader's figure may have been changed since the approval; it is part of the target at once."""
    asked = asked_by_seller(plan)
    overrides = {one.seller_id: one for one in plan.overrides.all()}
    found = {}
    for one in plan.sellers.all():
        override = overrides.get(one.seller_id)
        found[one.seller_id] = PlanFact(
            one.seller_id,
            PlanBasis.FROZEN,
            PlanSum(one.margin, one.low, one.high, one.clients, one.orders, one.buyers, one.assumed, one.variance),
            growth=one.growth,
            asked=asked.get(one.seller_id, 0),
            winback=one.winback,
            winback_clients=one.winback_clients,
            newcomer=one.newcomer,
            share=one.share,
            override=float(override.margin) if override else None,
            reason=override.reason if override else "",
            target=float(override.margin) if override else one.target,
        )
    return found
