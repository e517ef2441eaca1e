"""The SQL a metric may be written in: one expression over a step's columns, from a short list of functions.

No subqueries, no tables, no stars but `count(*)`; aggregates over the fact steps, plain expressions over `clients`,
windows over `base` alone. A division is always by doubles and gives null where the divisor is zero, so engines agree.
"""

from collections.abc import Collection
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from clientarium.core.ground import N_
from clientarium.core.ground.expressions import ExpressionError, nearest_names

DIALECT = "duckdb"

AS_OF = "as_of"
WINDOW_MONTHS = "window_months"

AGGREGATES: dict[str, type[exp.Expr]] = {
    "arg_max": exp.ArgMax,
    "arg_min": exp.ArgMin,
    "avg": exp.Avg,
    "bool_and": exp.LogicalAnd,
    "bool_or": exp.LogicalOr,
    "count": exp.Count,
    "max": exp.Max,
    "median": exp.Median,
    "min": exp.Min,
    "sum": exp.Sum,
}
PLAIN_FUNCTIONS: dict[str, type[exp.Expr]] = {
    "abs": exp.Abs,
    "case": exp.Case,
    "cast": exp.Cast,
    "ceil": exp.Ceil,
    "coalesce": exp.Coalesce,
    "contains": exp.Contains,
    "date_diff": exp.DateDiff,
    "exp": exp.Exp,
    "floor": exp.Floor,
    "greatest": exp.Greatest,
    "if": exp.If,
    "least": exp.Least,
    "length": exp.Length,
    "ln": exp.Ln,
    "lower": exp.Lower,
    "nullif": exp.Nullif,
    "round": exp.Round,
    "sqrt": exp.Sqrt,
    "starts_with": exp.StartsWith,
    "upper": exp.Upper,
}
WINDOW_FUNCTIONS: dict[str, type[exp.Expr]] = {
    "cume_dist": exp.CumeDist,
    "dense_rank": exp.DenseRank,
    "percent_rank": exp.PercentRank,
    "rank": exp.Rank,
    "row_number": exp.RowNumber,
}
PLAIN_NODES: tuple[type[exp.Expr], ...] = (
    exp.Add, exp.And, exp.Between, exp.Boolean, exp.Column, exp.DataType, exp.DataTypeParam, exp.Distinct, exp.Div,
    exp.EQ, exp.Filter,
    exp.GT, exp.GTE, exp.Identifier, exp.ILike, exp.In, exp.Is, exp.Like, exp.Literal, exp.LT, exp.LTE, exp.Mul,
    exp.NEQ, exp.Neg, exp.Not, exp.Null, exp.Or, exp.Paren, exp.Sub, exp.Var, exp.Where,
)  # fmt: skip
WINDOW_NODES: tuple[type[exp.Expr], ...] = (exp.Order, exp.Ordered, exp.Window, exp.WindowSpec)

CAST_TYPES = ("BIGINT", "BOOLEAN", "DATE", "DECIMAL", "DOUBLE", "INT", "TEXT", "VARCHAR")


@dataclass(frozen=True)
class Grammar:
    """What may stand in the expression: the names, and whether it aggregates rows or looks over the base."""

    names: Collection[str]
    aggregates: bool = False
    windows: bool = False

    @property
    def functions(self) -> dict[str, type[exp.Expr]]:
        allowed = dict(PLAIN_FUNCTIONS)
        if self.aggregates or self.windows:
            allowed |= AGGREGATES
        return allowed | WINDOW_FUNCTIONS if self.windows else allowed

    @property
    def nodes(self) -> tuple[type[exp.Expr], ...]:
        allowed = (*PLAIN_NODES, *self.functions.values())
        return (*allowed, *WINDOW_NODES) if self.windows else allowed


