"""The seller's day: who stands in it and why, that it stays, and that nobody sees another's."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from tests.cast import make_client
from tests.decisions.contacts.published import AS_OF, MONDAY, TUESDAY, publish

CANARY = "canary"


def talk(result, **fields):
    from clientarium.decisions.contacts import Talk

    return Talk(result=result, **fields)


def lines(day):
    return [(line.client.name, str(line.kind), line.is_done) for line in day.lines]


def test_due_client_stands_with_his_reason(base):
    from clientarium.decisions.contacts import day_of

    day = day_of(base.anna_sells, MONDAY, by=base.anna, today=MONDAY)
    assert lines(day) == [("Берёза", "due", False)]
    (line,) = day.lines
    assert line.sentence("ru") == "Обычно берёт раз в 28 ± 4 дня, прошло 27 дней"
    assert line.sentence("en") == "Usually buys every 28 ± 4 days, 27 days have passed"
    # 120 000 / 12 × 0.7 × 0.1 + 120 000 × 0.05 × 0.2
    assert round(line.call.value) == 700 + 1200
    assert (day.progress.planned, day.progress.done) == (1, 0)


def test_nobody_sees_another_sellers_day(base):
    from clientarium.decisions.contacts import PlannedCall, day_of

    for user in (base.anna, base.nobody):
        with pytest.raises(PermissionDenied):
            day_of(base.boris_sells, MONDAY, by=user, today=MONDAY)
    assert not PlannedCall.objects.exists()
    assert lines(day_of(base.boris_sells, MONDAY, by=base.head, today=MONDAY)) == [(base.cedar.name, "due", False)]


def test_client_passed_on_leaves_the_day_at_once(base):
    from clientarium.decisions.clients import transfer_client
    from clientarium.decisions.contacts import day_of

    day_of(base.boris_sells, MONDAY, by=base.boris, today=MONDAY)
    transfer_client(base.cedar, to=base.anna_sells, on=date(2090, 1, 1), reason="обмен", by=base.head)
    assert CANARY not in repr(day_of(base.boris_sells, MONDAY, by=base.boris, today=MONDAY))


def test_day_stays_as_planned_and_next_day_follows_new_data(base):
    from clientarium.decisions.contacts import day_of

    day_of(base.anna_sells, MONDAY, by=base.anna, today=MONDAY)
    day_of(base.anna_sells, TUESDAY, by=base.anna, today=MONDAY)
    publish(TUESDAY - timedelta(days=1), {base.birch: {"last_purchase_on": MONDAY, "purchase_days_all": 13}})
    assert lines(day_of(base.anna_sells, MONDAY, by=base.anna, today=MONDAY)) == [("Берёза", "due", False)]
    assert lines(day_of(base.anna_sells, TUESDAY, by=base.anna, today=MONDAY)) == []


def test_talk_closes_the_line_and_agreed_date_opens_another(base):
    from clientarium.decisions.contacts import day_of, record_touch

    day_of(base.anna_sells, MONDAY, by=base.anna, today=MONDAY)
    record_touch(base.birch, talk("call_later", next_on=TUESDAY), on=MONDAY, by=base.anna)
    day = day_of(base.anna_sells, MONDAY, by=base.anna, today=MONDAY)
    assert lines(day) == [("Берёза", "due", True)]
    assert (day.progress.done, day.progress.reached, day.progress.ordered, day.progress.left) == (1, 1, 0, 0)
    tomorrow = day_of(base.anna_sells, TUESDAY, by=base.anna, today=TUESDAY)
    assert lines(tomorrow) == [("Берёза", "agreed", False)]
    assert tomorrow.lines[0].sentence("ru").startswith("Договорились 30.03.2026 созвониться сегодня")


def test_date_agreed_for_a_planned_day_comes_at_its_end(base):
    from clientarium.decisions.contacts import day_of, record_touch

    other = make_client("Ольха", holder=base.anna_sells)
    assert len(day_of(base.anna_sells, MONDAY, by=base.anna, today=MONDAY).lines) == 1
    record_touch(other, talk("call_later", next_on=MONDAY), on=MONDAY, by=base.anna)
    day = day_of(base.anna_sells, MONDAY, by=base.anna, today=MONDAY)
    assert lines(day) == [("Берёза", "due", False), ("Ольха", "agreed", False)]


def test_promise_not_kept_comes_again_and_is_counted(base):
    from clientarium.decisions.contacts import coverage, day_of, record_touch

    record_touch(base.birch, talk("call_later", next_on=MONDAY), on=AS_OF - timedelta(days=5), by=base.anna)
    day_of(base.anna_sells, MONDAY, by=base.anna, today=MONDAY)
    day = day_of(base.anna_sells, TUESDAY, by=base.anna, today=TUESDAY)
    assert (lines(day), day.progress.overdue) == ([("Берёза", "agreed", False)], 1)
    total = coverage(TUESDAY, TUESDAY, by=base.head).total
    assert (total.planned, total.done, total.overdue) == (1, 0, 1)


def test_no_answer_is_an_attempt_and_the_promise_stays(base):
    from clientarium.decisions.contacts import day_of, record_touch

    record_touch(base.birch, talk("call_later", next_on=MONDAY), on=AS_OF - timedelta(days=5), by=base.anna)
    day_of(base.anna_sells, MONDAY, by=base.anna, today=MONDAY)
    record_touch(base.birch, talk("no_answer"), on=MONDAY, by=base.anna)
    day = day_of(base.anna_sells, MONDAY, by=base.anna, today=MONDAY)
    assert (day.progress.done, day.progress.reached) == (1, 0)
    assert lines(day_of(base.anna_sells, TUESDAY, by=base.anna, today=TUESDAY)) == [("Берёза", "agreed", False)]


def test_fresh_buyer_is_never_listed(base):
    from clientarium.decisions.contacts import day_of, record_touch

    record_touch(base.birch, talk("ordered", no_next_reason="by_rhythm"), on=AS_OF - timedelta(days=1), by=base.anna)
    assert lines(day_of(base.anna_sells, MONDAY, by=base.anna, today=MONDAY)) == []


def test_day_before_the_figures_is_refused_in_words(base):
    from clientarium.decisions.contacts import day_of

    with pytest.raises(UserError, match="No day was planned"):
        day_of(base.anna_sells, AS_OF - timedelta(days=3), by=base.anna, today=MONDAY)


def test_past_base_shows_the_day_after_its_data(base):
    from clientarium.decisions.contacts import day_of, working_day

    assert working_day(today=MONDAY) == MONDAY
    assert working_day(today=date(2026, 4, 4)) == date(2026, 4, 6)
    assert working_day(today=date(2028, 1, 1)) == TUESDAY
    day = day_of(base.anna_sells, by=base.anna, today=date(2028, 1, 1))
    assert (day.on, day.is_past_base) == (TUESDAY, True)


def test_coverage_is_for_those_who_lead(base):
    from clientarium.decisions.contacts import coverage, day_of

    for user in (base.anna, base.marketer, base.support):
        with pytest.raises(PermissionDenied):
            coverage(MONDAY, MONDAY, by=user)
    for seller in (base.anna_sells, base.boris_sells):
        day_of(seller, MONDAY, by=base.head, today=MONDAY)
    found = coverage(MONDAY, MONDAY, by=base.head)
    assert [(row.seller.name, row.progress.planned) for row in found.sellers] == [("Анна", 1), ("Борис", 1)]


def test_asked_not_to_be_called_holds_until_another_talk(base):
    from clientarium.decisions.contacts import day_of, record_touch

    asked = talk("refused", refusal_reason="no_need", no_next_reason="asked_not_to")
    record_touch(base.birch, asked, on=date(2026, 3, 5), by=base.anna)
    day = day_of(base.anna_sells, MONDAY, by=base.anna, today=MONDAY)
    assert (lines(day), [one["reason"] for one in day.held_back]) == ([], ["asked_not_to"])
    record_touch(base.birch, talk("call_later", next_on=TUESDAY), on=MONDAY, by=base.anna)
    assert lines(day_of(base.anna_sells, TUESDAY, by=base.anna, today=TUESDAY)) == [("Берёза", "agreed", False)]


def test_whoever_refused_is_left_in_peace(base):
    from clientarium.decisions.contacts import day_of

    rows = {
        one: {"rhythm": "regular", "next_order_early": date(2026, 3, 27), "next_order_late": date(2026, 4, 4),
              "last_purchase_on": date(2026, 3, 3), "purchase_days_all": 12, "typical_gap_days": 28.0,
              "p_order_7d": 0.7, "p_alive": 0.95, "expected_margin_365d": 120_000, "orders_12m": 12,
              "margin_12m": 120_000, "has_refused": has_refused}
        for one, has_refused in ((base.birch, 1), (base.cedar, 0))
    }  # fmt: skip
    publish(AS_OF, rows)
    assert lines(day_of(base.anna_sells, MONDAY, by=base.anna, today=MONDAY)) == []
    assert lines(day_of(base.boris_sells, MONDAY, by=base.boris, today=MONDAY)) == [(base.cedar.name, "due", False)]
