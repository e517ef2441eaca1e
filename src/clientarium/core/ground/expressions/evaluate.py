"""An expression on one client, with SQL's three-valued logic: the same answer the engine gives."""

import math
import operator
import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from clientarium.core.ground.expressions.nodes import (
    And,
    Arithmetic,
    Between,
    Call,
    Comparison,
    In,
    IsNull,
    Like,
    Literal,
    Name,
    Negate,
    Node,
    Not,
    Or,
    is_product_of_values,
)

Value = bool | int | float | Decimal | str | date | None
Values = Mapping[str, Value]

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
CALCULATE: dict[str, Callable[[Any, Any], Any]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def evaluate(node: Node, values: Values) -> Value:
    """The value of `node` where each name has its value in `values`; null is None. KeyError for a missing name."""
    return EVALUATORS[type(node)](node, values)


def _truth(node: Node, values: Values) -> bool | None:
    value = evaluate(node, values)
    assert value is None or isinstance(value, bool)
    return value


def both_alike(left: Value, right: Value) -> tuple[Any, Any]:
    """A decimal beside a double becomes a double, as in the engine: 0.3 is 0.3 on both sides."""
    if isinstance(left, float) and isinstance(right, Decimal):
        return left, float(right)
    if isinstance(left, Decimal) and isinstance(right, float):
        return float(left), right
    return left, right


def compare(sign: str, left: Value, right: Value) -> bool | None:
    if left is None or right is None:
        return None
    return COMPARE[sign](*both_alike(left, right))


def conjunction(truths: list[bool | None]) -> bool | None:
    if False in truths:
        return False
    return None if None in truths else True


def negation(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def disjunction(truths: list[bool | None]) -> bool | None:
    if True in truths:
        return True
    return None if None in truths else False


def _comparison(node: Comparison, values: Values) -> Value:
    return compare(node.operator, evaluate(node.left, values), evaluate(node.right, values))


def _in(node: In, values: Values) -> Value:
    subject = evaluate(node.subject, values)
    truth = disjunction([compare("=", subject, option.value) for option in node.options])
    return negation(truth) if node.negated else truth


def _between(node: Between, values: Values) -> Value:
    subject = evaluate(node.subject, values)
    low = compare(">=", subject, evaluate(node.low, values))
    high = compare("<=", subject, evaluate(node.high, values))
    truth = conjunction([low, high])
    return negation(truth) if node.negated else truth


def _is_null(node: IsNull, values: Values) -> Value:
    return (evaluate(node.subject, values) is None) is not node.negated


def like_pattern(pattern: str, *, ignore_case: bool) -> re.Pattern[str]:
    """SQL's `%` and `_` as a regular expression over the whole text."""
    parts = [".*" if sign == "%" else "." if sign == "_" else re.escape(sign) for sign in pattern]
    return re.compile("".join(parts), re.DOTALL | (re.IGNORECASE if ignore_case else re.NOFLAG))


def _like(node: Like, values: Values) -> Value:
    subject = evaluate(node.subject, values)
    if subject is None:
        return None
    matches = like_pattern(node.pattern, ignore_case=node.ignore_case).fullmatch(str(subject)) is not None
    return matches is not node.negated


def _arithmetic(node: Arithmetic, values: Values) -> Value:
    left, right = evaluate(node.left, values), evaluate(node.right, values)
    if left is None or right is None:
        return None
    if node.operator == "/":
        return None if not right else float(left) / float(right)  # type: ignore[arg-type]
    if is_product_of_values(node):
        return float(left) * float(right)  # type: ignore[arg-type]
    result: Value = CALCULATE[node.operator](*both_alike(left, right))
    return result


def _negate(node: Negate, values: Values) -> Value:
    value = evaluate(node.part, values)
    return None if value is None else -value  # type: ignore[operator]


def _call(node: Call, values: Values) -> Value:
    arguments = [evaluate(argument, values) for argument in node.arguments]
    if node.function in ("coalesce", "greatest", "least"):
        known = [argument for argument in arguments if argument is not None]
        return FUNCTIONS[node.function](*known) if known else None
    return None if None in arguments else FUNCTIONS[node.function](*arguments)


def rounded(value: int | float | Decimal, digits: int = 0) -> Value:
    """Half away from zero, as both engines do for doubles and decimals."""
    if isinstance(value, Decimal):
        return value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    if isinstance(value, int):
        return value
    scale = 10.0**digits
    return math.copysign(math.floor(abs(value) * scale + 0.5), value) / scale


def _extreme(choose: Callable[..., Value]) -> Callable[..., Value]:
    def chosen(*arguments: Value) -> Value:
        if any(isinstance(argument, float) for argument in arguments):
            return choose(*(float(argument) for argument in arguments))  # type: ignore[arg-type]
        return choose(*arguments) if len(arguments) > 1 else arguments[0]

    return lambda *arguments: arguments[0] if len(arguments) == 1 else chosen(*arguments)


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "abs": abs,
    "coalesce": lambda *arguments: arguments[0],
    "contains": lambda text, part: part in text,
    "greatest": _extreme(max),
    "least": _extreme(min),
    "length": len,
    "lower": str.lower,
    "round": rounded,
    "starts_with": str.startswith,
    "upper": str.upper,
}

EVALUATORS: dict[type[Node], Callable[[Any, Values], Value]] = {
    Name: lambda node, values: values[node.name],
    Literal: lambda node, _: node.value,
    Comparison: _comparison,
    And: lambda node, values: conjunction([_truth(part, values) for part in node.parts]),
    Or: lambda node, values: disjunction([_truth(part, values) for part in node.parts]),
    Not: lambda node, values: negation(_truth(node.part, values)),
    In: _in,
    Between: _between,
    IsNull: _is_null,
    Like: _like,
    Arithmetic: _arithmetic,
    Negate: _negate,
    Call: _call,
}
