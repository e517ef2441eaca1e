"""Making the plans of a day: for one seller or for all of them with one reading of the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.core.strategy import CallList, Line, PastTouch, calls_of_day
from clientarium.decisions.clients import state_as_of
from clientarium.decisions.people import Seller

from ..choices import LineKind
from ..models import DayPlan, PlannedCall, Touch
from ..queries.candidates import candidates_of, past_touches, state_rows
from ..queries.definitions import current_rules
from ..queries.forecasts import plain
from ..queries.line_facts import line_facts
from ..queries.touches import last_words_with


@dataclass(frozen=True)
class Draft:
    """A plan not yet written: the list, the numbers of its clients, what the ledger adds, and his last words."""

    seller: Seller
    on: date
    as_of: date | None
    chosen: CallList
    numbers: Mapping[int, Mapping[str, Any]]
    facts: Mapping[int, Mapping[str, Any]]
    words: Mapping[int, Touch]
    last: Mapping[int, Mapping[str, Any]]


def draft_plans(sellers: Sequence[Seller], *, on: date) -> list[Draft]:
    """The plans of `sellers` for `on`, in their order. Raises UserError for a day before the published state."""
    as_of = state_as_of()
    if as_of is not None and on < as_of:
        raise UserError(
            N_("No day was planned for %(day)s."),
            cure=N_("The figures are of %(as_of)s: choose that day or a later one."),
            day=f"{on:%d.%m.%Y}",
            as_of=f"{as_of:%d.%m.%Y}",
        )
    rules = current_rules()
    rows = {seller.pk: state_rows(seller) for seller in sellers}
    touches = past_touches([client_id for portfolio in rows.values() for client_id in portfolio], on=on)
    words = {seller.pk: last_words_with(seller) for seller in sellers}
    chosen = {
        seller.pk: calls_of_day(
            candidates_of(seller, rows[seller.pk], on=on, touches=touches, words=words[seller.pk]), on=on, rules=rules
        )
        for seller in sellers
    }
    listed = [line.client_id for made in chosen.values() for line in (*made.lines, *made.held_out)]
    facts = line_facts(listed, until=on)
    last = {who: _last_contact(touches[who]) for who in listed if who in touches}
    return [
        Draft(seller, on, as_of, chosen[seller.pk], rows[seller.pk], facts, words[seller.pk], last)
        for seller in sellers
    ]


def write_plan(draft: Draft) -> DayPlan:
    """The plan and its lines in place of what stands there; the caller holds the transaction and the lock."""
    DayPlan.objects.filter(seller=draft.seller, on=draft.on).delete()
    plan = DayPlan.objects.create(
        seller=draft.seller,
        on=draft.on,
        as_of=draft.as_of,
        held_back=_held_back(draft.chosen),
        waiting=draft.chosen.waiting,
    )
    lines = [*draft.chosen.lines, *draft.chosen.held_out]
    PlannedCall.objects.bulk_create(
        PlannedCall(
            day=plan,
            client_id=line.client_id,
            seller_id=plan.seller_id,
            on=plan.on,
            rank=rank,
            kind=str(line.kind),
            value=line.value,
            reason={
                **reason_data(line, on=plan.on),
                **draft.facts.get(line.client_id, {}),
                **draft.last.get(line.client_id, {}),
            },
            forecast={name: plain(value) for name, value in draft.numbers.get(line.client_id, {}).items()},
            agreed_in=draft.words.get(line.client_id) if line.is_promise else None,
            is_held_out=line in draft.chosen.held_out,
        )
        for rank, line in enumerate(lines, start=1)
    )
    return plan


def agreed_for(plan: DayPlan, agreed: Mapping[int, Touch]) -> dict[int, Touch]:
    """Those of the agreements in force that are of this day, and not in its plan yet."""
    of_the_day = {
        who: touch for who, touch in agreed.items() if touch.next_on == plan.on and not touch.client.is_stopped
    }
    if of_the_day:
        for who in plan.calls.filter(is_held_out=False, client_id__in=of_the_day).values_list("client_id", flat=True):
            del of_the_day[who]
    return of_the_day


def add_agreed(plan: DayPlan, *, agreed: Mapping[int, Touch]) -> None:
    """Dates agreed for this day after it was planned come at its end; of a line that stands nothing changes."""
    if not agreed:
        return
    last = max(plan.calls.values_list("rank", flat=True), default=0)
    facts = line_facts(list(agreed), until=plan.on)
    PlannedCall.objects.filter(day=plan, is_held_out=True, client_id__in=list(agreed)).delete()
    for rank, touch in enumerate(sorted(agreed.values(), key=lambda one: one.pk), start=last + 1):
        reason = {"kind": "agreed", "agreed_on": plain(touch.next_on), "agreed_at": plain(touch.on)}
        PlannedCall.objects.create(
            day=plan,
            client_id=touch.client_id,
            seller_id=plan.seller_id,
            on=plan.on,
            rank=rank,
            kind=LineKind.AGREED,
            reason=reason | facts.get(touch.client_id, {}),
            forecast=touch.forecast,
            agreed_in=touch,
            added_at=timezone.now(),
        )


def reason_data(line: Line, *, on: date) -> dict[str, Any]:
    """The reason as JSON: unknown numbers left out, days in ISO."""
    data = {name: plain(value) for name, value in asdict(line.reason).items() if value is not None}
    data |= {"kind": str(line.reason.kind), "basis": str(line.reason.basis)}
    if line.reason.agreed_on and line.reason.agreed_on < on:
        data["promise_late_days"] = (on - line.reason.agreed_on).days
    return data


def _last_contact(touches: Sequence[PastTouch]) -> dict[str, Any]:
    latest = touches[-1]
    return {"last_contact": {"on": plain(latest.on), "kind": latest.kind}}


def _held_back(chosen: CallList) -> list[dict[str, Any]]:
    return [
        {"client": one.client_id, "reason": one.reason, "kind": str(one.kind), "until": plain(one.until)}
        for one in chosen.held_back
    ]
