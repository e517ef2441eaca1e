"""Whom to call today: few, ordered by what calling today is worth; agreed dates first.

Worth of calling client i today, in money (issue 3, point 5):

    value_i = order_money_i · P(order in 7 days)_i · on_time_gain
            + year_money_i · (P(alive)_i − P(alive after 7 more silent days)_i) · rescue_gain

1. A call on time keeps or brings the part `on_time_gain` of an order that is about to come.
2. A week of silence costs the part of the year's margin by which P(alive) falls; a call brings back `rescue_gain`.
3. Both gains are the same for all clients until «Did it help?» measures them; they are lines of the policy.
4. A client in win-back is worth what his return may bring in a year times `rescue_gain`; at most `winback_lines` of
   them stand in a day, for such a talk is longer and harder.
5. Where the chance of an order is not known there is no value, and the line says so and comes after those with one.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from clientarium.core.strategy.call_candidate import Basis, Candidate, LineKind
from clientarium.core.strategy.call_kind import OCCASIONS, HeldBack, held_back, kind_of, waiting_quote
from clientarium.core.strategy.call_rules import CallRules


@dataclass(frozen=True)
class Reason:
    """The line's reason as numbers: days, dates and money; None where it does not apply or is not known.

    gap_days ± spread_days: the usual gap and half the width of the 80 % window; overdue_days: after the window's end.
    """

    kind: LineKind
    basis: Basis
    days_since: int | None = None
    gap_days: float | None = None
    spread_days: int | None = None
    rhythm: str = "unknown"
    window_from: date | None = None
    window_until: date | None = None
    overdue_days: int | None = None
    agreed_on: date | None = None
    agreed_at: date | None = None
    quote_on: date | None = None
    calls_in_vain: int | None = None
    p_order_7d: float | None = None


@dataclass(frozen=True)
class Line:
    """One call to make; `value` in the money of the base, None where it cannot be told."""

    client_id: int
    kind: LineKind
    value: float | None
    reason: Reason

    @property
    def is_promise(self) -> bool:
        """A day agreed with the client has come."""
        return self.reason.agreed_on is not None


@dataclass(frozen=True)
class CallList:
    """`lines` in the order of the day; `waiting`: how many more had a reason but no room; `held_out`: as `lines`,
    for clients of the group without calls."""

    lines: tuple[Line, ...]
    held_back: tuple[HeldBack, ...]
    held_out: tuple[Line, ...]
    waiting: int


def calls_of_day(candidates: Iterable[Candidate], *, on: date, rules: CallRules) -> CallList:
    """The list of one seller for the day `on`. Same input in any order, same list."""
    lines: list[Line] = []
    back: list[HeldBack] = []
    held_out: list[Line] = []
    for candidate in sorted(candidates, key=lambda one: one.client_id):
        kind = kind_of(candidate, on=on, rules=rules)
        if kind is None:
            continue
        line = Line(candidate.client_id, kind, call_value(candidate, rules=rules), reason_of(candidate, kind, on=on))
        barrier = held_back(candidate, kind, on=on, rules=rules) or _without_gain(line)
        if barrier is None:
            lines.append(line)
        elif barrier.reason == "held_out":
            held_out.append(line)
        else:
            back.append(barrier)
    chosen = chosen_lines(lines, rules=rules)
    return CallList(chosen, tuple(back), tuple(held_out), len(lines) - len(chosen))


def call_value(candidate: Candidate, *, rules: CallRules) -> float | None:
    """The formula of this module; None where the chance of an order or the money of one is not known."""
    if candidate.is_lost and candidate.win_back_money is not None:
        return candidate.win_back_money * rules.rescue_gain
    if candidate.p_order_7d is None or candidate.order_money is None or candidate.has_ordered_since:
        return None
    on_time = candidate.order_money * candidate.p_order_7d * rules.on_time_gain
    if candidate.year_money is None or candidate.p_alive is None or candidate.p_alive_7d is None:
        return on_time
    return on_time + candidate.year_money * max(0.0, candidate.p_alive - candidate.p_alive_7d) * rules.rescue_gain


def chosen_lines(lines: Sequence[Line], *, rules: CallRules) -> tuple[Line, ...]:
    """All agreed dates; then the best by value, with a few places kept for what value alone would always put last."""
    agreed = sorted((line for line in lines if line.is_promise), key=_by_promise)
    others = sorted((line for line in lines if not line.is_promise), key=_by_value)
    room = max(0, rules.calls_per_day - len(agreed))
    places = {
        LineKind.QUOTE: rules.quote_lines,
        LineKind.SECOND_PURCHASE: rules.second_purchase_lines,
        LineKind.THROWN_AWAY: rules.thrown_away_lines,
        LineKind.WIN_BACK: rules.winback_lines,
    }
    kept: list[Line] = []
    for kind, number in places.items():
        kept += [line for line in others if line.kind is kind][:number]
    kept = kept[:room]
    rest = [line for line in others if line not in kept and line.kind is not LineKind.WIN_BACK][: room - len(kept)]
    return (*agreed, *sorted([*kept, *rest], key=_by_value))


def reason_of(candidate: Candidate, kind: LineKind, *, on: date) -> Reason:
    window = candidate.window
    bought, gap = candidate.bought_on, candidate.typical_gap_days
    is_timed = kind not in OCCASIONS and window is not None
    is_promise = candidate.agreed_on is not None and candidate.agreed_on <= on
    in_vain = [t for t in candidate.touches if t.is_ours and t.is_call and (bought is None or t.on > bought)]
    return Reason(
        kind=kind,
        basis=window.basis if window else Basis.NONE,
        days_since=candidate.days_since_purchase(on),
        gap_days=gap,
        spread_days=round((window.late - window.early).days / 2) if window and window.basis is Basis.FORECAST else None,
        rhythm=candidate.rhythm,
        window_from=window.early if window else None,
        window_until=window.late if window else None,
        overdue_days=(on - window.late).days if is_timed and window and on > window.late else None,
        agreed_on=candidate.agreed_on if is_promise else None,
        agreed_at=candidate.agreed_at if is_promise else None,
        quote_on=waiting_quote(candidate) if kind is LineKind.QUOTE else None,
        calls_in_vain=len(in_vain) if kind is LineKind.THROWN_AWAY else None,
        p_order_7d=candidate.p_order_7d,
    )


def _without_gain(line: Line) -> HeldBack | None:
    """A client who loses money with each order is not worth a call of ours; a promise is kept all the same."""
    is_loss = line.kind not in OCCASIONS and (line.value or 0.0) < 0
    return HeldBack(line.client_id, "no_gain", line.kind) if is_loss else None


def _by_promise(line: Line) -> tuple[object, ...]:
    return (line.reason.agreed_on, *_by_value(line))


def _by_value(line: Line) -> tuple[bool, float, int]:
    return (line.value is None, -(line.value or 0.0), line.client_id)
