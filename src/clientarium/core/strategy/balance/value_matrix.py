"""The money of every client with every seller at once: `worth_of` of fit.py over arrays, in whole hundredths."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

import numpy as np

from clientarium.core.strategy.balance.fit import FitRules, category_of, move_cost, outside, past_of, unknown_part
from clientarium.core.strategy.balance.placing import ToFill, ToPlace
from clientarium.core.strategy.balance.transport import Matrix, parts

HUNDREDTHS = 100.0
Lack = Callable[[Any, ToFill], float]


def value_matrix(clients: Sequence[ToPlace], sellers: Sequence[ToFill], *, rules: FitRules) -> Matrix:
    """Clients x sellers, in hundredths of money, whole numbers in doubles: `worth_of` above what the pool is worth."""
    worth = worths(clients, rules=rules)
    tables = _tables(clients, sellers, rules=rules)
    values = np.empty((len(clients), len(sellers)))
    for part in parts(*values.shape):
        kept = np.ones((part.stop - part.start, len(sellers)))
        for table, codes in tables:
            kept -= table[codes[part]]
        np.multiply(kept, worth[part, None], out=values[part])
    _take_past(values, clients, sellers, worth=worth, rules=rules)
    _keep_present(values, clients, sellers, rules=rules)
    values *= HUNDREDTHS
    return np.rint(values, out=values)


def worths(clients: Sequence[ToPlace], *, rules: FitRules) -> Matrix:
    return np.maximum(np.array([client.margin for client in clients], dtype=float), rules.least_worth)


def _tables(clients: Sequence[ToPlace], sellers: Sequence[ToFill], *, rules: FitRules) -> list[tuple[Matrix, Matrix]]:
    """For each kind of lack: (distinct words x sellers of weight x lack, the word of each client)."""
    kinds: list[tuple[float, list[Any], Lack]] = [
        (rules.region_weight, [each.city for each in clients], lambda word, seller: outside(word, seller.cities)),
        (rules.segment_weight, [each.segment for each in clients], lambda word, seller: outside(word, seller.segments)),
        (
            rules.products_weight,
            [each.groups for each in clients],
            lambda word, seller: unknown_part(word, seller.groups),
        ),
        (
            rules.strategy_weight,
            [category_of(each) for each in clients],
            lambda word, seller: outside(word, rules.strategies.get(seller.strategy, frozenset())),
        ),
        (
            rules.language_weight,
            [each.language for each in clients],
            lambda word, seller: outside(word, seller.languages),
        ),
    ]
    return [_table(weight, words, sellers, lack) for weight, words, lack in kinds if weight]


def _table(weight: float, words: Sequence[Hashable], sellers: Sequence[ToFill], lack: Lack) -> tuple[Matrix, Matrix]:
    places: dict[Hashable, int] = {}
    codes = np.array([places.setdefault(word, len(places)) for word in words], dtype=np.int64)
    return weight * np.array([[lack(word, seller) for seller in sellers] for word in places]), codes


def _take_past(
    values: Matrix, clients: Sequence[ToPlace], sellers: Sequence[ToFill], *, worth: Matrix, rules: FitRules
) -> None:
    column = {seller.seller_id: place for place, seller in enumerate(sellers)}
    for row, client in enumerate(clients):
        past = past_of(client)
        if past and rules.past_weight:
            values[row] -= worth[row] * rules.past_weight
            for seller, share in past.items():
                if seller in column:
                    values[row, column[seller]] += worth[row] * rules.past_weight * share


def _keep_present(values: Matrix, clients: Sequence[ToPlace], sellers: Sequence[ToFill], *, rules: FitRules) -> None:
    column = {seller.seller_id: place for place, seller in enumerate(sellers)}
    for row, client in enumerate(clients):
        if client.present in column:
            values[row, column[client.present]] += move_cost(client, rules=rules)


def taken_away_cost(clients: Sequence[ToPlace], *, rules: FitRules) -> float:
    """What taking everybody from his present seller costs, in hundredths: the matrix is above that."""
    return HUNDREDTHS * sum(
        round(move_cost(client, rules=rules), 2) for client in clients if client.present is not None
    )
