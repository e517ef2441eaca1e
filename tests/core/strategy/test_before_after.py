"""Before and after: pairs that are alike, an interval that holds, nothing found where nothing was done."""

from itertools import product
from random import Random

import pytest

from clientarium.core.strategy import Moved, Past, measure, pairs_of
from clientarium.core.strategy.before_after import CHANCE, interval


def past(client_id, money, minutes=100.0, category="D"):
    return Past(client_id, category, money, minutes, 4)


def test_a_client_is_paired_with_one_of_his_category_first():
    group = [past(1, 1000), past(2, 1000)]
    others = [past(10, 1000, category="C"), past(11, 1300, category="D")]
    found = pairs_of(group, others)
    assert {(one.client_id, one.other_id, one.is_same) for one in found} == {(1, 11, True), (2, 10, False)}


def test_who_is_like_nobody_stays_without_a_pair():
    assert pairs_of([past(1, 1000)], [past(10, 2500), past(11, 1000, minutes=260)]) == []
    assert pairs_of([past(1, 1000)], [past(10, -1000)]) == []  # as large, but a loss
    assert pairs_of([], [past(10, 1)]) == pairs_of([past(1, 1)], []) == []


def test_nobody_is_paired_twice():
    lottery = Random(3)
    group = [past(number, lottery.lognormvariate(8, 1), lottery.uniform(10, 300)) for number in range(60)]
    others = [past(1000 + number, lottery.lognormvariate(8, 1), lottery.uniform(10, 300)) for number in range(90)]
    found = pairs_of(group, others)
    assert len({one.client_id for one in found}) == len({one.other_id for one in found}) == len(found) > 30
    by_id = {one.client_id: one for one in [*group, *others]}
    for one in found:
        mine, other = by_id[one.client_id], by_id[one.other_id]
        assert max(mine.money, other.money) <= 2 * min(mine.money, other.money) + 1000
    assert pairs_of(list(reversed(group)), list(reversed(others))) == found


def test_the_season_that_touches_both_drops_out():
    """Both lose 40, the group 15 more."""
    found = measure([Moved(100, 45, 100, 60)] * 25)
    assert (found.before, found.after, found.other_before, found.other_after) == (100, 45, 100, 60)
    assert (found.difference, found.low, found.high) == (-15, -15, -15)
    assert measure([]) is None


def test_the_interval_is_what_tossing_every_sign_leaves():
    """All 4 096 tosses of twelve pairs instead of 2 000 drawn ones."""
    import numpy as np

    lottery = Random(5)
    differences = np.array([lottery.gauss(3, 4) for _ in range(12)])
    signs = np.array(list(product((-1, 1), repeat=12)))

    def chance(effect):
        rest = differences - effect
        return (np.abs((signs * rest).mean(axis=1)) >= abs(rest.mean()) - 1e-12).mean()

    low, high = interval(differences)
    for bound, outwards in ((low, -1), (high, 1)):
        assert chance(bound - outwards * 0.5) > CHANCE
        assert chance(bound + outwards * 0.5) < CHANCE


@pytest.mark.parametrize("pairs", [20, 60])
def test_a_decision_that_changed_nothing_seems_to_in_one_of_twenty(pairs):
    lottery, found, rounds = Random(pairs), 0, 400

    def year():
        return lottery.lognormvariate(3, 1)

    for _ in range(rounds):
        found += measure([Moved(year(), year(), year(), year()) for _ in range(pairs)]).is_certain
    assert found <= rounds * 0.075  # 5 %, and what 400 rounds may err by


def test_a_planted_effect_is_found_and_lies_in_the_interval():
    lottery, hit, rounds = Random(11), 0, 200
    for _ in range(rounds):
        moved = [Moved(50, 50 - 20 + lottery.gauss(0, 15), 50, 50 + lottery.gauss(0, 15)) for _ in range(40)]
        found = measure(moved)
        assert found.is_certain
        hit += found.low <= -20 <= found.high
    assert hit >= 0.91 * rounds
