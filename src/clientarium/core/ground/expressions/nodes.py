"""The tree of an expression: frozen, free of sqlglot, so that any room can walk it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Literal as OneOf

from clientarium.core.ground.expressions.vocabulary import ValueType

Scalar = bool | int | Decimal | str | date

ComparisonOperator = OneOf["=", "<>", "<", "<=", ">", ">="]
ArithmeticOperator = OneOf["+", "-", "*", "/"]


@dataclass(frozen=True)
class Name:
    """A word of the vocabulary; it carries its type, so the tree can be read without the vocabulary."""

    name: str
    type: ValueType


@dataclass(frozen=True)
class Literal:
    """A value written in the text: numbers are int or Decimal, never float."""

    value: Scalar


@dataclass(frozen=True)
class Comparison:
    operator: ComparisonOperator
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class And:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Or:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Not:
    part: "Node"


@dataclass(frozen=True)
class In:
    subject: "Node"
    options: tuple[Literal, ...]
    negated: bool = False


@dataclass(frozen=True)
class Between:
    """Both ends belong to it."""

    subject: "Node"
    low: "Node"
    high: "Node"
    negated: bool = False


@dataclass(frozen=True)
class IsNull:
    subject: "Node"
    negated: bool = False


@dataclass(frozen=True)
class Like:
    """`%` is any run of characters and `_` any one; `ignore_case` is SQL's ilike."""

    subject: "Node"
    pattern: str
    ignore_case: bool = False
    negated: bool = False


@dataclass(frozen=True)
class Arithmetic:
    """Division by zero is null; a division gives a double."""

    operator: ArithmeticOperator
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Negate:
    part: "Node"


@dataclass(frozen=True)
class Call:
    function: str
    arguments: tuple["Node", ...]


Node = Name | Literal | Comparison | And | Or | Not | In | Between | IsNull | Like | Arithmetic | Negate | Call
NODE_CLASSES = (Name, Literal, Comparison, And, Or, Not, In, Between, IsNull, Like, Arithmetic, Negate, Call)

Condition = Node
"""A node whose type is boolean; `parse_condition` lets nothing else out."""

BOOLEAN_NODES = (Comparison, And, Or, Not, In, Between, IsNull, Like)

CALL_TYPES = {
    "round": ValueType.NUMBER,
    "lower": ValueType.TEXT,
    "upper": ValueType.TEXT,
    "length": ValueType.INTEGER,
    "contains": ValueType.BOOLEAN,
    "starts_with": ValueType.BOOLEAN,
}
"""Result types; the functions not named here (abs, coalesce, greatest, least) give the type of their arguments."""


def type_of(node: Node) -> ValueType:
    """The type of the value `node` gives."""
    if isinstance(node, BOOLEAN_NODES):
        return ValueType.BOOLEAN
    if isinstance(node, Name):
        return node.type
    if isinstance(node, Literal):
        return type_of_value(node.value)
    if isinstance(node, Negate):
        return type_of(node.part)
    if isinstance(node, Arithmetic):
        return type_of_arithmetic(node.operator, type_of(node.left), type_of(node.right))
    assert isinstance(node, Call)
    return CALL_TYPES.get(node.function) or widest([type_of(argument) for argument in node.arguments])


def type_of_value(value: Scalar) -> ValueType:
    if isinstance(value, bool):
        return ValueType.BOOLEAN
    if isinstance(value, int):
        return ValueType.INTEGER
    if isinstance(value, Decimal):
        return ValueType.NUMBER
    return ValueType.DATE if isinstance(value, date) else ValueType.TEXT


def type_of_arithmetic(operator: ArithmeticOperator, left: ValueType, right: ValueType) -> ValueType:
    """Money stays money when added or multiplied by a plain number; any division is a number."""
    if operator == "/":
        return ValueType.NUMBER
    return widest([left, right])


def widest(types: list[ValueType]) -> ValueType:
    """The common type: money before number before integer; other types do not mix."""
    for candidate in (ValueType.MONEY, ValueType.NUMBER):
        if candidate in types:
            return candidate
    return types[0]


def is_product_of_values(node: Arithmetic) -> bool:
    """A product neither side of which is a number as written: money by money does not fit the engine's decimals."""
    return node.operator == "*" and not isinstance(node.left, Literal) and not isinstance(node.right, Literal)


def children(node: Node) -> list[tuple[str, Node]]:
    """(path step, child) of each direct part, in the order they are written: `left`, `parts.0`, `options.2`."""
    found: list[tuple[str, Node]] = []
    for field in fields(node):
        value = getattr(node, field.name)
        if isinstance(value, NODE_CLASSES):
            found.append((field.name, value))
        elif isinstance(value, tuple):
            found.extend((f"{field.name}.{index}", part) for index, part in enumerate(value))
    return found


def walk(node: Node) -> Iterator[Node]:
    """`node` and everything below it, parents first."""
    yield node
    for _, child in children(node):
        yield from walk(child)


def names_in(node: Node) -> frozenset[str]:
    """Every word of the vocabulary the expression uses."""
    return frozenset(part.name for part in walk(node) if isinstance(part, Name))


def node_at(node: Node, path: str) -> Node:
    """The part at `path` ('parts.0.right'); '' is the node itself. Raises KeyError where there is none."""
    if not path:
        return node
    for step, child in children(node):
        if path == step:
            return child
        if path.startswith(step + "."):
            return node_at(child, path[len(step) + 1 :])
    raise KeyError(path)


def replace_at(node: Node, path: str, part: Node) -> Node:
    """A copy of `node` with `part` at `path`."""
    if not path:
        return part
    for step, child in children(node):
        if path == step or path.startswith(step + "."):
            changed = replace_at(child, path[len(step) + 1 :], part)
            return _with_child(node, step, changed)
    raise KeyError(path)


def replace_literal(node: Node, path: str, value: Scalar) -> Node:
    """A copy of `node` with another value at `path`, which must hold a literal of the same kind."""
    old = node_at(node, path)
    if not isinstance(old, Literal):
        raise KeyError(path)
    is_number = not isinstance(value, bool) and isinstance(value, int | Decimal)
    was_number = not isinstance(old.value, bool) and isinstance(old.value, int | Decimal)
    assert is_number if was_number else type_of_value(value) == type_of_value(old.value), "a literal keeps its type"
    return replace_at(node, path, Literal(value))


def _with_child(node: Node, step: str, child: Node) -> Node:
    name, _, index = step.partition(".")
    if not index:
        return replace(node, **{name: child})  # type: ignore[arg-type]
    parts = list(getattr(node, name))
    parts[int(index)] = child
    return replace(node, **{name: tuple(parts)})  # type: ignore[arg-type]
