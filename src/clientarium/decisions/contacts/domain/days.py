"""A seller's day: planned once, stable under his hands, open for what is agreed meanwhile."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clientarium.decisions.clients import current_publication
from clientarium.decisions.people import Seller, User

from ..models import DayPlan, Touch
from ..queries.day_lines import Day, lines_of, progress_of
from ..queries.touches import agreements_with, standing
from ..queries.working_days import is_past, next_working_day, working_day
from ..rules import can_see_day
from .planning import add_agreed, agreed_for, draft_plans, write_plan


def day_of(seller: Seller, on: date | None = None, *, by: User | None, today: date | None = None) -> Day:
    """The day of `seller` (`on` None: the working day), planned now if nobody has yet.

    `by` None: the program itself. Raises PermissionDenied for a day `by` may not see, UserError for a day before the
    published state that was never planned.
    """
    if by is not None and not can_see_day(by, seller):
        raise PermissionDenied
    current = working_day(today=today)
    on = on or current
    plan = plan_day(seller, on, is_opened=by is not None and on <= current)
    lines = lines_of(plan)
    planned = {line.call.client_id for line in lines}
    beside = Touch.objects.filter(standing, on=on, seller=seller).exclude(client_id__in=planned)
    return Day(
        seller=seller,
        on=on,
        as_of=plan.as_of,
        is_past_base=plan.as_of is not None and is_past(plan.as_of, today=today or timezone.localdate()),
        lines=lines,
        progress=progress_of(lines, extra=beside.count()),
        held_back=plan.held_back,
        waiting=plan.waiting,
    )


def plan_day(seller: Seller, on: date, *, is_opened: bool = False) -> DayPlan:
    """The plan of the day: the one that stands, or a new one where there is none or newer data came before its opening.

    A page that only looks at an opened day writes nothing: SQLite has one writer for the whole company.
    Raises UserError for a day before the published state that was never planned.
    """
    plan = plan_that_stands(seller, on)
    if plan is not None and plan.opened_at is not None and not agreed_for(plan, agreements_with(seller)):
        return plan
    return _write_day(seller, on, is_opened=is_opened)


@transaction.atomic
def _write_day(seller: Seller, on: date, *, is_opened: bool) -> DayPlan:
    Seller.objects.select_for_update().get(pk=seller.pk)  # two tabs opened at once plan one day
    plan = plan_that_stands(seller, on) or write_plan(draft_plans([seller], on=on)[0])
    if is_opened and plan.opened_at is None:
        plan.opened_at = timezone.now()
        plan.save(update_fields=["opened_at"])
    add_agreed(plan, agreed=agreed_for(plan, agreements_with(seller)))
    return plan


def plan_days(*, today: date | None = None) -> int:
    """Plan the coming day of every seller who signs in (today if he has not opened it, else the next); how many.

    All are drafted by one reading of the ledger and written one by one.
    """
    current = working_day(today=today)
    begun = set(DayPlan.objects.filter(on=current, opened_at__isnull=False).values_list("seller_id", flat=True))
    days: dict[date, list[Seller]] = {}
    for seller in sellers_who_sign_in():
        days.setdefault(next_working_day(current) if seller.pk in begun else current, []).append(seller)
    planned = 0
    for on, sellers in days.items():
        for draft in draft_plans([one for one in sellers if plan_that_stands(one, on) is None], on=on):
            with transaction.atomic():
                Seller.objects.select_for_update().get(pk=draft.seller.pk)
                if plan_that_stands(draft.seller, on) is None:
                    write_plan(draft)
                    planned += 1
    return planned


def plan_that_stands(seller: Seller, on: date) -> DayPlan | None:
    """The plan of that day, unless newer data came before anybody opened it or did anything in it."""
    plan = DayPlan.objects.filter(seller=seller, on=on).first()
    if plan is None or plan.opened_at is not None:
        return plan
    publication = current_publication()
    if publication is None or publication.published_at <= plan.made_at:
        return plan
    return plan if plan.calls.filter(outcome__isnull=False).exists() else None


def sellers_who_sign_in() -> list[Seller]:
    """Sellers with a working login, by name."""
    return list(Seller.objects.filter(users__is_active=True).distinct().order_by("name", "pk"))
