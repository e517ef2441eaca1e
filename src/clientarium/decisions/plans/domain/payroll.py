"""The file for payroll leaves a trace: who took which month."""

from datetime import date

from django.db import transaction

from clientarium.core.strategy import first_day_of
from clientarium.decisions.journal import Entry, record
from clientarium.decisions.people import User

from ..choices import PlanVerb
from .months import require_leader


@transaction.atomic
def note_payroll(month: date, *, form: str, rows: int, by: User) -> Entry:
    """Raises PermissionDenied unless `by` leads the sellers."""
    require_leader(by)
    data = {"month": first_day_of(month), "form": form, "rows": rows}
    return record(PlanVerb.EXPORTED, target=None, by=by, data=data)
