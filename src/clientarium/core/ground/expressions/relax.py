"""A condition made easier to keep: who already stands in a category leaves it only when clearly past its border."""

from decimal import Decimal

from clientarium.core.ground.expressions.nodes import (
    And,
    Arithmetic,
    Between,
    Call,
    Comparison,
    Literal,
    Node,
    Not,
    Or,
    type_of,
)
from clientarium.core.ground.expressions.vocabulary import NUMERIC_TYPES


def relax(node: Node, band: Decimal) -> Node:
    """`node` with each numeric threshold moved by the share `band` of its size towards true.

    `x >= 100` becomes `x >= 90` at a band of 0.1; a threshold that is a name moves by the share of its value.
    Equalities, lists, dates and a threshold of zero have no band and stay. Under `not` the movement turns round.
    """
    return _relaxed(node, Decimal(band), easier=True)


def _relaxed(node: Node, band: Decimal, *, easier: bool) -> Node:
    if isinstance(node, And):
        return And(tuple(_relaxed(part, band, easier=easier) for part in node.parts))
    if isinstance(node, Or):
        return Or(tuple(_relaxed(part, band, easier=easier) for part in node.parts))
    if isinstance(node, Not):
        return Not(_relaxed(node.part, band, easier=not easier))
    if isinstance(node, Comparison) and node.operator not in ("=", "<>"):
        is_lower_bound = node.operator in (">", ">=")
        return Comparison(node.operator, node.left, _moved(node.right, band, down=is_lower_bound is easier))
    if isinstance(node, Between):
        widen = easier is not node.negated
        low, high = _moved(node.low, band, down=widen), _moved(node.high, band, down=not widen)
        return Between(node.subject, low, high, node.negated)
    return node


def _moved(threshold: Node, band: Decimal, *, down: bool) -> Node:
    if type_of(threshold) not in NUMERIC_TYPES or not band:
        return threshold
    if isinstance(threshold, Literal):
        assert isinstance(threshold.value, int | Decimal)
        value = Decimal(threshold.value)
        moved = value - abs(value) * band if down else value + abs(value) * band
        return Literal(moved.normalize() + 0)
    step = Arithmetic("*", Call("abs", (threshold,)), Literal(band))
    return Arithmetic("-" if down else "+", threshold, step)


def has_numeric_threshold(node: Node) -> bool:
    """Whether `relax` would change anything."""
    return relax(node, Decimal("0.1")) != node
