"""Which kinds of values go together."""

from clientarium.core.ground.expressions.nodes import Literal, Node, type_of
from clientarium.core.ground.expressions.vocabulary import NUMERIC_TYPES, ValueType

CHOICES_SHOWN = 12
"""A scheme has fewer categories than this; a longer list of choices is cut in the hint."""

MAX_DECIMALS = 9
"""Digits `round` may keep."""


def is_numeric(node: Node) -> bool:
    return type_of(node) in NUMERIC_TYPES


def are_comparable(left: Node, right: Node) -> bool:
    """Numbers of any kind compare with each other; text, dates and truths only with their own."""
    return type_of(left) == type_of(right) or (is_numeric(left) and is_numeric(right))


def fits(function: str, arguments: tuple[Node, ...]) -> bool:
    """Whether `function` takes these arguments."""
    types = [type_of(argument) for argument in arguments]
    if function in ("coalesce", "greatest", "least"):
        return len(types) >= 2 and all(are_comparable(arguments[0], other) for other in arguments[1:])
    if function == "abs":
        return len(types) == 1 and is_numeric(arguments[0])
    if function == "round":
        return _fits_round(arguments)
    if function in ("contains", "starts_with"):
        return types == [ValueType.TEXT, ValueType.TEXT]
    return types == [ValueType.TEXT]


def _fits_round(arguments: tuple[Node, ...]) -> bool:
    if not arguments or not is_numeric(arguments[0]):
        return False
    if len(arguments) == 1:
        return True
    digits = arguments[1]
    is_digits = isinstance(digits, Literal) and type(digits.value) is int and 0 <= digits.value <= MAX_DECIMALS
    return len(arguments) == 2 and is_digits
