"""«Did it help?»: the calls and the missing calls of a period, and who ordered after them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied

from clientarium.core.readings import order_days
from clientarium.core.strategy import Effect, Group, Moment, effect_of_calls
from clientarium.decisions.clients import state_as_of
from clientarium.decisions.people import User

from ..choices import REACHED_RESULTS, Direction, TouchKind
from ..models import HoldOut, PlannedCall, Touch
from ..rules import can_lead_days
from .definitions import ledger_base
from .hold_outs import current_hold_out
from .policy import policy_numbers
from .touches import standing


@dataclass(frozen=True)
class CallEffect:
    """`window_days`: after a call in which an order counts; `hold_out`: the round now running, None: switched off."""

    first: date
    last: date
    window_days: int
    effect: Effect
    hold_out: HoldOut | None
    facts_until: date | None


@dataclass(frozen=True)
class Occasion:
    """A moment before it is known whether he ordered."""

    client_id: int
    on: date
    group: Group


def effect_of_calls_between(first: date, last: date, *, by: User) -> CallEffect:
    """Orders after the calls of first..last. Raises PermissionDenied unless `by` leads the sellers."""
    if not can_lead_days(by):
        raise PermissionDenied
    until = state_as_of()
    numbers = policy_numbers()
    window, fresh = int(numbers["effect_window_days"]), int(numbers["stale_base_days"])
    occasions = [*_calls(first, last, fresh_days=fresh), *_missing_calls(first, last)]
    moments = list(_judged(occasions, window=timedelta(days=window), until=until))
    return CallEffect(first, last, window, effect_of_calls(moments), current_hold_out(last), until)


def _calls(first: date, last: date, *, fresh_days: int) -> Iterator[Occasion]:
    """Our calls that reached a regular client whose window was known then: an irregular one has no time to be off."""
    calls = Touch.objects.filter(
        standing, on__range=(first, last), kind=TouchKind.CALL, direction=Direction.OUT, result__in=REACHED_RESULTS
    )
    for client_id, on, forecast in calls.order_by("on", "pk").values_list("client_id", "on", "forecast"):
        window = _window(forecast)
        if window and forecast.get("rhythm") == "regular" and is_fresh(forecast, on=on, days=fresh_days):
            yield Occasion(client_id, on, Group.ON_TIME if window[0] <= on <= window[1] else Group.OFF_TIME)


def _missing_calls(first: date, last: date) -> Iterator[Occasion]:
    """Regular clients of the group without calls, on the days they would have stood in the list inside their window."""
    lines = PlannedCall.objects.filter(is_held_out=True, on__range=(first, last)).order_by("on", "pk")
    for client_id, on, forecast in lines.values_list("client_id", "on", "forecast"):
        window = _window(forecast)
        if window and window[0] <= on <= window[1]:
            yield Occasion(client_id, on, Group.NO_CALL)


def is_fresh(forecast: dict[str, str], *, on: date, days: int) -> bool:
    """Whether the forecast was of those days: an old one cannot say what was on time."""
    as_of = forecast.get("as_of")
    return as_of is not None and 0 <= (on - date.fromisoformat(as_of)).days <= days


def _window(forecast: dict[str, str]) -> tuple[date, date] | None:
    early, late = forecast.get("next_order_early"), forecast.get("next_order_late")
    return (date.fromisoformat(early), date.fromisoformat(late)) if early and late else None


def _judged(occasions: list[Occasion], *, window: timedelta, until: date | None) -> Iterator[Moment]:
    """The occasions with what the ledger says of the days after them; an order counts from the day of the call on."""
    if not occasions or until is None:
        return
    ids = sorted({one.client_id for one in occasions})
    first, last = min(one.on for one in occasions), max(one.on for one in occasions)
    bought = order_days(ledger_base(), client_ids=ids, after=first - timedelta(days=1), until=min(until, last + window))
    for one in occasions:
        ends = one.on + window
        ordered = any(one.on <= day <= ends for day in bought.get(one.client_id, ()))
        yield Moment(one.client_id, one.on, one.group, ordered if ends <= until else None)
