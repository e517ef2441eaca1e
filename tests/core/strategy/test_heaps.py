"""Leaving a heap out in turn: against the obvious computation, a published interval, and shuffled data."""

from math import sqrt
from random import Random
from statistics import fmean

import pytest

from clientarium.core.strategy import BUCKETS, Estimate, added, gap_of_shares, jackknife, wider

T_19_AT_975 = 2.093024054408263
"""Student's t with 19 degrees of freedom, from the printed tables."""


def ratio(sums):
    return sums[0] / sums[1] if sums[1] > 0 else None


def test_interval_equals_the_obvious_computation():
    heaps = [(float(3 * n % 7 + 1), float(n % 5 + 4)) for n in range(BUCKETS)]
    without = [ratio(added(heaps[:place] + heaps[place + 1 :])) for place in range(BUCKETS)]
    error = sqrt(19 / 20 * sum((one - fmean(without)) ** 2 for one in without))
    found = jackknife(heaps, ratio)
    assert found.value == pytest.approx(ratio(added(heaps)))
    assert (found.low, found.high) == pytest.approx(
        (found.value - T_19_AT_975 * error, found.value + T_19_AT_975 * error)
    )


def test_more_judgements_make_each_stricter():
    heaps = [(float(n % 3), 2.0) for n in range(BUCKETS)]
    one, many = jackknife(heaps, ratio), jackknife(heaps, ratio, judged=20)
    assert many.low < one.low < one.high < many.high


@pytest.mark.parametrize("heaps", [[], [(1.0, 0.0)] * BUCKETS, [(1.0, 2.0)] * 5])
def test_too_little_has_no_interval(heaps):
    assert not jackknife(heaps, ratio).is_told


def test_gap_of_shares_is_newcombes():
    """56 of 70 against 48 of 80: 0.2, from 0.0524 to 0.3339 (Newcombe 1998, table II, method 10, example a)."""
    found = gap_of_shares(56, 70, 48, 80)
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_gap_of_nobody_is_nothing():
    assert gap_of_shares(0, 0, 1, 2) == Estimate(None)


def test_wider_holds_both():
    assert wider(Estimate(1.0, 0.5, 1.2), Estimate(1.0, 0.7, 1.6)) == Estimate(1.0, 0.5, 1.6)
    assert wider(Estimate(1.0, 0.5, 1.2), Estimate(1.0)) == Estimate(1.0)


def test_chance_alone_is_seldom_called_a_difference():
    """400 shuffles of one base into a group and the others: at most one in twenty may be found different."""
    random = Random(7)
    false = 0
    for _ in range(400):
        rows = [[0.0] * 4 for _ in range(BUCKETS)]
        for client in range(300):
            bought, margin = 1 + random.random(), random.gauss(0.3, 0.2)
            side = 0 if random.random() < 0.2 else 2
            rows[client % BUCKETS][side] += margin * bought
            rows[client % BUCKETS][side + 1] += bought
        heaps = [tuple(row) for row in rows]
        found = jackknife(heaps, lambda sums: sums[0] / sums[1] - sums[2] / sums[3] if sums[1] and sums[3] else None)
        false += found.is_above or found.is_below
    assert false <= 400 * 0.07  # 5 % and what chance adds to 400 throws
