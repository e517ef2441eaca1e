"""Why, if at all, a client belongs into the list of a day; and what holds him back."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from clientarium.core.strategy.call_candidate import Candidate, Ceiling, LineKind, PastTouch
from clientarium.core.strategy.call_rules import CallRules

OCCASIONS = (LineKind.AGREED, LineKind.QUOTE)
"""The client himself gave the reason to call: ceilings of contact are about calls without one (1.6.5)."""

MEMORY_DAYS = 365
"""Mistimed calls of more than a year ago tell nothing of today's seller."""


@dataclass(frozen=True)
class HeldBack:
    """A client the list would have named.

    `reason`: agreed_later, asked_not_to, just_bought, called, ceiling, held_out, no_gain, stopped.
    `until`: the first day that is free again; None where it is not a matter of days.
    """

    client_id: int
    reason: str
    kind: LineKind
    until: date | None = None
    ceiling: Ceiling | None = None


def kind_of(candidate: Candidate, *, on: date, rules: CallRules) -> LineKind | None:
    """The first reason that fits, in the order of how much it binds us; None: no call today."""
    if candidate.agreed_on and candidate.agreed_on <= on:
        return LineKind.QUOTE if waiting_quote(candidate) else LineKind.AGREED
    if quote_waits(candidate, on=on, rules=rules):
        return LineKind.QUOTE
    if candidate.is_lost:  # win-back is another work than the daily round: only whom it has taken up comes here
        return LineKind.WIN_BACK if is_won_back_on(candidate, on=on) else None
    window = candidate.window
    is_late = window is not None and on > window.late
    if is_late and candidate.is_anchor:
        return LineKind.ANCHOR_SILENT
    if waits_for_second_purchase(candidate, on=on, rules=rules):
        return LineKind.SECOND_PURCHASE
    if is_thrown_away(candidate, on=on, rules=rules):
        return LineKind.THROWN_AWAY
    if is_late:
        return LineKind.OVERDUE
    if window is not None and window.early - timedelta(days=rules.call_ahead_days) <= on:
        return LineKind.DUE
    return None


def is_won_back_on(candidate: Candidate, *, on: date) -> bool:
    """The next step of his win-back is due, and he has not ordered meanwhile."""
    return candidate.win_back_on is not None and candidate.win_back_on <= on and not candidate.has_ordered_since


def quote_waits(candidate: Candidate, *, on: date, rules: CallRules) -> bool:
    """A quote was sent long enough ago, not too long, and nobody has bought or answered since (1.9.8)."""
    sent = waiting_quote(candidate)
    return sent is not None and rules.quote_wait_days <= (on - sent).days <= rules.quote_forget_days


def waiting_quote(candidate: Candidate) -> date | None:
    """The day the last quote was sent, if he has neither bought nor been reached since."""
    sent = max((touch.on for touch in candidate.touches if touch.is_quote), default=None)
    if sent is None or (candidate.bought_on is not None and candidate.bought_on >= sent):
        return None
    return None if any(touch.on > sent and touch.reached for touch in candidate.touches) else sent


def waits_for_second_purchase(candidate: Candidate, *, on: date, rules: CallRules) -> bool:
    """He bought once and does not start again by himself (1.9.4)."""
    days = candidate.days_since_purchase(on)
    return (
        candidate.orders == 1
        and not candidate.has_ordered_since
        and days is not None
        and rules.second_purchase_from_days <= days <= rules.second_purchase_until_days
    )


def is_thrown_away(candidate: Candidate, *, on: date, rules: CallRules) -> bool:
    """Called at the wrong time twice since his last order, then forgotten (1.9.5): now within reach of his window."""
    window = candidate.window
    if window is None or on < window.early - timedelta(days=rules.call_ahead_days):
        return False
    calls = [t for t in _since_purchase(candidate) if t.is_ours and t.is_call and (on - t.on).days <= MEMORY_DAYS]
    mistimed = [t for t in calls if not window.early <= t.on <= window.late]
    if len(mistimed) < rules.mistimed_calls or len(mistimed) < len(calls):
        return False
    return (on - max(touch.on for touch in candidate.touches)).days > rules.thrown_away_days


