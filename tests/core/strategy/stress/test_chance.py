"""The year by chance: against a loop that plays one client at a time, and against the moments on paper."""

import random
from math import exp
from statistics import mean, pstdev, quantiles

import pytest

from clientarium.core.strategy import (
    ORDER_SPREAD,
    ClientYear,
    LotteryRules,
    LotteryVerdict,
    ManyYears,
    judged,
    margin_variance,
    year_chance,
    year_variance,
)

LEAVES = 0.15


def poisson(rate, dice):
    """Knuth's way, in steps that do not underflow."""
    count = 0
    while rate > 0:
        step, rate = min(rate, 20.0), rate - min(rate, 20.0)
        limit, product = exp(-step), dice.random()
        while product > limit:
            count += 1
            product *= dice.random()
    return count


def played(client, leaves, dice):
    """One year of one client as it is told in words."""
    if dice.random() >= client.alive:
        return 0.0
    part = dice.random() if dice.random() < leaves else 1.0
    orders = poisson(client.orders / (client.alive * (1 - leaves / 2)) * part, dice)
    usual, shape = client.margin / client.orders, 1 / ORDER_SPREAD**2
    return sum(usual * dice.gammavariate(shape, 1 / shape) for _ in range(orders))


def brute(clients, leaves, *, draws, seed=3):
    dice = random.Random(seed)
    return [sum(played(one, leaves, dice) for one in clients) for _ in range(draws)]


CLIENTS = [
    ClientYear(50.0, 900_000.0, 0.99),
    ClientYear(6.0, 500_000.0, 0.8),
    ClientYear(1.5, 300_000.0, 0.4),
    ClientYear(0.2, 90_000.0, 0.9),
    *[ClientYear(4.0, 8_000.0 + 100 * number, 0.7) for number in range(36)],
]


def test_the_simulation_says_what_playing_client_by_client_says():
    years = brute(CLIENTS, LEAVES, draws=3_000)
    found = year_chance(CLIENTS, ManyYears(), leaves=LEAVES, draws=20_000)
    tenths = quantiles(years, n=10)
    assert found.expected == pytest.approx(sum(one.margin for one in CLIENTS))
    assert mean(years) == pytest.approx(found.expected, rel=0.02)
    assert (found.low, found.high) == (pytest.approx(tenths[0], rel=0.03), pytest.approx(tenths[-1], rel=0.03))
    assert found.median == pytest.approx(quantiles(years, n=2)[0], rel=0.03)


def test_many_small_as_one_normal_number_change_nothing():
    large, small = CLIENTS[:4], CLIENTS[4:]
    others = ManyYears(sum(one.margin for one in small), sum(year_variance(one, leaves=LEAVES) for one in small))
    whole = year_chance(CLIENTS, ManyYears(), leaves=LEAVES, draws=20_000)
    parted = year_chance(large, others, leaves=LEAVES, draws=20_000)
    assert parted.expected == pytest.approx(whole.expected)
    assert (parted.low, parted.median, parted.high) == pytest.approx((whole.low, whole.median, whole.high), rel=0.01)


@pytest.mark.parametrize("client", CLIENTS[:4])
def test_the_variance_on_paper_is_that_of_playing(client):
    years = brute([client], LEAVES, draws=8_000)
    assert pstdev(years) ** 2 == pytest.approx(year_variance(client, leaves=LEAVES), rel=0.15)


def test_without_leaving_it_is_the_variance_of_a_plan():
    one = CLIENTS[1]
    told = margin_variance(orders=one.orders, margin=one.margin, p_alive=one.alive)
    assert year_variance(one, leaves=0) == pytest.approx(told)


def test_the_same_seed_gives_the_same_years():
    assert year_chance(CLIENTS, ManyYears(), leaves=LEAVES) == year_chance(CLIENTS, ManyYears(), leaves=LEAVES)


def test_every_year_is_in_a_bar():
    found = year_chance(CLIENTS, ManyYears(), leaves=LEAVES)
    assert sum(one.years for one in found.bins) == found.draws == 2_000


def test_one_client_on_a_coin_is_a_lottery():
    found = year_chance([ClientYear(12.0, 100.0, 0.5)], ManyYears(), leaves=0)
    assert (found.low, found.shortfall) == (0.0, 1.0)
    assert judged(found, half_holders=1, rules=LotteryRules()).verdict is LotteryVerdict.LOTTERY


def test_nobody_is_no_lottery_and_nothing_else():
    found = year_chance([], ManyYears(), leaves=0.1)
    assert (found.expected, found.low, found.high, found.shortfall, len(found.bins)) == (0, 0, 0, None, 1)
    assert judged(found, half_holders=0, rules=LotteryRules()).verdict is LotteryVerdict.UNKNOWN


def test_a_loss_making_client_draws_the_year_down():
    found = year_chance([ClientYear(12.0, -100.0, 1.0)], ManyYears(), leaves=0)
    assert found.low < found.median < found.high <= 0
    assert found.shortfall is None


def test_the_words_follow_the_thresholds():
    found = year_chance(CLIENTS, ManyYears(), leaves=LEAVES)
    short = found.shortfall
    steady = LotteryRules(lottery_shortfall=short + 0.2, shaky_shortfall=short + 0.1, few_holders=3)
    shaky = LotteryRules(lottery_shortfall=short + 0.2, shaky_shortfall=short, few_holders=3)
    lottery = LotteryRules(lottery_shortfall=short, shaky_shortfall=0.1, few_holders=3)
    told = [judged(found, half_holders=4, rules=rules) for rules in (steady, shaky, lottery)]
    assert [one.verdict for one in told] == [LotteryVerdict.STEADY, LotteryVerdict.SHAKY, LotteryVerdict.LOTTERY]
    few = judged(found, half_holders=3, rules=steady)
    assert (few.verdict, few.by_holders, few.by_chance) == (LotteryVerdict.LOTTERY, True, False)
