"""How near to the border a client stands, by hand."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from clientarium.core.categories.doubt import distance_to_border, sureness
from clientarium.core.ground.expressions import Name, ValueType, parse_condition

WORDS = {
    name: Name(name, kind, name, name)
    for name, kind in {
        "orders": ValueType.INTEGER,
        "margin": ValueType.MONEY,
        "share": ValueType.NUMBER,
        "is_late": ValueType.BOOLEAN,
    }.items()
}
CLIENT = {"orders": 12, "margin": Decimal(90), "share": 0.45, "is_late": False}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("orders >= 10", 0.2),
        ("margin >= 100", -0.1),
        ("share < 0.5", 0.1),
        ("margin > 0", 1.0),
        ("orders >= 10 and share < 0.5", 0.1),
        ("orders >= 10 or margin >= 100", 0.2),
        ("not orders >= 10", -0.2),
        ("orders between 10 and 15", 0.2),
        ("not is_late and orders >= 10", 0.2),
    ],
)
def test_sureness_is_the_share_of_the_threshold_that_decides(rule, expected):
    assert sureness(parse_condition(rule, WORDS), CLIENT) == pytest.approx(expected)


def test_what_has_no_number_has_no_distance():
    assert sureness(parse_condition("is_late", WORDS), CLIENT) == float("-inf")
    assert sureness(parse_condition("margin > 5", WORDS), {**CLIENT, "margin": None}) == float("-inf")


def scheme_of(**rules: str | None) -> Any:
    """Categories in the order given, each with its rule; None takes the rest."""
    found = {
        code: SimpleNamespace(rule=None if rule is None else SimpleNamespace(condition=parse_condition(rule, WORDS)))
        for code, rule in rules.items()
    }
    codes = [*found]
    return SimpleNamespace(category=found.get, rank=lambda code: codes.index(code) if code in found else len(codes))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("C", "B", 0.2),  # a rise: how firmly the new rule holds
        ("A", "C", 0.1),  # a fall: how firmly the old one no longer does
        (None, "B", 0.2),
        ("C", "D", None),  # the rest takes him: no rule tells
        ("E", "B", 0.2),  # a category the scheme no longer has
    ],
)
def test_a_rise_asks_the_new_rule_and_a_fall_the_old_one(before, after, expected):
    scheme = scheme_of(A="margin >= 100", B="orders >= 10", C=None, D=None)
    found = distance_to_border(scheme, CLIENT, before=before, after=after)
    assert found == (None if expected is None else pytest.approx(expected))


def test_numbers_that_were_not_kept_tell_no_distance():
    assert distance_to_border(scheme_of(A="margin >= 100"), {"orders": 5}, before=None, after="A") is None
