"""The sentences of «Помогли ли звонки?», from moments in sight to words."""

from datetime import date

import pytest
from django.utils import translation

from clientarium.core.strategy import Group, Moment, effect_of_calls
from clientarium.interfaces.web.effect_page import Answer, answer_by_call, answer_by_time, group_rows

DAY = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def effect(**groups):
    """`on_time=(ordered, clients)`: so many clients of the group, the first of them with an order."""
    moments, client = [], 0
    for group, (ordered, clients) in groups.items():
        for number in range(clients):
            client += 1
            moments.append(Moment(client, DAY, Group(group), number < ordered))
    return effect_of_calls(moments)


def test_a_call_that_helps_is_said_with_its_range():
    found = effect(on_time=(120, 200), no_call=(60, 150))
    assert answer_by_call(found) == Answer(
        "Of a hundred clients called on time, 20 more order than of a hundred without a call.",
        note="Chance allowed for, the difference is most likely between 9 and 30 (95 %).",
        kind="good",
    )


def test_a_call_that_hinders_is_a_warning():
    found = answer_by_call(effect(on_time=(60, 150), no_call=(120, 200)))
    assert found == Answer(
        "Of a hundred clients called on time, 20 fewer order than of a hundred without a call.",
        note="Chance allowed for, the difference is most likely between 9 and 30 (95 %). "
        "Listen to a few calls: something in them hinders.",
        kind="warn",
    )


def test_no_difference_is_not_called_no_effect():
    assert answer_by_call(effect(on_time=(20, 40), no_call=(18, 40))) == Answer(
        "No difference can be seen: of a hundred clients between −16 and +26.",
        note="That does not say that calls are of no use: so few clients would not show a small difference.",
    )


@pytest.mark.parametrize(
    ("groups", "needed"),
    [
        (
            {},
            (
                "Called on time: 0 of 30 clients, 30 more are needed.",
                "Without a call, by lot: nobody yet. A leader switches such a group on below.",
            ),
        ),
        (
            {"on_time": (12, 29), "no_call": (5, 30)},
            ("Called on time: 29 of 30 clients, 1 more are needed.",),
        ),
        (
            {"on_time": (36, 40), "no_call": (3, 31)},
            (
                "Called on time: 36 ordered and 4 did not; at least 5 of each are needed.",
                "Without a call, by lot: 3 ordered and 28 did not; at least 5 of each are needed.",
            ),
        ),
    ],
)
def test_what_lacks_for_an_answer_is_counted(groups, needed):
    assert answer_by_call(effect(**groups)) == Answer("Not enough data yet.", needed=needed)


def test_on_time_against_off_time_is_never_praised():
    found = answer_by_time(effect(on_time=(120, 200), off_time=(60, 150)))
    assert (found.text, found.kind) == (
        "Of a hundred called on time, 20 more order than of a hundred called off time.",
        "",
    )
    assert answer_by_time(effect(on_time=(60, 150), off_time=(120, 200))).text == (
        "Of a hundred called on time, 20 fewer order than of a hundred called off time."
    )


def test_rows_draw_the_interval_with_a_point_in_every_language():
    found = effect(on_time=(9, 15))
    with translation.override("ru"):
        rows = group_rows(found)
    assert [row.bar for row in rows] == [{"low": "35.7", "width": "44.4", "share": "60.0"}, None, None]
