"""Decisions: nobody forgotten, no owner who has left, and what their clients brought before and after."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from clientarium.core.ground import UserError
from clientarium.decisions.reviews import Wording
from tests.decisions.reviews.conftest import AS_OF, base, client_row, home, publish
from tests.decisions.winback.conftest import buy

__all__ = ["base", "home"]

DUE = date(2026, 4, 30)


@pytest.fixture
def review(base):
    from clientarium.decisions.reviews import open_review

    return open_review("base", by=base.owner, today=AS_OF)


def decided(base, review, **values):
    from clientarium.decisions.reviews import decide

    said = {"text": "Съездить", "owner": base.anna, "due_on": DUE, "expected": None, "client_ids": ()} | values
    return decide(review, Wording(**said), by=base.head, question="weaker", today=AS_OF)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"owner": None}, "needs somebody"),
        ({"due_on": None}, "needs a day"),
        ({"due_on": AS_OF - timedelta(days=1)}, "past already"),
        ({"text": "  "}, "Write what"),
        ({"expected": Decimal(10) ** 19}, "too large"),
    ],
)
def test_a_decision_without_owner_day_or_words_is_refused(base, review, values, words):
    with pytest.raises(UserError, match=words):
        decided(base, review, **values)
    assert review.decisions.count() == 0


def test_a_dismissed_person_answers_for_nothing(base, review):
    type(base.anna).objects.filter(pk=base.anna.pk).update(is_active=False)
    base.anna.refresh_from_db()
    with pytest.raises(UserError, match="has left"):
        decided(base, review)


def test_a_decision_whose_owner_leaves_holds_the_closing_until_it_is_given_to_another(base, review):
    from clientarium.decisions.journal import deactivate_user
    from clientarium.decisions.reviews import change_decision, close_review, my_decisions

    decision = decided(base, review)
    deactivate_user(base.anna, by=base.owner)
    assert [line.is_orphan for line in my_decisions(base.head, today=AS_OF)] == [True]  # the leaders see it
    with pytest.raises(UserError, match="nobody to answer"):
        close_review(review, summary="", by=base.owner, today=AS_OF)
    change_decision(decision, Wording("Съездить", base.boris, DUE), by=base.head, today=AS_OF)
    assert my_decisions(base.head, today=AS_OF) == []
    assert close_review(review, summary="", by=base.owner, today=AS_OF).is_closed


def test_a_seller_sees_his_own_decisions_and_the_clients_he_holds(base, review):
    from clientarium.decisions.reviews import decisions_visible_to, lines_of, my_decisions

    decided(base, review, client_ids=(base.birch.pk, base.cedar.pk), expected=Decimal(5000))
    decided(base, review, owner=base.boris, text="Чужое решение")
    (line,) = my_decisions(base.anna, today=AS_OF)
    assert ([one.name for one in line.clients], line.hidden, line.can_end) == (["Берёза"], 1, True)
    assert decisions_visible_to(base.anna).count() == 1
    assert decisions_visible_to(base.marketer).count() == 0
    everything = lines_of(list(decisions_visible_to(base.head)), by=base.head, today=AS_OF)
    assert [(len(one.clients), one.hidden) for one in everything] == [(2, 0), (0, 0)]


def test_a_foreign_client_is_not_named(base, review):
    from clientarium.decisions.clients import Client
    from clientarium.decisions.reviews import decide

    with pytest.raises(Client.DoesNotExist):
        decided(base, review, client_ids=(10**9,))
    with pytest.raises(PermissionDenied):
        decide(review, Wording("Сам", base.anna, DUE), by=base.anna, today=AS_OF)


def test_its_owner_ends_it_with_a_word_and_another_cannot(base, review):
    from clientarium.decisions.reviews import Decision, drop_decision, finish_decision, resume_decision

    decision = decided(base, review)
    with pytest.raises(Decision.DoesNotExist):
        finish_decision(decision, "Сделал", by=base.boris, today=AS_OF)
    with pytest.raises(UserError, match="Say what came"):
        finish_decision(decision, "", by=base.anna, today=AS_OF)
    with pytest.raises(PermissionDenied):
        drop_decision(decision, "Не хочу", by=base.anna, today=AS_OF)
    done = finish_decision(decision, "Вернули объёмы", by=base.anna, today=AS_OF)
    assert (done.state, done.outcome, done.ended_by) == ("done", "Вернули объёмы", base.anna)
    with pytest.raises(UserError, match="ended already"):
        finish_decision(decision, "Ещё раз", by=base.head, today=AS_OF)
    assert resume_decision(decision, by=base.anna).is_open


def test_nothing_is_decided_in_a_closed_review_but_its_decisions_still_end(base, review):
    from clientarium.decisions.reviews import close_review, finish_decision

    decision = decided(base, review)
    close_review(review, summary="", by=base.owner, today=AS_OF)
    with pytest.raises(UserError, match="is closed"):
        decided(base, review)
    assert finish_decision(decision, "Сделано", by=base.head, today=AS_OF).state == "done"


def test_the_facts_of_its_clients_stand_before_and_after_the_day(home, base, review):
    from clientarium.decisions.reviews import lines_of, results_of

    decision = decided(base, review, client_ids=(base.birch.pk,))
    day = decision.decided_on
    before, after = (day - timedelta(days=10)).isoformat(), (day + timedelta(days=10)).isoformat()
    too_old = (day - timedelta(days=100)).isoformat()
    buy(home, "i1", (base.birch, too_old, 9000, 1000), (base.birch, before, 500, 300), (base.birch, after, 900, 400))
    lines = lines_of([decision], by=base.head, today=AS_OF)
    (early,) = results_of(lines, by=base.head, until=day + timedelta(days=29))
    assert (early.around.days, early.around.before, early.around.after, early.is_early) == (30, 200, 500, True)
    (ripe,) = results_of(lines, by=base.head, until=day + timedelta(days=59))
    assert (ripe.around.days, ripe.change, ripe.is_early) == (60, 300, False)
    publish({base.birch: client_row()}, as_of=day - timedelta(days=1))
    assert results_of(lines, by=base.head)[0].around is None  # no day of facts since


def test_a_decision_stands_without_a_review(base):
    from clientarium.decisions.reviews import decide

    decision = decide(None, Wording("Проверить цены", base.head, DUE), by=base.head, today=AS_OF)
    assert (decision.review, decision.question, decision.is_open) == (None, "", True)
