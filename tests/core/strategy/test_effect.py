"""Intervals against published tables, and the rule of "not enough data yet"."""

from datetime import date, timedelta

import pytest

from clientarium.core.strategy import Group, Moment, effect_of_calls
from clientarium.core.strategy.effect import newcombe, wilson

DAY = date(2026, 3, 2)


def of(group, ordered, clients, *, first_id):
    return [Moment(first_id + n, DAY, group, n < ordered) for n in range(clients)]


@pytest.mark.parametrize(
    ("ordered", "clients", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_published(ordered, clients, low, high):
    """Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3."""
    share = wilson(ordered, clients)
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)


@pytest.mark.parametrize(
    ("first", "second", "low", "high"),
    [((56, 70), (48, 80), 0.0524, 0.3339), ((9, 10), (3, 10), 0.1705, 0.8090), ((5, 56), (0, 29), -0.0381, 0.1926)],
)
def test_newcombe_as_published(first, second, low, high):
    """Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10."""
    shares = {Group.ON_TIME: wilson(*first), Group.NO_CALL: wilson(*second)}
    found = newcombe(shares, of=Group.ON_TIME, against=Group.NO_CALL)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_enough_data_gives_a_certain_difference():
    effect = effect_of_calls(
        [
            *of(Group.ON_TIME, 56, 70, first_id=0),
            *of(Group.NO_CALL, 48, 80, first_id=1000),
            *of(Group.OFF_TIME, 4, 40, first_id=2000),
        ]
    )
    assert (effect.by_call.is_enough, effect.by_call.is_certain, round(effect.by_call.difference, 2)) == (
        True,
        True,
        0.2,
    )
    assert (effect.by_time.is_enough, effect.by_time.missing) == (False, "few_outcomes")


def test_too_few_clients_is_said_and_nothing_is_certain():
    effect = effect_of_calls([*of(Group.ON_TIME, 20, 29, first_id=0), *of(Group.NO_CALL, 8, 40, first_id=1000)])
    assert (effect.by_call.missing, effect.by_call.is_certain) == ("few_clients", False)
    assert (effect.by_time.missing, effect.by_time.difference) == ("no_group", None)


def test_client_counts_once_by_his_first_finished_moment():
    moments = [
        Moment(1, DAY, Group.ON_TIME, None),
        Moment(1, DAY + timedelta(days=1), Group.ON_TIME, False),
        Moment(1, DAY + timedelta(days=9), Group.ON_TIME, True),
        Moment(2, DAY, Group.ON_TIME, True),
    ]
    effect = effect_of_calls(reversed(moments))
    share = effect.shares[Group.ON_TIME]
    assert (share.clients, share.ordered, effect.running) == (2, 1, 1)


def test_no_moments_is_an_answer():
    effect = effect_of_calls([])
    assert (effect.shares[Group.NO_CALL].share, effect.by_call.missing) == (None, "no_group")
