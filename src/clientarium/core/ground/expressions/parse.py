"""Text → tree. sqlglot reads the SQL; only what has a node of ours gets through."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import cast

import sqlglot
from sqlglot import exp

from clientarium.core.ground.errors import N_
from clientarium.core.ground.expressions import checks
from clientarium.core.ground.expressions.error import ExpressionError, nearest_names
from clientarium.core.ground.expressions.nodes import (
    And,
    Arithmetic,
    ArithmeticOperator,
    Between,
    Call,
    Comparison,
    ComparisonOperator,
    Condition,
    In,
    IsNull,
    Like,
    Literal,
    Name,
    Negate,
    Node,
    Not,
    Or,
    type_of,
)
from clientarium.core.ground.expressions.vocabulary import ValueType, Vocabulary

DIALECT = "duckdb"

MAX_CHARACTERS = 20_000
"""An expression is written by a person; a longer one is an attack or a mistake, and parsing time grows with it."""

FUNCTIONS = ("abs", "coalesce", "contains", "greatest", "least", "length", "lower", "round", "starts_with", "upper")
FUNCTION_CLASSES: dict[type[exp.Expression], str] = {
    exp.Abs: "abs",
    exp.Coalesce: "coalesce",
    exp.Contains: "contains",
    exp.Greatest: "greatest",
    exp.Least: "least",
    exp.Length: "length",
    exp.Lower: "lower",
    exp.Round: "round",
    exp.StartsWith: "starts_with",
    exp.Upper: "upper",
}
KNOWN_PARTS = frozenset(
    {"this", "expression", "expressions", "low", "high", "to", "decimals", "table", "negate"}
    | {"is_string", "ignore_nulls", "typed", "safe", "symmetric", "query", "unnest", "field"}
)
"""What sqlglot may hang on a node and we read. Anything else would change the meaning unseen, so it is refused."""

COMPARISONS: dict[type[exp.Expression], ComparisonOperator] = {
    exp.EQ: "=",
    exp.NEQ: "<>",
    exp.LT: "<",
    exp.LTE: "<=",
    exp.GT: ">",
    exp.GTE: ">=",
}
MIRRORED: dict[ComparisonOperator, ComparisonOperator] = {
    "=": "=",
    "<>": "<>",
    "<": ">",
    "<=": ">=",
    ">": "<",
    ">=": "<=",
}
ARITHMETIC: dict[type[exp.Expression], ArithmeticOperator] = {exp.Add: "+", exp.Sub: "-", exp.Mul: "*", exp.Div: "/"}


def parse_condition(text: str, vocabulary: Vocabulary) -> Condition:
    """The true-or-false expression `text` says; raises ExpressionError."""
    node = parse_expression(text, vocabulary)
    if type_of(node) is not ValueType.BOOLEAN:
        raise ExpressionError(N_("This is a value, not a condition: compare it with something."), position=0, word=text)
    return node


def parse_expression(text: str, vocabulary: Vocabulary) -> Node:
    """The expression `text` says, its names and types checked against `vocabulary`; raises ExpressionError."""
    if len(text) > MAX_CHARACTERS:
        raise ExpressionError(N_("The expression is too long."), position=MAX_CHARACTERS)
    try:
        return Builder(text, vocabulary).build(_parsed(text))
    except RecursionError:
        # Depth is a property of the whole text; there is no single word to point at.
        raise ExpressionError(N_("The expression is nested too deeply."), position=0) from None


def _parsed(text: str) -> exp.Expression:
    try:
        return cast(exp.Expression, sqlglot.parse_one(text, into=exp.Condition, dialect=DIALECT))
    except sqlglot.errors.ParseError as error:
        raise _syntax_error(text, error) from error
    except sqlglot.errors.TokenError as error:
        raise ExpressionError(N_("A quotation mark is not closed."), position=len(text)) from error


def _syntax_error(text: str, error: sqlglot.errors.ParseError) -> ExpressionError:
    if not error.errors:
        return ExpressionError(N_("The expression is empty."), position=0)
    word = str(error.errors[0]["highlight"] or "")
    before = "".join(text.splitlines(keepends=True)[: int(error.errors[0]["line"] or 1) - 1])
    last_character = len(before) + int(error.errors[0]["col"] or 1) - 1
    position = max(0, last_character - max(len(word) - 1, 0))
    return ExpressionError(
        N_("The expression cannot be read near “%(word)s” (character %(position)s)."), position=position, word=word
    )


class Builder:
    """Turns sqlglot's tree into ours, refusing whatever has no node here."""

    def __init__(self, text: str, vocabulary: Vocabulary) -> None:
        self.text = text
        self.vocabulary = vocabulary

    def build(self, tree: exp.Expression) -> Node:
        build = self._builder_for(tree)
        if build is None:
            raise self.refuse(tree)
        node = build(tree)
        if any(value for key, value in tree.args.items() if key not in KNOWN_PARTS):
            raise self.refuse(tree)
        return node

    def _builder_for(self, tree: exp.Expression) -> Callable[[exp.Expression], Node] | None:
        kind = type(tree)
        if kind in COMPARISONS:
            return self._comparison
        if kind in ARITHMETIC:
            return self._arithmetic
        if isinstance(tree, exp.Func) and not isinstance(tree, exp.And | exp.Or | exp.Cast):
            return self._call
        builders: dict[type[exp.Expression], Callable[[exp.Expression], Node]] = {
            exp.And: self._connective,
            exp.Or: self._connective,
            exp.Paren: lambda inner: self.build(inner.this),
            exp.Column: self._name,
            exp.Not: self._not,
            exp.In: self._in,
            exp.Between: self._between,
            exp.Is: self._is,
            exp.Like: self._like,
            exp.ILike: self._like,
            exp.Neg: self._negate,
            exp.Literal: self._literal,
            exp.Boolean: lambda inner: Literal(bool(inner.this)),
            exp.Cast: self._date,
        }
        return builders.get(kind)

    def position(self, tree: exp.Expression) -> int:
        """Where the first named thing of `tree` stands; sqlglot keeps places for names only."""
        starts = [int(part.meta["start"]) for part in tree.walk() if "start" in part.meta]
        return min(starts, default=max(0, self.text.find(tree.sql(DIALECT))))

    def refuse(self, tree: exp.Expression) -> ExpressionError:
        word = tree.sql(DIALECT)
        if isinstance(tree, exp.Null):
            return ExpressionError(
                N_("Nothing equals null: write “is null” or “is not null”."), position=self.position(tree), word=word
            )
        return ExpressionError(
            N_("“%(word)s” is not part of the expression language (character %(position)s)."),
            position=self.position(tree),
            word=word,
        )

    def _name(self, tree: exp.Expression) -> Node:
        name = tree.name.lower()
        known = self.vocabulary.get(name)
        if known is None or tree.args.get("table"):
            word = tree.sql(DIALECT)
            raise ExpressionError(
                N_("There is no “%(word)s” (character %(position)s)."),
                position=self.position(tree),
                word=word,
                nearest=nearest_names(name, self.vocabulary),
            )
        return Name(name, known.type)

    def _literal(self, tree: exp.Expression) -> Node:
        if tree.args["is_string"]:
            return Literal(str(tree.this))
        text = str(tree.this)
        return Literal(int(text)) if text.isdigit() else Literal(Decimal(text))

    def _date(self, tree: exp.Expression) -> Node:
        if tree.args["to"].this != exp.DataType.Type.DATE or not isinstance(tree.this, exp.Literal):
            raise self.refuse(tree)
        return Literal(self._iso_date(str(tree.this.this)))

    def _iso_date(self, text: str) -> date:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ExpressionError(
                N_("“%(word)s” is not a date: write it as 2026-01-31."),
                position=max(0, self.text.find(text)),
                word=text,
            ) from None

    def _connective(self, tree: exp.Expression) -> Node:
        kind = type(tree)
        parts: list[Node] = []
        pending = [tree]
        # A loop, not recursion: a thousand conditions joined by `and` are a left-deep tree.
        while pending:
            part = pending.pop()
            if type(part) is kind:
                pending.extend([part.args["expression"], part.this])
            elif isinstance(part, exp.Paren) and type(part.this) is kind:
                pending.append(part.this)
            else:
                parts.append(self.condition(part))
        return And(tuple(parts)) if kind is exp.And else Or(tuple(parts))

    def condition(self, tree: exp.Expression) -> Node:
        node = self.build(tree)
        if type_of(node) is not ValueType.BOOLEAN:
            raise ExpressionError(
                N_("“%(word)s” is a value, not a condition (character %(position)s)."),
                position=self.position(tree),
                word=tree.sql(DIALECT),
            )
        return node

    def _not(self, tree: exp.Expression) -> Node:
        inner = self.condition(tree.this)
        bare = not isinstance(tree.this, exp.Paren)
        if bare and isinstance(inner, In):
            return In(inner.subject, inner.options, not inner.negated)
        if bare and isinstance(inner, Between):
            return Between(inner.subject, inner.low, inner.high, not inner.negated)
        if bare and isinstance(inner, IsNull):
            return IsNull(inner.subject, not inner.negated)
        if bare and isinstance(inner, Like):
            return Like(inner.subject, inner.pattern, inner.ignore_case, not inner.negated)
        return Not(inner)

    def _comparison(self, tree: exp.Expression) -> Node:
        left, right = self.pair(tree, tree.this, tree.args["expression"])
        operator = COMPARISONS[type(tree)]
        if isinstance(left, Literal) and not isinstance(right, Literal):
            # The threshold stands on the right: whoever walks the tree finds it in one place.
            left, right, operator = right, left, MIRRORED[operator]
        if operator not in ("=", "<>") and ValueType.BOOLEAN in (type_of(left), type_of(right)):
            raise self.mismatch(tree)
        return Comparison(operator, left, right)

    def pair(self, tree: exp.Expression, left_tree: exp.Expression, right_tree: exp.Expression) -> tuple[Node, Node]:
        """Two sides of a comparison, their types agreed and a text beside a date read as a date."""
        left, right = self.build(left_tree), self.build(right_tree)
        left, right = self._as_date(left, right), self._as_date(right, left)
        if not checks.are_comparable(left, right):
            raise self.mismatch(tree)
        self._check_choices(left, right, right_tree)
        self._check_choices(right, left, left_tree)
        return left, right

    def _as_date(self, node: Node, other: Node) -> Node:
        if isinstance(node, Literal) and isinstance(node.value, str) and type_of(other) is ValueType.DATE:
            return Literal(self._iso_date(node.value))
        return node

    def _check_choices(self, subject: Node, option: Node, tree: exp.Expression) -> None:
        if not isinstance(subject, Name) or not isinstance(option, Literal):
            return
        choices = self.vocabulary[subject.name].choices
        if choices is None or option.value in choices:
            return
        word = str(option.value)
        raise ExpressionError(
            N_("“%(name)s” is never “%(word)s” (character %(position)s)."),
            position=max(0, self.text.find(tree.sql(DIALECT))),
            word=word,
            nearest=nearest_names(word, choices) or tuple(choices[: checks.CHOICES_SHOWN]),
            name=subject.name,
        )

    def mismatch(self, tree: exp.Expression) -> ExpressionError:
        return ExpressionError(
            N_("The two sides of “%(word)s” are of different kinds (character %(position)s)."),
            position=self.position(tree),
            word=tree.sql(DIALECT),
        )

    def _in(self, tree: exp.Expression) -> Node:
        option_trees = tree.expressions
        if not option_trees or any(tree.args.get(key) for key in ("query", "unnest", "field")):
            raise self.refuse(tree)
        options: list[Literal] = []
        for option_tree in option_trees:
            subject, option = self.pair(tree, tree.this, option_tree)
            if not isinstance(option, Literal):
                raise self.refuse(option_tree)
            options.append(option)
        return In(subject, tuple(options))

    def _between(self, tree: exp.Expression) -> Node:
        if tree.args.get("symmetric"):
            raise self.refuse(tree)
        subject, low = self.pair(tree, tree.this, tree.args["low"])
        _, high = self.pair(tree, tree.this, tree.args["high"])
        if type_of(subject) is ValueType.BOOLEAN:
            raise self.mismatch(tree)
        return Between(subject, low, high)

    def _is(self, tree: exp.Expression) -> Node:
        if not isinstance(tree.args["expression"], exp.Null):
            raise self.refuse(tree)
        return IsNull(self.build(tree.this))

    def _like(self, tree: exp.Expression) -> Node:
        subject, pattern = self.build(tree.this), self.build(tree.args["expression"])
        if type_of(subject) is not ValueType.TEXT:
            raise self.mismatch(tree)
        if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
            raise self.refuse(tree)
        is_negated = bool(tree.args.get("negate"))
        return Like(subject, pattern.value, ignore_case=isinstance(tree, exp.ILike), negated=is_negated)

    def _negate(self, tree: exp.Expression) -> Node:
        part = self.build(tree.this)
        if not checks.is_numeric(part):
            raise self.mismatch(tree)
        if isinstance(part, Literal):
            return Literal(-cast(Decimal | int, part.value))
        return Negate(part)

    def _arithmetic(self, tree: exp.Expression) -> Node:
        left, right = self.build(tree.this), self.build(tree.args["expression"])
        if not checks.is_numeric(left) or not checks.is_numeric(right):
            raise self.mismatch(tree)
        return Arithmetic(ARITHMETIC[type(tree)], left, right)

    def _call(self, tree: exp.Expression) -> Node:
        function = FUNCTION_CLASSES.get(type(tree))
        if function is None:
            raise self._unknown_function(tree)
        arguments = tuple(self.build(argument) for argument in _arguments(tree))
        if not checks.fits(function, arguments):
            raise ExpressionError(
                N_("“%(word)s” does not take these values (character %(position)s)."),
                position=self.position(tree),
                word=tree.sql(DIALECT),
            )
        return Call(function, arguments)

    def _unknown_function(self, tree: exp.Expression) -> ExpressionError:
        word = tree.name if isinstance(tree, exp.Anonymous) else cast(exp.Func, tree).sql_name().lower()
        return ExpressionError(
            N_("There is no function “%(word)s” (character %(position)s)."),
            position=max(0, self.text.lower().find(word.lower())),
            word=word,
            nearest=nearest_names(word, FUNCTIONS) or FUNCTIONS,
        )


def _arguments(tree: exp.Expression) -> list[exp.Expression]:
    """A function's arguments in the order written, whatever sqlglot calls them."""
    found: list[exp.Expression] = []
    for value in tree.args.values():
        if isinstance(value, list):
            found.extend(value)
        elif isinstance(value, exp.Expression):
            found.append(value)
    return found
