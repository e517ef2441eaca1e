"""The solver's matrix against `worth_of`, pair by pair."""

from decimal import Decimal
from pathlib import Path

import pytest

from clientarium.core.categories import load_policy
from clientarium.core.ground import UserError
from clientarium.core.strategy import FitRules, fit_rules_from, worth_of
from clientarium.core.strategy.balance.fairness import gini, jain
from clientarium.core.strategy.balance.fit import NUMBERS
from clientarium.core.strategy.balance.value_matrix import value_matrix
from tests.core.strategy.balance.books import book


@pytest.mark.parametrize("seed", range(5))
def test_matrix_is_worth_of_each_pair_above_the_pool(seed):
    to_place, to_fill = book(seed, clients=30, sellers=5)
    rules = FitRules(past_weight=0.25)
    to_place = [client for client in to_place if client.present != 6]
    slow = [
        [100 * (worth_of(c, s, rules=rules).value - worth_of(c, None, rules=rules).value) for s in to_fill]
        for c in to_place
    ]
    for fast, plain in zip(value_matrix(to_place, to_fill, rules=rules).tolist(), slow, strict=True):
        assert fast == pytest.approx(plain, abs=1.01)


def test_rules_refuse_weights_above_one():
    with pytest.raises(ValueError, match="at most 1"):
        FitRules(past_weight=0.9)


def test_gini_and_jain_of_known_divisions():
    assert [gini(amounts) for amounts in ([5, 5, 5], [0, 0, 9], [1, 2, 3], [0, 0])] == pytest.approx(
        [0, 2 / 3, 2 / 9, 0]
    )
    assert [jain(amounts) for amounts in ([5, 5, 5], [0, 0, 9], [1, 2, 3], [0, 0])] == pytest.approx(
        [1, 1 / 3, 6 / 7, 1]
    )


def test_policy_says_what_the_program_takes_for_granted():
    policy = load_policy(Path(__file__).parents[4] / "definitions" / "policy.yaml")
    numbers = {name.removeprefix("policy_"): number for name, number in policy.values().items()}
    assert fit_rules_from(numbers) == FitRules()
    assert {f"placing_{name}" for name in NUMBERS} == {name for name in numbers if name.startswith("placing_")}


def test_policy_that_does_not_fit_together_is_refused_in_words():
    with pytest.raises(UserError, match="do not fit together"):
        fit_rules_from({"placing_past_weight": Decimal("0.9")})
