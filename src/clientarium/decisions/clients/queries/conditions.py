"""A condition of the expression language as a Django filter over states.

The answer is the one `ground.expressions.evaluate` gives, nulls included: each node becomes the SQL that says the same,
because Django's own lookups treat null differently once they are negated.
"""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BooleanField, DateField, DecimalField, FloatField, Q, TextField, Value
from django.db.models.expressions import Combinable

from clientarium.core.ground import N_, UserError
from clientarium.core.ground.expressions import Condition, Node, ValueType, nodes, type_of

from .sql import Sql
from .sqlite_text import LIKE, LOWER, UPPER
from .words import is_postgres, output_field, place_of

LARGEST_NUMBER = 10**18
"""Larger ones fit no column and overflow the databases' arithmetic."""

EXACT_DIGITS = 6
"""SQLite has no decimals: results of its arithmetic on money are compared to a millionth."""

BOOLEAN = BooleanField()


def compile_condition(node: Condition) -> Q:
    """A filter for `states_visible_to(user)`: the states for which `node` is true (not false, not null).

    Raises UserError for a text or a number no database takes.
    """
    return Q(truth("{0}", value_of(node)))


def value_of(node: Node) -> Combinable:
    """The value of `node` as an expression over states; conditions give true, false or null."""
    return COMPILERS[type(node)](node)


def truth(text: str, *parts: Any) -> Sql:
    return Sql(text, *parts, output_field=BOOLEAN)


def _name(node: nodes.Name) -> Combinable:
    return place_of(node.name, node.type)


def _literal(node: nodes.Literal) -> Combinable:
    value = node.value
    if isinstance(value, bool):
        return Value(value, BOOLEAN)
    if isinstance(value, date):
        return Value(value, DateField())
    if isinstance(value, str):
        if "\0" in value or (not value.isprintable() and any(0xD800 <= ord(sign) < 0xE000 for sign in value)):
            raise UserError(N_("This text holds a sign that no text of a card can hold."))
        return Value(value, TextField())
    assert isinstance(value, int | Decimal)
    if not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise UserError(N_("The number %(number)s is too large."), number=value)
    if is_postgres():
        # Written out, not bound: PostgreSQL then knows it for a numeric, and integers cannot overflow.
        return Sql(
            "CAST({0} AS numeric)", Value(str(value)), output_field=DecimalField(max_digits=40, decimal_places=18)
        )
    return Value(float(value), FloatField()) if isinstance(value, Decimal) else Value(value)


def is_double(node: Node) -> bool:
    """Whether the value is a double rather than an exact number."""
    if isinstance(node, nodes.Name):
        return node.type is ValueType.NUMBER
    if isinstance(node, nodes.Arithmetic) and node.operator == "/":
        return True
    return any(is_double(child) for _, child in nodes.children(node))


def comparable(node: Node, *others: Node) -> Combinable:
    """`node` to be compared with `others`: on SQLite, what arithmetic did to exact numbers is rounded back."""
    family = (node, *others)
    exact = type_of(node) in (ValueType.MONEY, ValueType.NUMBER, ValueType.INTEGER) and not any(map(is_double, family))
    computed = any(isinstance(part, nodes.Arithmetic | nodes.Call) for member in family for part in nodes.walk(member))
    value = value_of(node)
    if is_postgres() or not exact or not computed:
        return value
    return Sql(f"ROUND({{0}}, {EXACT_DIGITS})", value, output_field=FloatField())


def _comparison(node: nodes.Comparison) -> Combinable:
    left, right = comparable(node.left, node.right), comparable(node.right, node.left)
    ordered = node.operator not in ("=", "<>") and type_of(node.left) is ValueType.TEXT
    # Texts are ordered by their signs' numbers everywhere; a database's own collation would differ from place to place.
    collation = ' COLLATE "C"' if ordered and is_postgres() else ""
    return truth(f"({{0}}{collation} {node.operator} {{1}}{collation})", left, right)


