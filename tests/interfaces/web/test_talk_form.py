"""The form of a talk: the days it offers, what it reads from an answer, and what it never takes."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.utils import translation

from clientarium.core.ground import UserError
from clientarium.decisions.contacts import Check, Talk
from clientarium.interfaces.web.talk_form import TalkForm, next_choices, talk_of

FRIDAY, MONDAY = date(2026, 3, 27), date(2026, 3, 30)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def line(pk, *, kind="phone", value="+7 912 000 11 22", person="Ирина"):
    return SimpleNamespace(
        contact=SimpleNamespace(pk=pk, kind=kind, value=value, person=person), confirmed_on=None, is_wrong=False
    )


def answer(text):
    return QueryDict(text)


def offered(state, *, on):
    return [(choice.day.isoformat(), choice.title) for choice in next_choices(state, on=on)]


def test_days_offered_are_working_days():
    assert offered(None, on=FRIDAY) == [
        ("2026-03-30", "on the next working day"),
        ("2026-04-03", "in a week"),
        ("2026-04-10", "in two weeks"),
        ("2026-04-27", "in a month"),
    ]
    assert offered(None, on=MONDAY)[0] == ("2026-03-31", "tomorrow")


def test_his_own_rhythm_names_the_day():
    state = SimpleNamespace(typical_gap_days=13.6, next_order_on=date(2026, 4, 6))
    assert offered(state, on=MONDAY) == [
        ("2026-03-31", "tomorrow"),
        ("2026-04-06", "before the expected order"),
        ("2026-04-13", "in his usual gap"),
        ("2026-04-29", "in a month"),
    ]


@pytest.mark.parametrize(
    "state",
    [
        SimpleNamespace(typical_gap_days=None, next_order_on=None),
        SimpleNamespace(typical_gap_days=0.0, next_order_on=MONDAY),
        SimpleNamespace(typical_gap_days=0.4, next_order_on=date(2020, 1, 1)),
    ],
)
def test_a_rhythm_that_says_nothing_offers_nothing(state):
    assert len(next_choices(state, on=MONDAY)) == 4


def test_days_offered_always_lie_ahead():
    state = SimpleNamespace(typical_gap_days=1.0, next_order_on=date(2026, 3, 31))
    assert all(choice.day > MONDAY for choice in next_choices(state, on=MONDAY))


def test_an_answer_becomes_a_talk():
    said = answer("result=refused&refusal_reason=price&next=none&no_next_reason=by_rhythm&minutes=4,5&comment=дорого")
    assert talk_of(said, [line(7)]) == Talk(
        result="refused",
        kind="call",
        direction="out",
        minutes=Decimal("4.5"),
        refusal_reason="price",
        comment="дорого",
        next_on=None,
        no_next_reason="by_rhythm",
        contact_id=7,
        checks=(),
    )


def test_hidden_parts_of_the_form_are_not_taken():
    said = answer("result=ordered&refusal_reason=price&next=2026-04-13&next_on=2026-05-01&no_next_reason=closed")
    talk = talk_of(said, [])
    assert (talk.refusal_reason, talk.next_on, talk.no_next_reason) == ("", date(2026, 4, 13), "")


def test_the_number_dialled_is_one_of_the_clients():
    two = [line(7), line(8)]
    assert talk_of(answer("result=no_answer&contact=8"), two).contact_id == 8
    assert talk_of(answer("result=no_answer&contact=999"), two).contact_id is None
    assert talk_of(answer("result=no_answer"), two).contact_id is None
    assert talk_of(answer("result=no_answer"), [line(7), line(9, kind="email")]).contact_id == 7


def test_checks_tell_of_the_number_and_of_the_person():
    said = answer("result=no_answer&check-7=changed&value-7=+%2B7 1 &person-7=Ирина&check-8=wrong&person-8=Пётр")
    assert talk_of(said, [line(7), line(8), line(9)]).checks == (
        Check(what="phone", finding="changed", contact_id=7, value="+7 1"),
        Check(what="person", finding="confirmed", contact_id=7, value=""),
        Check(what="phone", finding="wrong", contact_id=8, value=""),
    )


@pytest.mark.parametrize(
    "said", ["minutes=пять", "next=other&next_on=завтра", "next=2026-13-01", "next=2026-02-30", "minutes=1.2.3"]
)
def test_nonsense_is_a_refusal_in_words(said):
    with pytest.raises(UserError):
        talk_of(answer("result=reached&" + said), [])


def test_a_refused_form_shows_what_was_said_of_each_contact():
    form = TalkForm(
        contacts=[line(7), line(8, person="")],
        on=MONDAY,
        days=[],
        said={"check-7": "changed", "value-7": "+7 1", "person-7": "Олег"},
    )
    assert [(one["key"], one["finding"], one["value"], one["person"]) for one in form.checks] == [
        (7, "changed", "+7 1", "Олег"),
        (8, "", "", ""),
    ]
