"""From DuckDB's dialect to Spark's: sqlglot, and what it leaves different between the two.

Types are not known here, so some things must be written so that both understand them alike:
`date_diff` rather than `date - date`; `cast(date_trunc(…) as date)`; `median(cast(money as double))` and so with
quantiles; `cast(round(x) as bigint)`. hash() never. What differs and cannot be mended raises UnsupportedError.
"""

from collections.abc import Callable

import sqlglot
from sqlglot import exp
from sqlglot.errors import UnsupportedError

_MONTHS = {"MONTH": 1, "QUARTER": 3, "YEAR": 12}


def to_spark(sql: str) -> str:
    """`sql` in Spark's dialect with DuckDB's meaning.

    Raises sqlglot's ParseError on what is no query, UnsupportedError on what Spark cannot say.
    """
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    # From the leaves up, so that what is put in place of a node holds mended parts only.
    for node in reversed(list(tree.walk())):
        for kind, mend in _MENDED:
            if isinstance(node, kind):
                mended = mend(node)
                if mended is not node:
                    node.replace(mended)
                break
    return tree.sql(dialect="spark")


def _double(node: exp.Expr) -> exp.Expr:
    return exp.cast(node.copy(), "double")


def _division(node: exp.Div) -> exp.Expr:
    """DuckDB divides as doubles; Spark divides decimals as decimals and cuts the digits."""
    return exp.paren(exp.Div(this=_double(node.this), expression=_double(node.expression)), copy=False)


def _average(node: exp.Avg) -> exp.Expr:
    """DuckDB's average of decimals is a double; Spark's keeps four digits more than they have."""
    return exp.Avg(this=_double(node.this)) if not isinstance(node.this, exp.Distinct) else node


def _quantile(node: exp.PercentileCont | exp.Quantile) -> exp.Expr:
    """percentile_cont is an ordered-set function in Spark; percentile is the same number."""
    if node.expression is None or isinstance(node.parent, exp.WithinGroup):
        return node
    return exp.func("percentile", node.this.copy(), node.expression.copy())


def _arg_extreme(node: exp.ArgMax | exp.ArgMin) -> exp.Expr:
    """DuckDB passes over rows whose answer is null; Spark passes over rows whose order is null."""
    present = exp.Not(this=exp.Is(this=node.this.copy(), expression=exp.Null()))
    order = exp.Case().when(present, node.expression.copy())
    return type(node)(this=node.this.copy(), expression=order)


def _filtered_window(node: exp.Window) -> exp.Expr:
    """Spark has no FILTER in windows: the rows left out become nulls, which aggregates pass over."""
    if not isinstance(node.this, exp.Filter):
        return node
    aggregate, condition = node.this.this.copy(), node.this.expression.this
    counted = exp.Literal.number(1) if isinstance(aggregate.this, exp.Star) else aggregate.this
    aggregate.set("this", exp.Case().when(condition.copy(), counted.copy()))
    node.set("this", aggregate)
    return node


def _date_diff(node: exp.DateDiff) -> exp.Expr:
    """DuckDB counts whole weeks, and of months, quarters and years the boundaries passed; Spark always whole ones."""
    unit = (node.text("unit") or "DAY").upper()
    if unit == "DAY":
        return node
    later, earlier = node.this, node.expression
    if unit == "WEEK":
        days = exp.DateDiff(this=later.copy(), expression=earlier.copy(), unit=exp.var("DAY"))
        return exp.cast(exp.Div(this=days, expression=exp.Literal.number(7)), "bigint")
    if unit not in _MONTHS:
        raise UnsupportedError(f"date_diff by {unit} is not told to Spark")
    return exp.paren(exp.Sub(this=_period(later, unit), expression=_period(earlier, unit)), copy=False)


def _period(day: exp.Expr, unit: str) -> exp.Expr:
    """Number of the month, quarter or year that `day` is in, counted from year 0."""
    year, part = exp.func("year", day.copy()), exp.func(unit.lower(), day.copy())
    if unit == "YEAR":
        return year
    number = exp.Add(this=exp.Mul(this=year, expression=exp.Literal.number(12 // _MONTHS[unit])), expression=part)
    return exp.paren(number, copy=False)


def _date_trunc(node: exp.DateTrunc | exp.TimestampTrunc) -> exp.Expr:
    """Facts have days, not moments: a date, as it is in DuckDB with the cast that must stand around it."""
    return exp.Anonymous(this="trunc", expressions=[node.this.copy(), exp.Literal.string(node.text("unit"))])


def _regexp_replace(node: exp.RegexpReplace) -> exp.Expr:
    """DuckDB replaces the first match unless told 'g', Spark all of them."""
    if "g" not in node.text("modifiers"):
        raise UnsupportedError("regexp_replace without 'g' is not told to Spark: it would replace every match")
    return exp.RegexpReplace(
        this=node.this.copy(), expression=node.expression.copy(), replacement=node.args["replacement"]
    )


def _materialized(node: exp.CTE) -> exp.Expr:
    """Spark decides by itself what to keep."""
    node.set("materialized", None)
    return node


def _week(node: exp.Anonymous) -> exp.Expr:
    if node.name.lower() in ("isoweek", "weekofyear", "week"):
        return exp.WeekOfYear(this=node.expressions[0].copy())
    return node


_MENDED: tuple[tuple[type[exp.Expr] | tuple[type[exp.Expr], ...], Callable[..., exp.Expr]], ...] = (
    (exp.Div, _division),
    (exp.Avg, _average),
    ((exp.PercentileCont, exp.Quantile), _quantile),
    ((exp.ArgMax, exp.ArgMin), _arg_extreme),
    (exp.Window, _filtered_window),
    (exp.DateDiff, _date_diff),
    ((exp.DateTrunc, exp.TimestampTrunc), _date_trunc),
    (exp.RegexpReplace, _regexp_replace),
    (exp.CTE, _materialized),
    (exp.Anonymous, _week),
)
