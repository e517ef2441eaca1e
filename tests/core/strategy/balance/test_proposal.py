"""The proposal against every placing there is, and its promises: ceilings, locks, nobody lost, never below the greedy."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clientarium.core.ground import UserError
from clientarium.core.strategy import FitRules, ToFill, ToPlace, propose
from tests.core.strategy.balance.books import best_by_trying, book, objective

HEADS_ONLY = FitRules(uneven_worth=0.0)
HUNDREDTH = 0.02
"""Each value is a whole number of hundredths in the solver."""

few = settings(max_examples=12, deadline=None)


@few
@given(st.integers(0, 10**6))
def test_proposal_is_the_best_of_all_by_heads(seed):
    to_place, to_fill = book(seed, clients=5, sellers=3)
    balance = propose(to_place, to_fill, rules=HEADS_ONLY)
    assert (balance.method, balance.is_proven, balance.gap) == ("transport", True, 0)
    assert balance.objective == pytest.approx(best_by_trying(to_place, to_fill, rules=HEADS_ONLY), abs=HUNDREDTH * 5)


@few
@given(st.integers(0, 10**6))
def test_proposal_is_the_best_of_all_by_hours_and_evenness(seed):
    to_place, to_fill = book(seed, clients=5, sellers=3, hours=True)
    balance = propose(to_place, to_fill, rules=FitRules())
    assert balance.method == "assignment"
    best = best_by_trying(to_place, to_fill, rules=FitRules())
    assert balance.objective == pytest.approx(best, rel=2e-4, abs=HUNDREDTH * 5)
    assert balance.bound >= best - HUNDREDTH * 5


@few
@given(st.integers(0, 10**6), st.booleans())
def test_proposal_keeps_ceilings_and_locks_and_loses_nobody(seed, hours):
    to_place, to_fill = book(seed, clients=40, sellers=4, hours=hours)
    to_fill = [
        replace(seller, heads=seller.heads + 3, hours=None if seller.hours is None else 40) for seller in to_fill
    ]
    to_place = [replace(client, locked=1 + row) if row < 2 else client for row, client in enumerate(to_place)]
    balance = propose(to_place, to_fill, rules=FitRules(), time_limit=5)
    counts = Counter(balance.placed.values())
    assert list(balance.placed) == [client.client_id for client in to_place]
    assert all(counts[seller.seller_id] <= seller.heads for seller in to_fill)
    assert [balance.placed[client.client_id] for client in to_place[:2]] == [1, 2]
    said = objective(balance.placed, to_place, to_fill, FitRules())
    assert balance.objective == pytest.approx(said, abs=HUNDREDTH * len(to_place))
    assert balance.bound >= balance.objective - 0.05
    assert balance.objective >= balance.greedy_value
    assert balance.greedy_value <= balance.bound + 0.05 >= balance.round_robin_value


def test_proposal_without_sellers_is_refused():
    with pytest.raises(UserError, match="nobody to give clients to"):
        propose([ToPlace(1, margin=10)], [], rules=FitRules())


def test_proposal_of_nobody_is_empty():
    balance = propose([], [ToFill(1, heads=3)], rules=FitRules())
    assert (balance.placed, balance.objective, balance.gap) == ({}, 0, 0)


def test_proposal_leaves_the_poorest_in_the_pool_when_all_are_full():
    to_place = [ToPlace(number, margin=number * 1000.0) for number in range(1, 7)]
    balance = propose(to_place, [ToFill(1, heads=2), ToFill(2, heads=1)], rules=HEADS_ONLY)
    assert [client for client, seller in balance.placed.items() if seller is None] == [1, 2, 3]
    assert all(3000 <= price <= 4000 for price in balance.seller_prices.values())


def test_proposal_with_a_lock_to_nobody_there_is_refused():
    with pytest.raises(UserError, match="takes no part"):
        propose([ToPlace(1, margin=10, locked=9)], [ToFill(1, heads=1)], rules=FitRules())


def test_proposal_with_more_locks_than_room_is_refused():
    locked = [ToPlace(number, margin=10, locked=1) for number in (1, 2)]
    with pytest.raises(UserError, match="ceiling"):
        propose(locked, [ToFill(1, heads=1)], rules=FitRules())


def test_proposal_can_be_cancelled():
    to_place, to_fill = book(1, clients=40, sellers=4, hours=True)
    with pytest.raises(InterruptedError):
        propose(to_place, to_fill, rules=FitRules(), cancelled=lambda: True)


def test_proposal_leaves_a_good_portfolio_alone():
    """Equal sellers, clients evenly held: no move pays."""
    to_place = [
        ToPlace(number, margin=1000.0, present=1 + number % 2, past={1 + number % 2: 1.0}) for number in range(8)
    ]
    balance = propose(to_place, [ToFill(1, heads=5), ToFill(2, heads=5)], rules=FitRules())
    assert balance.moves == {}


def test_proposal_takes_a_client_to_where_his_past_and_region_are():
    wrong = ToPlace(7, margin=100_000, present=1, city="Perm", past={2: 1.0})
    sellers = [ToFill(1, heads=3, cities=frozenset({"Kazan"})), ToFill(2, heads=3, cities=frozenset({"Perm"}))]
    balance = propose([wrong], sellers, rules=HEADS_ONLY)
    assert balance.moves == {7: 2}
    assert [(reason.code, reason.money) for reason in balance.value_of(7, 2).reasons] == [
        ("worth", 100_000),
        ("move", -6_000),
    ]
    assert [(reason.code, reason.money) for reason in balance.value_of(7, 1).reasons] == [
        ("worth", 100_000),
        ("region", -10_000),
        ("past", -20_000),
    ]


def test_proposal_shares_money_evenly_between_equal_sellers():
    """Eight clients of falling worth, all the same to both sellers: not the four dearest to one of them."""
    to_place = [ToPlace(number, margin=1000.0 * number) for number in range(1, 9)]
    balance = propose(to_place, [ToFill(1, heads=4), ToFill(2, heads=4)], rules=FitRules())
    money = Counter()
    for client in to_place:
        money[balance.placed[client.client_id]] += client.margin
    assert money == {1: 18_000, 2: 18_000}
    assert (balance.fairness_after.worth_gini, balance.fairness_after.worth_jain) == (0, 1)


def test_cold_client_costs_the_hand_over_only_and_worthless_ones_stay():
    """Nothing is left to lose with the present seller but an hour of telling; for 100 a year not even that is spent."""
    rich, poor = (ToPlace(number, margin=money, present=1, idle=True) for number, money in ((1, 50_000.0), (2, 0.0)))
    sellers = [ToFill(1, heads=2, cities=frozenset({"Kazan"})), ToFill(2, heads=2)]
    balance = propose([replace(rich, city="Perm"), poor], sellers, rules=FitRules())
    assert balance.moves == {1: 2}
    assert [(reason.code, reason.money) for reason in balance.value_of(1, 2).reasons] == [
        ("worth", 50_000),
        ("move", -1_000),
    ]
    assert balance.value_of(2, 2).value == 0
