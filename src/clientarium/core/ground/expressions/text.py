"""Tree → text: canonical for people (`to_text`), DuckDB's dialect for the engine (`to_sql`)."""

from datetime import date
from decimal import Decimal

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
    Scalar,
    is_product_of_values,
)

OR_LEVEL, AND_LEVEL, NOT_LEVEL, PREDICATE_LEVEL, SUM_LEVEL, PRODUCT_LEVEL, NEGATE_LEVEL, ATOM_LEVEL = range(8)
"""How tightly each kind of node binds; a part that binds more loosely than its place is put in brackets."""


def to_text(node: Node) -> str:
    """The expression as a person would write it; parsing it again gives an equal tree."""
    return _Writer(for_engine=False, qualifier=None).write(node)


def to_sql(node: Node, qualifier: str | None = None) -> str:
    """The expression in DuckDB's dialect, names quoted and prefixed by `qualifier`; division by zero is null."""
    return _Writer(for_engine=True, qualifier=qualifier).write(node)


def literal_text(value: Scalar) -> str:
    """A value as SQL writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return f"date '{value.isoformat()}'"
    return "'" + value.replace("'", "''") + "'"


class _Writer:
    def __init__(self, *, for_engine: bool, qualifier: str | None) -> None:
        self.for_engine = for_engine
        self.prefix = f"{qualifier}." if qualifier else ""

    def write(self, node: Node, at_least: int = OR_LEVEL) -> str:
        text, level = self._written(node)
        return text if level >= at_least else f"({text})"

    def _written(self, node: Node) -> tuple[str, int]:
        if isinstance(node, Name):
            return self._name(node.name), ATOM_LEVEL
        if isinstance(node, Literal):
            is_negative = not isinstance(node.value, str | date) and node.value < 0
            return literal_text(node.value), NEGATE_LEVEL if is_negative else ATOM_LEVEL
        if isinstance(node, Call):
            arguments = ", ".join(self.write(argument) for argument in node.arguments)
            return f"{node.function}({arguments})", ATOM_LEVEL
        if isinstance(node, Or):
            return " or ".join(self.write(part, AND_LEVEL) for part in node.parts), OR_LEVEL
        if isinstance(node, And):
            return " and ".join(self.write(part, NOT_LEVEL) for part in node.parts), AND_LEVEL
        if isinstance(node, Not):
            return f"not {self._negated_part(node.part)}", NOT_LEVEL
        if isinstance(node, Arithmetic):
            return self._arithmetic(node)
        if isinstance(node, Negate):
            return f"-{self.write(node.part, ATOM_LEVEL)}", NEGATE_LEVEL
        return self._predicate(node), PREDICATE_LEVEL

    def _name(self, name: str) -> str:
        return f'{self.prefix}"{name}"' if self.for_engine else name

    def _negated_part(self, part: Node) -> str:
        # `not a in (1)` would be read back as `a not in (1)`, another tree: brackets keep the difference.
        if isinstance(part, In | Between | IsNull | Like):
            return f"({self.write(part)})"
        return self.write(part, NOT_LEVEL)

    def _predicate(self, node: Comparison | In | Between | IsNull | Like) -> str:
        if isinstance(node, Comparison):
            return f"{self.write(node.left, SUM_LEVEL)} {node.operator} {self.write(node.right, SUM_LEVEL)}"
        subject, negation = self.write(node.subject, SUM_LEVEL), "not " if node.negated else ""
        if isinstance(node, In):
            return f"{subject} {negation}in ({', '.join(literal_text(option.value) for option in node.options)})"
        if isinstance(node, Between):
            low, high = self.write(node.low, SUM_LEVEL), self.write(node.high, SUM_LEVEL)
            return f"{subject} {negation}between {low} and {high}"
        if isinstance(node, IsNull):
            return f"{subject} is {negation}null"
        return f"{subject} {negation}{'ilike' if node.ignore_case else 'like'} {literal_text(node.pattern)}"

    def _arithmetic(self, node: Arithmetic) -> tuple[str, int]:
        if node.operator == "/" and self.for_engine:
            # Cast first: engines differ in what a decimal divided by a decimal gives; a double is the same everywhere.
            left, right = self.write(node.left), self.write(node.right)
            return f"cast({left} as double) / nullif(cast({right} as double), 0)", PRODUCT_LEVEL
        if is_product_of_values(node) and self.for_engine:
            return f"cast({self.write(node.left)} as double) * cast({self.write(node.right)} as double)", PRODUCT_LEVEL
        level = SUM_LEVEL if node.operator in "+-" else PRODUCT_LEVEL
        left, right = self.write(node.left, level), self.write(node.right, level + 1)
        return f"{left} {node.operator} {right}", level
