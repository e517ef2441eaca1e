"""How near to the border a client stands, by hand."""

from decimal import Decimal

import pytest

from clientarium.core.categories.doubt import sureness
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