def held_back(candidate: Candidate, kind: LineKind, *, on: date, rules: CallRules) -> HeldBack | None:
    """What forbids the call today; None: nothing does."""
    who = candidate.client_id
    if candidate.is_stopped:
        return HeldBack(who, "stopped", kind)
    if candidate.agreed_on and candidate.agreed_on > on:
        return HeldBack(who, "agreed_later", kind, candidate.agreed_on)
    if free_on := _quiet_until(candidate, kind, on=on, rules=rules):
        return HeldBack(who, "just_bought", kind, free_on)
    if kind in OCCASIONS:
        return None
    if candidate.asked_not_to:
        return HeldBack(who, "asked_not_to", kind)
    if free_on := _called_until(candidate, on=on, rules=rules):
        return HeldBack(who, "called", kind, free_on)
    if kind is LineKind.DUE and _reached_in_window(candidate, rules=rules):
        return HeldBack(who, "called", kind, candidate.window.late + timedelta(days=1) if candidate.window else None)
    for ceiling in candidate.ceilings:
        if is_reached(ceiling, candidate.touches, on=on):
            return HeldBack(who, "ceiling", kind, free_again(ceiling, candidate.touches, on=on), ceiling)
    return HeldBack(who, "held_out", kind) if candidate.is_held_out else None


def is_reached(ceiling: Ceiling, touches: tuple[PastTouch, ...], *, on: date) -> bool:
    """Whether one more touch of ours would pass the ceiling."""
    return len(_counted(ceiling, touches, on=on)) >= ceiling.count


def free_again(ceiling: Ceiling, touches: tuple[PastTouch, ...], *, on: date) -> date | None:
    """The first day on which the ceiling leaves room; None for a ceiling without days, or of no touch at all."""
    if ceiling.count == 0 or ceiling.days is None:
        return None
    counted = sorted(_counted(ceiling, touches, on=on))
    return counted[len(counted) - ceiling.count] + timedelta(days=ceiling.days)


def _counted(ceiling: Ceiling, touches: tuple[PastTouch, ...], *, on: date) -> list[date]:
    """Days of touches of ours that reached a person inside the ceiling's days before `on`."""
    first = date.min if ceiling.days is None else on - timedelta(days=ceiling.days - 1)
    return [touch.on for touch in touches if touch.is_ours and touch.reached and first <= touch.on <= on]


def _quiet_until(candidate: Candidate, kind: LineKind, *, on: date, rules: CallRules) -> date | None:
    """The first day after the quiet of a fresh purchase: half of his own gap, not longer than the policy's days.

    A date agreed on the day of the purchase or later stands; one agreed before it was about the order he has made, and
    waits for the quiet to pass.
    """
    bought = candidate.bought_on
    if bought is None:
        return None
    if kind in OCCASIONS and candidate.agreed_at and candidate.agreed_at >= bought:
        return None
    half_gap = ceil(candidate.typical_gap_days / 2) if candidate.typical_gap_days else rules.just_bought_days
    free_on = bought + timedelta(days=1 + max(1, min(rules.just_bought_days, half_gap)))
    return free_on if on < free_on else None


def _called_until(candidate: Candidate, *, on: date, rules: CallRules) -> date | None:
    """A person was reached lately, by whoever began: let him be. A call nobody answered may be tried again tomorrow."""
    reached = [touch.on for touch in candidate.touches if touch.reached]
    tried = [touch.on for touch in candidate.touches if touch.is_ours]
    free = [day + timedelta(days=rules.least_days_between_calls) for day in reached] + [
        day + timedelta(days=1) for day in tried
    ]
    free_on = max(free, default=None)
    return free_on if free_on and on < free_on else None


def _reached_in_window(candidate: Candidate, *, rules: CallRules) -> bool:
    """The one call of this window was made: the next is due when the order is late."""
    window = candidate.window
    assert window is not None
    opened = window.early - timedelta(days=rules.call_ahead_days)
    return any(t.is_ours and t.reached and t.is_call and t.on >= opened for t in _since_purchase(candidate))


def _since_purchase(candidate: Candidate) -> list[PastTouch]:
    bought = candidate.bought_on
    return [touch for touch in candidate.touches if bought is None or touch.on > bought]
