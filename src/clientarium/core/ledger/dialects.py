"""From DuckDB's dialect to Spark's: sqlglot, and what it leaves different between the two."""

import sqlglot
from sqlglot import exp


def to_spark(sql: str) -> str:
    """`sql` in Spark's dialect with DuckDB's meaning. Raises sqlglot's ParseError on what is not a query."""
    tree = sqlglot.parse_one(sql, dialect="duckdb")
    return tree.transform(_spark_node).sql(dialect="spark")


def _spark_node(node: exp.Expression) -> exp.Expression:
    return node