def parse_metric_sql(text: str, grammar: Grammar) -> exp.Expr:
    """The checked tree of a metric's SQL; raises ExpressionError with the word and its nearest names."""
    try:
        tree = sqlglot.parse_one(text, into=exp.Condition, dialect=DIALECT)
    except sqlglot.errors.SqlglotError as error:
        first = (getattr(error, "errors", None) or [{}])[0]
        word = str(first.get("highlight") or "")
        raise ExpressionError(
            N_("The SQL cannot be read near “%(word)s”."), position=max(0, text.find(word)), word=word
        ) from error
    for node in tree.walk():
        _check_node(node, text=text, grammar=grammar)
    if grammar.aggregates:
        _check_everything_is_aggregated(tree, text)
    if grammar.windows:
        _check_aggregates_have_windows(tree, text)
    return tree


def names_of(tree: exp.Expr) -> frozenset[str]:
    """Every name the expression uses."""
    return frozenset(column.name.lower() for column in tree.find_all(exp.Column))


def _check_node(node: exp.Expr, *, text: str, grammar: Grammar) -> None:
    if isinstance(node, exp.Star):
        if not isinstance(node.parent, exp.Count):
            raise _refusal(node, text)
        return
    if isinstance(node, exp.Cast) and node.args["to"].this.value not in CAST_TYPES:
        raise _refusal(node, text)
    if isinstance(node, exp.In) and not node.expressions:
        raise _refusal(node, text)
    if isinstance(node, exp.Column):
        _check_column(node, text=text, grammar=grammar)
    elif type(node) not in grammar.nodes:
        raise _refusal(node, text) if not isinstance(node, exp.Func) else _unknown_function(node, text, grammar)


def _check_column(node: exp.Column, *, text: str, grammar: Grammar) -> None:
    name = node.name.lower()
    if name in grammar.names and not node.args.get("table"):
        return
    word = node.sql(DIALECT)
    raise ExpressionError(
        N_("There is no “%(word)s” here."),
        position=int(node.this.meta.get("start", max(0, text.find(word)))),
        word=word,
        nearest=nearest_names(name, grammar.names) or tuple(sorted(grammar.names)[:12]),
    )


def _refusal(node: exp.Expr, text: str) -> ExpressionError:
    word = node.sql(DIALECT)
    return ExpressionError(
        N_("“%(word)s” may not stand in a metric."), position=max(0, text.lower().find(word.lower())), word=word
    )


def _unknown_function(node: exp.Func, text: str, grammar: Grammar) -> ExpressionError:
    word = node.name if isinstance(node, exp.Anonymous) else node.sql_name().lower()
    return ExpressionError(
        N_("There is no function “%(word)s” here."),
        position=max(0, text.lower().find(word.lower())),
        word=word,
        nearest=nearest_names(word, grammar.functions) or tuple(grammar.functions),
    )


def is_aggregate(node: exp.Expr) -> bool:
    return isinstance(node, tuple(AGGREGATES.values()))


def _check_everything_is_aggregated(tree: exp.Expr, text: str) -> None:
    for column in tree.find_all(exp.Column):
        if column.name.lower() in (AS_OF, WINDOW_MONTHS) or column.find_ancestor(*AGGREGATES.values(), exp.Filter):
            continue
        raise ExpressionError(
            N_("“%(word)s” is one value per row: sum, count or choose one of them."),
            position=int(column.this.meta.get("start", 0)),
            word=column.name,
        )
    for aggregate in tree.find_all(*AGGREGATES.values()):
        if aggregate.find_ancestor(*AGGREGATES.values()):
            raise _refusal(aggregate, text)
    if not any(True for _ in tree.find_all(*AGGREGATES.values())):
        raise ExpressionError(N_("“%(word)s” does not aggregate the rows."), position=0, word=text)


def _check_aggregates_have_windows(tree: exp.Expr, text: str) -> None:
    for node in tree.find_all(*AGGREGATES.values(), *WINDOW_FUNCTIONS.values()):
        if not node.find_ancestor(exp.Window):
            raise ExpressionError(
                N_("“%(word)s” needs “over (…)” here: it looks over the whole base."),
                position=max(0, text.find(node.sql(DIALECT))),
                word=node.sql(DIALECT),
            )
