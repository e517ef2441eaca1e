"""Growth steps: what a seller takes on with a client beyond what would come anyway."""

from datetime import date
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.clients import Client
from clientarium.decisions.journal import record
from clientarium.decisions.people import User

from ..choices import PlanVerb
from ..models import GrowthStep
from ..rules import can_answer_growth
from .months import draft_of


@transaction.atomic
def answer_growth(month: date, client: Client, *, margin: Decimal, step: str = "", by: User) -> GrowthStep:
    """The holder's answer: so much margin more this month, 0 for none. `client` is one `by` may see.

    Raises PermissionDenied for somebody else's client; UserError below zero, for a client nobody holds, and in an
    approved month.
    """
    seller = client.holder
    if seller is None:
        raise UserError(N_("Nobody holds “%(client)s”: there is nobody to take it on."), client=client.name)
    if not can_answer_growth(by, seller):
        raise PermissionDenied
    if margin < 0:
        raise UserError(N_("A growth step cannot be below zero."), cure=N_("0 means: asked, nothing this month."))
    plan = draft_of(month)
    before = GrowthStep.objects.filter(plan=plan, client=client, seller=seller).first()
    told = None if before is None else before.margin
    found, _ = GrowthStep.objects.update_or_create(
        plan=plan,
        client=client,
        seller=seller,
        defaults={"margin": margin, "step": step.strip()[:300], "by": by, "at": timezone.now()},
    )
    data = {"month": plan.month, "from": told, "to": margin, "step": found.step}
    record(PlanVerb.STEP_ACCEPTED, target=client, by=by, data=data)
    return found


@transaction.atomic
def remove_answer(month: date, client: Client, *, by: User) -> None:
    """Not asked again. Raises as answer_growth, and UserError where there is no answer."""
    seller = client.holder
    if seller is None or not can_answer_growth(by, seller):
        raise PermissionDenied
    plan = draft_of(month)
    found = GrowthStep.objects.filter(plan=plan, client=client, seller=seller).first()
    if found is None:
        raise UserError(N_("Nobody has been asked about “%(client)s” yet."), client=client.name)
    data = {"month": plan.month, "margin": found.margin, "step": found.step}
    found.delete()
    record(PlanVerb.STEP_REMOVED, target=client, by=by, data=data)
