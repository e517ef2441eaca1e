"""What a hand edit costs."""

import pytest

from clientarium.core.strategy import FitRules, ToFill, ToPlace, cost_of, cost_of_all, propose, with_edits
from tests.core.strategy.balance.books import book

HEADS_ONLY = FitRules(uneven_worth=0.0, over_share_money=0.0)


def test_edit_costs_the_exchange_it_forces():
    """Both are full: to give 1 to Perm, the cheaper exchange comes back."""
    sellers = [ToFill(1, heads=2, cities=frozenset({"Kazan"})), ToFill(2, heads=1, cities=frozenset({"Perm"}))]
    clients = [
        ToPlace(1, margin=100_000, city="Kazan"),
        ToPlace(2, margin=10_000, city="Kazan"),
        ToPlace(3, margin=50_000, city="Perm"),
    ]
    balance = propose(clients, sellers, rules=HEADS_ONLY)
    assert balance.placed == {1: 1, 2: 1, 3: 2}
    costs = cost_of({1: 2, 2: 2, 3: 2}, balance)
    assert {client: (cost.change, cost.how) for client, cost in costs.items()} == {
        1: (-15_000, "solved"),
        2: (-6_000, "solved"),
        3: (0, "solved"),
    }
    assert cost_of_all({1: 2, 3: 1}, balance).change == -15_000


@pytest.mark.parametrize("seed", range(6))
def test_edit_by_prices_never_says_more_than_solving_again(seed):
    """The prices are a bound: the true loss is at least theirs."""
    from clientarium.core.strategy.balance.edits import by_prices

    to_place, to_fill = book(seed, clients=12, sellers=3)
    balance = propose(to_place, to_fill, rules=HEADS_ONLY)
    for client in to_place:
        for seller in (None, *(one.seller_id for one in to_fill if one.heads)):
            solved = with_edits(balance, {client.client_id: seller}).objective - balance.objective
            assert solved <= 0.02
            assert solved <= by_prices(client.client_id, seller, balance) + 0.05


def test_edit_of_an_uneven_or_hourly_answer_is_by_prices():
    to_place, to_fill = book(3, clients=12, sellers=3, hours=True)
    balance = propose(to_place, to_fill, rules=FitRules())
    moved = next(client for client in to_place if balance.placed[client.client_id] is not None)
    cost = cost_of({moved.client_id: None}, balance)[moved.client_id]
    assert (cost.how, cost.change <= 0) == ("exchange", True)


def test_edit_to_the_pool_leaves_the_place_to_another():
    balance = propose([ToPlace(1, margin=9000), ToPlace(2, margin=5000)], [ToFill(1, heads=1)], rules=HEADS_ONLY)
    assert balance.placed == {1: 1, 2: None}
    assert with_edits(balance, {1: None}).placed == {1: None, 2: 1}
    assert cost_of({1: None}, balance)[1].change == -4000
