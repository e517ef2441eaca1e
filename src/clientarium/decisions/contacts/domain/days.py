"""A seller's day: planned once, stable under his hands, open for what is agreed meanwhile."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.core.readings import last_orders
from clientarium.core.strategy import CallList, Line, calls_of_day
from clientarium.decisions.clients import current_publication, state_as_of
from clientarium.decisions.people import Seller, User

from ..choices import LineKind
from ..models import DayPlan, PlannedCall, Touch
from ..queries.candidates import candidates_of
from ..queries.day_lines import Day, lines_of, progress_of
from ..queries.definitions import current_rules, ledger_base
from ..queries.forecasts import plain
from ..queries.touches import agreed_for, standing
from ..queries.working_days import is_past, next_working_day, working_day
from ..rules import can_see_day

Offers = Mapping[int, Sequence[Mapping[str, Any]]]
"""What to offer, by client: mappings with `name` and `why` ('lost', 'due', 'similar')."""


def day_of(
    seller: Seller, on: date | None = None, *, by: User | None, offers: Offers | None = None, today: date | None = None
) -> Day:
    """The day of `seller` (`on` None: the working day), planned now if nobody has yet.

    `by` None: the program itself. Raises PermissionDenied for a day `by` may not see, UserError for a day before the
    published state that was never planned.
    """
    if by is not None and not can_see_day(by, seller):
        raise PermissionDenied
    current = working_day(today=today)
    on = on or current
    plan = plan_day(seller, on, is_opened=on <= current)
    lines = lines_of(plan, offers=offers)
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


@transaction.atomic
def plan_day(seller: Seller, on: date, *, is_opened: bool = False) -> DayPlan:
    """The plan of the day: the one that stands, or a new one where there is none or newer data came before its opening.

    Raises UserError for a day before the published state that was never planned.
    """
    Seller.objects.select_for_update().get(pk=seller.pk)  # two tabs opened at once plan one day
    plan = DayPlan.objects.filter(seller=seller, on=on).first()
    publication = current_publication()
    is_newer = plan is not None and publication is not None and publication.published_at > plan.made_at
    if plan is None or (plan.opened_at is None and is_newer and not plan.calls.filter(outcome__isnull=False).exists()):
        plan = _make(seller, on, replacing=plan)
    if is_opened and plan.opened_at is None:
        plan.opened_at = timezone.now()
        plan.save(update_fields=["opened_at"])
    _add_agreed(plan)
    return plan


def plan_days(*, today: date | None = None, sellers: Iterable[Seller] | None = None) -> int:
    """Plan the coming day of every seller who signs in (today if he has not opened it, else the next); how many."""
    current = working_day(today=today)
    planned = 0
    for seller in sellers if sellers is not None else sellers_who_sign_in():
        is_open = DayPlan.objects.filter(seller=seller, on=current, opened_at__isnull=False).exists()
        plan_day(seller, next_working_day(current) if is_open else current)
        planned += 1
    return planned


def sellers_who_sign_in() -> list[Seller]:
    """Sellers with a working login, by name."""
    return list(Seller.objects.filter(users__is_active=True).distinct().order_by("name", "pk"))


def _make(seller: Seller, on: date, *, replacing: DayPlan | None) -> DayPlan:
    as_of = state_as_of()
    if as_of is not None and on < as_of:
        raise UserError(
            N_("No day was planned for %(day)s."),
            cure=N_("The figures are of %(as_of)s: choose that day or a later one."),
            day=f"{on:%d.%m.%Y}",
            as_of=f"{as_of:%d.%m.%Y}",
        )
    candidates, numbers = candidates_of(seller, on=on)
    chosen = calls_of_day(candidates, on=on, rules=current_rules())
    if replacing is not None:
        replacing.delete()
    plan = DayPlan.objects.create(
        seller=seller, on=on, as_of=as_of, held_back=_held_back(chosen), waiting=chosen.waiting
    )
    _write_lines(plan, chosen, numbers=numbers)
    return plan


def _write_lines(plan: DayPlan, chosen: CallList, *, numbers: Mapping[int, Mapping[str, Any]]) -> None:
    agreed = agreed_for(plan.seller, until=plan.on)
    lines = [*chosen.lines, *chosen.held_out]
    extra = _last_orders([line.client_id for line in lines], until=plan.on)
    PlannedCall.objects.bulk_create(
        PlannedCall(
            day=plan,
            client_id=line.client_id,
            seller_id=plan.seller_id,
            on=plan.on,
            rank=rank,
            kind=str(line.kind),
            value=line.value,
            reason=reason_data(line, on=plan.on) | extra.get(line.client_id, {}),
            forecast=dict(numbers.get(line.client_id, {})),
            agreed_in=agreed.get(line.client_id) if str(line.kind) == LineKind.AGREED else None,
            is_held_out=line in chosen.held_out,
        )
        for rank, line in enumerate(lines, start=1)
    )


def _add_agreed(plan: DayPlan) -> None:
    """Dates agreed for this day after it was planned come at its end; of a line that stands nothing changes."""
    listed = set(plan.calls.filter(is_held_out=False).values_list("client_id", flat=True))
    new = [
        touch
        for touch in agreed_for(plan.seller, until=plan.on).values()
        if touch.client_id not in listed and touch.next_on == plan.on and not touch.client.is_stopped
    ]
    if not new:
        return
    last = max(plan.calls.values_list("rank", flat=True), default=0)
    extra = _last_orders([touch.client_id for touch in new], until=plan.on)
    PlannedCall.objects.filter(day=plan, is_held_out=True, client_id__in=[touch.client_id for touch in new]).delete()
    for rank, touch in enumerate(sorted(new, key=lambda one: one.pk), start=last + 1):
        reason = {"kind": "agreed", "agreed_on": plain(touch.next_on), "agreed_at": plain(touch.on)}
        PlannedCall.objects.create(
            day=plan,
            client_id=touch.client_id,
            seller_id=plan.seller_id,
            on=plan.on,
            rank=rank,
            kind=LineKind.AGREED,
            reason=reason | extra.get(touch.client_id, {}),
            forecast=touch.forecast,
            agreed_in=touch,
            added_at=timezone.now(),
        )


def reason_data(line: Line, *, on: date) -> dict[str, Any]:
    """The reason as JSON: unknown numbers left out, days in ISO."""
    data = {name: plain(value) for name, value in asdict(line.reason).items() if value is not None}
    data = {name: str(value) if name in ("kind", "basis") else value for name, value in data.items()}
    if line.reason.agreed_on and line.reason.agreed_on < on:
        data["promise_late_days"] = (on - line.reason.agreed_on).days
    return data


def _held_back(chosen: CallList) -> list[dict[str, Any]]:
    return [
        {"client": one.client_id, "reason": one.reason, "kind": str(one.kind), "until": plain(one.until)}
        for one in chosen.held_back
    ]


def _last_orders(client_ids: Sequence[int], *, until: date) -> dict[int, dict[str, Any]]:
    """What each bought last, for the sentence; nothing where the ledger is empty."""
    base = ledger_base()
    if not client_ids or base.ledger.version() < 0:
        return {}
    orders = last_orders(base, client_ids=client_ids, until=until)
    return {
        who: {"last_order_on": plain(order.sold_on), "last_order_revenue": float(order.revenue)}
        for who, order in orders.items()
    }
