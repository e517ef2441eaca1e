"""Noting when a seller is away: his hours of the month shrink by those days, his clients stay his."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import Seller, User

from ..choices import PortfolioVerb
from ..models import Absence
from ..rules import can_lead_portfolios


@transaction.atomic
def note_absence(seller: Seller, *, first_day: date, last_day: date | None, reason: str, by: User) -> Absence:
    """`last_day` None: until further notice. Raises UserError: no reason, ends before it begins, overlaps another."""
    if not can_lead_portfolios(by):
        raise PermissionDenied
    if not reason.strip():
        raise UserError(N_("This needs a reason."))
    if last_day is not None and last_day < first_day:
        raise UserError(N_("An absence cannot end before it begins."))
    seller = Seller.objects.select_for_update().get(pk=seller.pk)
    meets = Q(last_day__isnull=True) | Q(last_day__gte=first_day)
    others = Absence.objects.filter(meets, seller=seller)
    if last_day is not None:
        others = others.filter(first_day__lte=last_day)
    if other := others.first():
        raise UserError(
            N_("“%(seller)s” is away from %(day)s already."),
            cure=N_("Take that absence back first."),
            seller=seller.name,
            day=other.first_day,
        )
    absence = Absence.objects.create(
        seller=seller, first_day=first_day, last_day=last_day, reason=reason.strip(), by=by
    )
    data = {"first_day": first_day, "last_day": last_day}
    record(PortfolioVerb.ABSENCE_SET, target=seller, by=by, reason=absence.reason, data=data)
    return absence


@transaction.atomic
def remove_absence(absence: Absence, *, by: User) -> None:
    """The journal keeps it, so that it can be noted again."""
    if not can_lead_portfolios(by):
        raise PermissionDenied
    absence = Absence.objects.select_for_update().get(pk=absence.pk)
    data = {"first_day": absence.first_day, "last_day": absence.last_day, "reason": absence.reason}
    record(PortfolioVerb.ABSENCE_REMOVED, target=absence.seller, by=by, data=data)
    absence.delete()
