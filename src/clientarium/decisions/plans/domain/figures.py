"""The leader's figures: for the firm, and for a seller where he knows better than the sum of the clients."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import Seller, User

from ..choices import PlanVerb, Spread
from ..models import MonthPlan, SellerOverride
from ..queries.plan_fact import planned_of
from .months import draft_of, locked_plan, reason_of, require_leader


@transaction.atomic
def set_figure(month: date, *, margin: Decimal | None, spread: str, by: User) -> MonthPlan:
    """The firm's figure from above and how it is spread; it stands beside the plan and changes nobody's.

    Raises PermissionDenied unless `by` leads; UserError below zero or where the month is approved.
    """
    require_leader(by)
    if margin is not None and margin < 0:
        raise UserError(N_("A plan cannot be below zero."))
    plan = draft_of(month)
    before = {"margin": plan.top_down, "spread": plan.spread}
    plan.top_down, plan.spread = margin, Spread(spread)
    plan.save(update_fields=["top_down", "spread"])
    data = {"month": plan.month, "from": before, "to": {"margin": margin, "spread": spread}}
    record(PlanVerb.FIGURE_SET, target=plan, by=by, data=data)
    return plan


@transaction.atomic
def override_plan(month: date, seller: Seller, *, margin: Decimal, reason: str, by: User) -> SellerOverride:
    """The leader's figure is the seller's plan from now on; the computed one is kept beside it. Also when approved."""
    require_leader(by)
    reason = reason_of(reason)
    if margin < 0:
        raise UserError(N_("A plan cannot be below zero."))
    plan = locked_plan(month)
    planned = planned_of(plan.month, plan).get(seller.pk)
    if planned is None:
        raise UserError(N_("%(seller)s does not work in %(month)s."), seller=seller.name, month=str(plan))
    return _override(plan, seller.pk, margin=margin, computed=planned.computed, reason=reason, by=by)


@transaction.atomic
def remove_override(month: date, seller: Seller, *, by: User) -> None:
    """The computed figure is the plan again. Raises UserError where there is no other."""
    require_leader(by)
    plan = locked_plan(month)
    override = SellerOverride.objects.filter(plan=plan, seller=seller).first()
    if override is None:
        raise UserError(N_("The plan of %(seller)s is the computed one already."), seller=seller.name)
    data = {"month": plan.month, "margin": override.margin, "reason": override.reason}
    override.delete()
    record(PlanVerb.OVERRIDE_REMOVED, target=seller, by=by, data=data)


@transaction.atomic
def take_spread(month: date, *, reason: str, by: User) -> int:
    """Make each seller's share of the firm's figure his plan; how many. Raises UserError where no figure is set."""
    require_leader(by)
    reason = reason_of(reason)
    plan = draft_of(month)
    planned = planned_of(plan.month, plan)
    shares = {seller_id: one.share for seller_id, one in planned.items() if one.share is not None}
    if not shares:
        raise UserError(N_("There is no figure to spread."), cure=N_("Set the firm’s figure of the month first."))
    for seller_id, share in shares.items():
        margin = Decimal(str(share))
        _override(plan, seller_id, margin=margin, computed=planned[seller_id].computed, reason=reason, by=by)
    data = {"month": plan.month, "margin": plan.top_down, "spread": plan.spread, "sellers": len(shares)}
    record(PlanVerb.SPREAD_TAKEN, target=plan, by=by, reason=reason, data=data)
    return len(shares)


def _override(
    plan: MonthPlan, seller_id: int, *, margin: Decimal, computed: float, reason: str, by: User
) -> SellerOverride:
    before = SellerOverride.objects.filter(plan=plan, seller_id=seller_id).values_list("margin", flat=True).first()
    worked_out = Decimal(str(round(computed, 2)))
    override, _ = SellerOverride.objects.update_or_create(
        plan=plan,
        seller_id=seller_id,
        defaults={"margin": margin, "computed": worked_out, "reason": reason, "by": by, "at": timezone.now()},
    )
    data = {"month": plan.month, "from": before, "to": margin, "computed": worked_out}
    record(PlanVerb.OVERRIDDEN, target=override.seller, by=by, reason=reason, data=data)
    return override
