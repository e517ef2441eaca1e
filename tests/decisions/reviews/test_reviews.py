"""Holding a review: its answers are kept, its end is once, its reminders come in time."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from tests.decisions.reviews.conftest import AS_OF, base, client_row, home, publish

__all__ = ["base", "home"]


def opened(by, kind="base"):
    from clientarium.decisions.reviews import open_review

    return open_review(kind, by=by, today=AS_OF)


def told(review, by):
    """{question: [(client, money)]}."""
    from clientarium.decisions.reviews import answers_read

    return {
        str(read.answer.question): [(one.line.name, one.line.money) for one in read.lines]
        for read in answers_read(review, by=by)
    }


def test_five_questions_are_answered_from_the_data(base):
    review = opened(base.head)
    assert told(review, base.head) == {
        "stronger": [("Берёза", Decimal(400))],
        "weaker": [(base.cedar.name, Decimal(-300))],
        "gone": [("Вяз", Decimal(12_000))],
        "neglected": [("Берёза", Decimal(1000))],
        "outgrown": [(base.dill.name, Decimal(-250))],
    }
    assert (review.as_of, review.ledger_version, review.since, review.measure) == (AS_OF, 7, None, "margin")
    neglected = review.answers.get(question="neglected")
    assert neglected.lines.get().facts == {"quiet_days": 120}
    assert neglected.missing == ["no_potential"]


def test_answers_stay_as_they_were_when_the_data_changes(base):
    review = opened(base.owner)
    before = told(review, base.owner)
    publish({base.birch: client_row(margin_12m_change=Decimal(-900))}, as_of=AS_OF + timedelta(days=30))
    assert told(review, base.owner) == before


def test_a_missed_date_and_an_unanswered_quote_are_neglect(base):
    from clientarium.decisions.contacts import Touch

    Touch.objects.create(
        client=base.cedar, by=base.boris, on=date(2026, 3, 2), result="call_later", next_on=date(2026, 3, 10)
    )
    Touch.objects.create(
        client=base.birch, by=base.anna, on=date(2026, 3, 1), result="quote_sent", next_on=date(2026, 4, 10)
    )
    review = opened(base.head)
    facts = {line.name: line.facts for line in review.answers.get(question="neglected").lines.all()}
    assert facts == {
        "Берёза": {"quiet_days": 120, "quote_on": "2026-03-01"},
        base.cedar.name: {"missed_on": "2026-03-10"},
    }


def test_nothing_computed_opens_no_review(home, cast):
    with pytest.raises(UserError, match="Nothing is counted yet"):
        opened(cast.owner)


def test_a_second_one_of_a_kind_waits_for_the_first(base):
    opened(base.owner)
    with pytest.raises(UserError, match="under way"):
        opened(base.head)
    assert opened(base.head, kind="grades").kind == "grades"


@pytest.mark.parametrize("who", ["anna", "marketer", "support", "administrator", "nobody"])
def test_only_owner_and_head_hold_reviews(base, who):
    from clientarium.decisions.reviews import due_reviews, reviews_visible_to

    opened(base.owner)
    with pytest.raises(PermissionDenied):
        opened(getattr(base, who), kind="grades")
    assert (list(reviews_visible_to(getattr(base, who))), due_reviews(getattr(base, who))) == ([], [])


def test_a_review_is_closed_once(base):
    from clientarium.decisions.journal import Entry
    from clientarium.decisions.reviews import close_review

    review = close_review(opened(base.owner), summary="Видно всё", by=base.owner, today=AS_OF)
    assert (review.closed_on, review.closed_by, review.summary) == (AS_OF, base.owner, "Видно всё")
    with pytest.raises(UserError, match="closed already"):
        close_review(review, summary="Ещё раз", by=base.head, today=AS_OF)
    assert list(Entry.objects.filter(verb__startswith="review_").order_by("pk").values_list("verb", flat=True)) == [
        "review_opened",
        "review_closed",
    ]


def test_the_last_one_opens_again_with_a_reason(base):
    from clientarium.decisions.reviews import close_review, reopen_review

    review = close_review(opened(base.owner), summary="", by=base.owner, today=AS_OF)
    with pytest.raises(UserError, match="Say why"):
        reopen_review(review, reason=" ", by=base.owner)
    assert not reopen_review(review, reason="забыли", by=base.owner).is_closed
    close_review(review, summary="", by=base.owner, today=AS_OF)
    opened(base.owner)
    with pytest.raises(UserError, match="later review"):
        reopen_review(review, reason="забыли", by=base.owner)


def test_a_note_is_not_written_over_somebody_elses(base):
    from clientarium.decisions.reviews import close_review, write_note

    review = opened(base.owner)
    answer = review.answers.get(question="gone")
    seen = answer.changed_at.isoformat()
    write_note(answer, "Позвонит владелец", by=base.owner, seen_at=seen)
    with pytest.raises(UserError, match="meanwhile"):
        write_note(answer, "Другое", by=base.head, seen_at=seen)
    close_review(review, summary="", by=base.owner, today=AS_OF)
    with pytest.raises(UserError, match="is closed"):
        write_note(answer, "Поздно", by=base.owner)
    assert review.answers.get(question="gone").note == "Позвонит владелец"


def test_reminders_come_before_the_time_runs_out(base):
    from clientarium.decisions.reviews import close_review, due_reviews

    def due(day):
        return {str(one.kind): (one.days_left, one.is_near, one.is_due) for one in due_reviews(base.head, today=day)}

    assert due(AS_OF) == {"grades": (None, True, True), "base": (None, True, True)}
    review = opened(base.head, kind="grades")
    assert due(AS_OF)["grades"] == (None, False, False)  # under way
    close_review(review, summary="", by=base.head, today=AS_OF)
    assert due(AS_OF)["grades"] == (92, False, False)
    assert due(AS_OF + timedelta(days=80))["grades"] == (12, True, False)
    assert due(AS_OF + timedelta(days=95))["grades"] == (-3, True, True)


def test_revenue_stands_in_where_no_cost_is_known(home, cast):
    publish({cast.birch: {"revenue_12m": Decimal(9000), "orders_12m": 3, "grade": "A", "days_since_last_touch": 200}})
    review = opened(cast.owner)
    assert (review.measure, told(review, cast.owner)["neglected"]) == ("revenue", [("Берёза", Decimal(9000))])
    assert review.answers.get(question="stronger").missing == ["no_earlier_snapshot"]
