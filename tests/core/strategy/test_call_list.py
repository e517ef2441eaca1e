"""The day's list: reasons, what holds a client back, and the order."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from clientarium.core.strategy import (
    Basis,
    CallRules,
    Candidate,
    Ceiling,
    LineKind,
    PastTouch,
    call_value,
    calls_of_day,
)

ON = date(2026, 3, 30)
RULES = CallRules()

DUE = Candidate(
    client_id=1,
    last_purchase_on=date(2026, 3, 3),
    orders=12,
    typical_gap_days=28,
    rhythm="regular",
    next_order_early=date(2026, 3, 27),
    next_order_late=date(2026, 4, 4),
    p_order_7d=0.7,
    p_alive=0.95,
    p_alive_7d=0.9,
    order_money=10_000,
    year_money=120_000,
)


def before(days):
    return ON - timedelta(days=days)


def listed(*candidates, rules=RULES, on=ON):
    return [(line.client_id, str(line.kind)) for line in calls_of_day(candidates, on=on, rules=rules).lines]


def back(*candidates, rules=RULES, on=ON):
    return [(one.client_id, one.reason, one.until) for one in calls_of_day(candidates, on=on, rules=rules).held_back]


def test_value_is_the_formula_by_hand():
    # 10 000 × 0.7 × 0.1 + 120 000 × (0.95 − 0.9) × 0.2
    assert call_value(DUE, rules=RULES) == pytest.approx(700 + 1200)
    assert call_value(replace(DUE, year_money=None), rules=RULES) == pytest.approx(700)
    assert call_value(replace(DUE, p_order_7d=None), rules=RULES) is None
    assert call_value(replace(DUE, order_money=None), rules=RULES) is None


def test_due_from_two_days_before_the_window_until_its_end():
    assert listed(DUE, on=date(2026, 3, 24)) == []
    assert listed(DUE, on=date(2026, 3, 25)) == [(1, "due")]
    assert listed(DUE, on=date(2026, 4, 4)) == [(1, "due")]
    assert listed(DUE, on=date(2026, 4, 5)) == [(1, "overdue")]
    assert listed(replace(DUE, is_anchor=True), on=date(2026, 4, 5)) == [(1, "anchor_silent")]
    assert listed(replace(DUE, is_lost=True), on=date(2026, 4, 5)) == []


def test_without_a_forecast_the_plain_gap_speaks_and_says_so():
    plain = replace(DUE, next_order_early=None, next_order_late=None, p_order_7d=None)
    (line,) = calls_of_day([plain], on=ON, rules=RULES).lines
    assert (line.kind, line.value, line.reason.basis, line.reason.window_from) == (
        LineKind.DUE,
        None,
        Basis.GAP,
        date(2026, 3, 24),
    )
    assert listed(replace(plain, typical_gap_days=None)) == []


def test_agreed_dates_come_first_all_of_them_the_oldest_promise_first():
    late = replace(DUE, client_id=7, agreed_on=before(2), agreed_at=before(10))
    today = replace(DUE, client_id=8, agreed_on=ON, agreed_at=before(10))
    future = replace(DUE, client_id=9, agreed_on=ON + timedelta(days=1), agreed_at=before(10), typical_gap_days=None,
                     next_order_early=None)  # fmt: skip
    rich = replace(DUE, client_id=2, order_money=1e9)
    assert listed(rich, today, late, future, rules=CallRules(calls_per_day=1)) == [(7, "agreed"), (8, "agreed")]
    assert listed(rich, today, late, rules=CallRules(calls_per_day=3)) == [(7, "agreed"), (8, "agreed"), (2, "due")]


def test_fresh_buyer_is_never_listed_even_by_a_date_agreed_before():
    bought = replace(DUE, last_purchase_on=before(1), next_order_early=before(5), agreed_on=ON, agreed_at=before(20))
    assert (listed(bought), back(bought)) == ([], [(1, "just_bought", ON + timedelta(days=7))])
    # half of a weekly buyer's gap is quiet enough
    weekly = replace(bought, typical_gap_days=7)
    assert back(weekly) == [(1, "just_bought", ON + timedelta(days=4))]
    # what was agreed after the purchase stands
    assert listed(replace(bought, agreed_at=before(1))) == [(1, "agreed")]


def test_told_order_counts_as_a_purchase_before_the_ledger_knows():
    told = replace(DUE, touches=(PastTouch(before(10), ordered=True),))
    assert (listed(told), back(told)) == ([], [])


def test_tightest_ceiling_wins_and_says_until_when():
    touched = (PastTouch(before(60)), PastTouch(before(20)))
    free = replace(DUE, touches=touched, ceilings=(Ceiling(3, 30), Ceiling(3, 92)))
    assert listed(free) == [(1, "due")]
    tight = replace(free, ceilings=(Ceiling(3, 30), Ceiling(1, 92)))
    assert back(tight) == [(1, "ceiling", before(20) + timedelta(days=92))]
    assert back(replace(DUE, ceilings=(Ceiling(0, 365),))) == [(1, "ceiling", None)]
    # five touches until yes or no: for ever
    assert back(replace(DUE, touches=tuple(PastTouch(before(100 + n)) for n in range(5)), ceilings=(Ceiling(5),))) == [
        (1, "ceiling", None)
    ]


def test_his_own_calls_and_calls_nobody_answered_fill_no_ceiling():
    touches = (PastTouch(before(20), is_ours=False), PastTouch(before(19), reached=False))
    assert listed(replace(DUE, touches=touches, ceilings=(Ceiling(1, 92),))) == [(1, "due")]


def test_agreed_date_and_waiting_quote_are_his_own_occasion():
    touches = (PastTouch(before(5), is_quote=True),)
    client = replace(DUE, touches=touches, ceilings=(Ceiling(1, 92),))
    assert listed(client) == [(1, "quote")]
    # a day agreed with the quote is a promise, and a later one is waited for
    promised = replace(client, agreed_on=ON, agreed_at=before(5))
    assert listed(promised, replace(DUE, client_id=2), rules=CallRules(calls_per_day=1)) == [(1, "quote")]
    later = replace(client, agreed_on=ON + timedelta(days=9), agreed_at=before(5))
    assert (listed(later), back(later)) == ([], [(1, "agreed_later", ON + timedelta(days=9))])
    assert listed(replace(promised, touches=(*touches, PastTouch(before(1))))) == [(1, "agreed")]
    assert listed(replace(client, is_stopped=True)) == []


def test_quote_waits_between_its_days_until_answered_or_bought():
    def quoted(days, *more, **fields):
        fields = {"last_purchase_on": before(100), **fields}
        bare = replace(DUE, next_order_early=None, typical_gap_days=None, **fields)
        return listed(replace(bare, touches=(PastTouch(before(days), is_quote=True), *more)))

    assert [quoted(days) for days in (2, 3, 45, 46)] == [[], [(1, "quote")], [(1, "quote")], []]
    assert quoted(10, PastTouch(before(4))) == []
    assert quoted(10, PastTouch(before(4), reached=False)) == [(1, "quote")]
    assert quoted(10, last_purchase_on=before(9)) == []


def test_reached_in_this_window_waits_for_its_end_and_no_answer_is_tried_tomorrow():
    talked = replace(DUE, touches=(PastTouch(date(2026, 3, 21)), PastTouch(date(2026, 3, 26))))
    assert back(talked, on=date(2026, 4, 3)) == [(1, "called", date(2026, 4, 5))]
    assert listed(talked, on=date(2026, 4, 5)) == [(1, "overdue")]
    tried = replace(DUE, touches=(PastTouch(ON, reached=False),))
    assert (back(tried), listed(tried, on=ON + timedelta(days=1))) == (
        [(1, "called", ON + timedelta(days=1))],
        [(1, "due")],
    )


def test_second_purchase_has_its_own_places():
    once = Candidate(
        client_id=5, last_purchase_on=before(14), orders=1, p_order_7d=0.02, order_money=500, year_money=900
    )
    assert listed(once) == [(5, "second_purchase")]
    assert listed(replace(once, last_purchase_on=before(13))) == []
    assert listed(replace(once, last_purchase_on=before(123))) == []
    rich = [replace(DUE, client_id=10 + n) for n in range(20)]
    found = listed(*rich, once, rules=CallRules(calls_per_day=5))
    assert (len(found), found[-1]) == (5, (5, "second_purchase"))
    assert calls_of_day([*rich, once], on=ON, rules=CallRules(calls_per_day=5)).waiting == 16


def test_thrown_away_after_two_mistimed_calls_becomes_visible():
    calls = (PastTouch(date(2026, 3, 4)), PastTouch(date(2026, 3, 10)))
    forgotten = replace(
        DUE, next_order_early=date(2026, 4, 20), next_order_late=date(2026, 5, 20), touches=calls, p_order_7d=0.1
    )
    assert listed(forgotten, on=date(2026, 4, 9)) == []  # 30 days without contact, and not yet near his window
    assert listed(forgotten, on=date(2026, 4, 18)) == [(1, "thrown_away")]
    (line,) = calls_of_day([forgotten], on=date(2026, 4, 18), rules=RULES).lines
    assert line.reason.calls_in_vain == 2
    in_time = replace(forgotten, touches=(*calls[:1], PastTouch(date(2026, 4, 25))))
    assert listed(in_time, on=date(2026, 5, 26)) == [(1, "overdue")]


def test_loss_makers_are_not_called_and_held_out_are_kept_apart():
    loss = replace(DUE, order_money=-100, year_money=-1000)
    assert back(loss) == [(1, "no_gain", None)]
    apart = calls_of_day([replace(DUE, is_held_out=True)], on=ON, rules=RULES)
    assert (apart.lines, [line.client_id for line in apart.held_out]) == ((), [1])
    assert listed(replace(DUE, is_held_out=True, agreed_on=ON, agreed_at=before(9))) == [(1, "agreed")]


def test_order_is_by_value_the_unknown_last_and_stable():
    clients = [
        replace(DUE, client_id=1, order_money=100),
        replace(DUE, client_id=2, order_money=900_000),
        replace(DUE, client_id=3, p_order_7d=None),
        replace(DUE, client_id=4, order_money=100),
    ]
    expected = [(2, "due"), (1, "due"), (4, "due"), (3, "due")]
    assert listed(*clients) == listed(*reversed(clients)) == expected


def test_nobody_and_a_client_without_anything_make_no_list():
    empty = calls_of_day([Candidate(client_id=1)], on=ON, rules=RULES)
    assert (empty.lines, empty.held_back, empty.held_out, empty.waiting) == ((), (), (), 0)
    with pytest.raises(ValueError, match="at least one call"):
        CallRules(calls_per_day=0)


def test_packaged_policy_gives_the_packaged_rules():
    from pathlib import Path

    from clientarium.core.categories import load_policy
    from clientarium.core.strategy import rules_from

    policy = load_policy(Path(__file__).parents[3] / "definitions" / "policy.yaml")
    numbers = {name: line.value for name, line in policy.lines.items() if not isinstance(line.value, str)}
    assert rules_from(numbers) == RULES == rules_from({})


def test_who_asked_not_to_be_called_is_not_listed_but_his_promise_is():
    silent = replace(DUE, asked_not_to=True)
    assert (listed(silent), back(silent)) == ([], [(1, "asked_not_to", None)])
    assert listed(replace(silent, agreed_on=ON, agreed_at=before(9))) == [(1, "agreed")]


def in_win_back(client_id, *, on, money):
    """Lost for half a year, and taken up by win-back for the day `on`."""
    return Candidate(
        client_id,
        last_purchase_on=date(2025, 9, 1),
        orders=9,
        typical_gap_days=28.0,
        is_lost=True,
        win_back_on=on,
        win_back_money=money,
    )


def test_win_back_takes_no_more_places_of_a_day_than_it_was_given():
    steps = [in_win_back(number, on=date(2026, 4, 18), money=1000.0 * number) for number in range(1, 6)]
    assert listed(*steps, on=date(2026, 4, 18)) == [(5, "win_back"), (4, "win_back")]


def test_lost_client_whose_step_is_not_due_or_who_ordered_stays_out():
    later = in_win_back(1, on=date(2026, 4, 19), money=1000.0)
    nobody = in_win_back(2, on=None, money=None)
    ordered = replace(
        in_win_back(3, on=date(2026, 4, 1), money=1000.0), touches=(PastTouch(date(2026, 4, 10), ordered=True),)
    )
    assert listed(later, nobody, ordered, on=date(2026, 4, 18)) == []