def balanced(connector: str, parts: list[Combinable]) -> Combinable:
    """Joined two by two: SQLite refuses expressions deeper than a thousand."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    return truth(f"({{0}} {connector} {{1}})", balanced(connector, parts[:half]), balanced(connector, parts[half:]))


def _in(node: nodes.In) -> Combinable:
    options = [comparable(option, node.subject) for option in node.options]
    holes = ", ".join(f"{{{number}}}" for number in range(1, len(options) + 1))
    sign = "NOT IN" if node.negated else "IN"
    return truth(f"({{0}} {sign} ({holes}))", comparable(node.subject, *node.options), *options)


def _between(node: nodes.Between) -> Combinable:
    both = nodes.And((nodes.Comparison(">=", node.subject, node.low), nodes.Comparison("<=", node.subject, node.high)))
    return value_of(nodes.Not(both) if node.negated else both)


def _is_null(node: nodes.IsNull) -> Combinable:
    return truth(f"({{0}} IS {'NOT ' if node.negated else ''}NULL)", value_of(node.subject))


def _like(node: nodes.Like) -> Combinable:
    subject, pattern = value_of(node.subject), _literal(nodes.Literal(node.pattern))
    if is_postgres():
        sign = "ILIKE" if node.ignore_case else "LIKE"
        found = truth(f"({{0}} {sign} {{1}} ESCAPE '')", subject, pattern)
    else:
        found = truth(f"{LIKE}({{0}}, {{1}}, {int(node.ignore_case)})", subject, pattern)
    return truth("(NOT {0})", found) if node.negated else found


def _arithmetic(node: nodes.Arithmetic) -> Combinable:
    left, right = value_of(node.left), value_of(node.right)
    if node.operator == "/":
        quotient = "(CAST({0} AS double precision) / NULLIF(CAST({1} AS double precision), 0))"
        return Sql(quotient, left, right, output_field=FloatField())
    if is_double(node):
        text = f"(CAST({{0}} AS double precision) {node.operator} CAST({{1}} AS double precision))"
        return Sql(text, left, right, output_field=FloatField())
    text = f"(CAST({{0}} AS numeric) {node.operator} CAST({{1}} AS numeric))"
    return Sql(text, left, right, output_field=output_field(ValueType.MONEY))


def _call(node: nodes.Call) -> Combinable:
    return FUNCTIONS[node.function](node)


def _alike(node: nodes.Call) -> list[Combinable]:
    """The arguments of a choosing function, all doubles if one is."""
    values = [value_of(argument) for argument in node.arguments]
    if not is_double(node):
        return values
    return [Sql("CAST({0} AS double precision)", value, output_field=FloatField()) for value in values]


def holes(count: int) -> str:
    return ", ".join(f"{{{number}}}" for number in range(count))


def _coalesce(node: nodes.Call) -> Combinable:
    values = _alike(node)
    return Sql(f"COALESCE({holes(len(values))})", *values, output_field=output_field(type_of(node)))


def _extreme(postgres: str, sqlite: str) -> Callable[[nodes.Call], Combinable]:
    def compiled(node: nodes.Call) -> Combinable:
        values = _alike(node)
        output = output_field(type_of(node))
        if is_postgres():
            collation = ' COLLATE "C"' if type_of(node) is ValueType.TEXT else ""
            listed = ", ".join(f"{{{number}}}{collation}" for number in range(len(values)))
            return Sql(f"{postgres}({listed})", *values, output_field=output)
        # SQLite's max(a, null) is null; here an unknown value is passed over.
        filled = [f"COALESCE({{{number}}}, {holes(len(values))})" for number in range(len(values))]
        return Sql(f"{sqlite}({', '.join(filled)})", *values, output_field=output)

    return compiled


def _round(node: nodes.Call) -> Combinable:
    """Half away from zero, as everywhere."""
    digits = int(node.arguments[1].value) if len(node.arguments) > 1 else 0  # type: ignore[union-attr, arg-type]
    value, scale = value_of(node.arguments[0]), 10**digits
    if is_double(node.arguments[0]):
        text = f"(SIGN({{0}}) * FLOOR(ABS({{0}}) * {scale}.0 + 0.5) / {scale}.0)"
        if is_postgres():
            scaled = f"CAST({scale} AS double precision)"
            text = f"(SIGN({{0}}) * FLOOR(ABS({{0}}) * {scaled} + 0.5) / {scaled})"
        return Sql(text, value, output_field=FloatField())
    if is_postgres():
        return Sql(f"ROUND(CAST({{0}} AS numeric), {digits})", value, output_field=FloatField())
    text = f"(SIGN({{0}}) * FLOOR(ROUND(ABS({{0}}) * {scale}.0, {EXACT_DIGITS}) + 0.5) / {scale}.0)"
    return Sql(text, value, output_field=FloatField())


def _text_function(postgres: str, sqlite: str) -> Callable[[nodes.Call], Combinable]:
    def compiled(node: nodes.Call) -> Combinable:
        values = [value_of(argument) for argument in node.arguments]
        return Sql(postgres if is_postgres() else sqlite, *values, output_field=output_field(type_of(node)))

    return compiled


FUNCTIONS: dict[str, Callable[[nodes.Call], Combinable]] = {
    "abs": lambda node: Sql("ABS({0})", value_of(node.arguments[0]), output_field=output_field(type_of(node))),
    "coalesce": _coalesce,
    "contains": _text_function("(strpos({0}, {1}) > 0)", "(instr({0}, {1}) > 0)"),
    "greatest": _extreme("GREATEST", "MAX"),
    "least": _extreme("LEAST", "MIN"),
    "length": _text_function("LENGTH({0})", "LENGTH({0})"),
    "lower": _text_function("LOWER({0})", f"{LOWER}({{0}})"),
    "round": _round,
    "starts_with": _text_function("starts_with({0}, {1})", "(substr({0}, 1, length({1})) = {1})"),
    "upper": _text_function("UPPER({0})", f"{UPPER}({{0}})"),
}

COMPILERS: dict[type[Node], Callable[[Any], Combinable]] = {
    nodes.Name: _name,
    nodes.Literal: _literal,
    nodes.Comparison: _comparison,
    nodes.And: lambda node: balanced("AND", [value_of(part) for part in node.parts]),
    nodes.Or: lambda node: balanced("OR", [value_of(part) for part in node.parts]),
    nodes.Not: lambda node: truth("(NOT {0})", value_of(node.part)),
    nodes.In: _in,
    nodes.Between: _between,
    nodes.IsNull: _is_null,
    nodes.Like: _like,
    nodes.Arithmetic: _arithmetic,
    nodes.Negate: lambda node: Sql("(- {0})", value_of(node.part), output_field=output_field(type_of(node))),
    nodes.Call: _call,
}
