"""The month a decision is about: made by the first decision, locked by each."""

from datetime import date

from django.core.exceptions import PermissionDenied

from clientarium.core.ground import N_, UserError
from clientarium.core.strategy import first_day_of, last_day_of
from clientarium.decisions.clients import state_as_of
from clientarium.decisions.people import User

from ..models import MonthPlan
from ..rules import can_lead_plans


def locked_plan(month: date) -> MonthPlan:
    """The month's plan under lock, made if there is none; within a transaction."""
    plan, _ = MonthPlan.objects.get_or_create(month=first_day_of(month))
    return MonthPlan.objects.select_for_update().get(pk=plan.pk)


def draft_of(month: date) -> MonthPlan:
    """The same, if it is neither approved nor gone by. Raises UserError otherwise."""
    plan = locked_plan(month)
    figures_of = state_as_of()
    if figures_of is not None and figures_of >= last_day_of(plan.month) and not plan.is_approved:
        raise UserError(
            N_("%(month)s is over: nobody could work by a plan made afterwards."),
            cure=N_("A seller’s figure may still be corrected by hand, with a reason."),
            month=str(plan),
        )
    if plan.is_approved:
        raise UserError(
            N_("The plan of %(month)s is approved."),
            cure=N_("Open it again to change what it was made of, or set a seller’s figure by hand with a reason."),
            month=str(plan),
        )
    return plan


def require_leader(by: User) -> None:
    if not can_lead_plans(by):
        raise PermissionDenied


def reason_of(text: str) -> str:
    """`text` if it says something. Raises UserError otherwise."""
    if not text.strip():
        raise UserError(
            N_("The plan of a seller is not changed without a reason."), cure=N_("Write why, in a few words.")
        )
    return text.strip()
