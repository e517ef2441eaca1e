"""The one expression language of metrics' filters, category rules, segments and lists.

`Name` here is a word of a vocabulary; the tree's own node classes are in `nodes`. The parser comes when it is asked
for: sqlglot takes a seventh of a second, and the short-lived processes that read files parse no conditions.
"""

from typing import TYPE_CHECKING, Any

from clientarium.core.ground.expressions import nodes
from clientarium.core.ground.expressions.error import ExpressionError, nearest_names
from clientarium.core.ground.expressions.evaluate import Value, Values, evaluate
from clientarium.core.ground.expressions.explain import Explained, explain
from clientarium.core.ground.expressions.nodes import (
    Condition,
    Node,
    Scalar,
    names_in,
    node_at,
    replace_at,
    replace_literal,
    type_of,
    walk,
)
from clientarium.core.ground.expressions.relax import has_numeric_threshold, relax
from clientarium.core.ground.expressions.sentence import Part, number_text, sentence
from clientarium.core.ground.expressions.text import literal_text, to_sql, to_text
from clientarium.core.ground.expressions.vocabulary import NUMERIC_TYPES, SHARE_UNIT, Name, ValueType, Vocabulary

if TYPE_CHECKING:
    from clientarium.core.ground.expressions.parse import FUNCTIONS, parse_condition, parse_expression

__all__ = [
    "FUNCTIONS",
    "NUMERIC_TYPES",
    "SHARE_UNIT",
    "Condition",
    "Explained",
    "ExpressionError",
    "Name",
    "Node",
    "Part",
    "Scalar",
    "Value",
    "ValueType",
    "Values",
    "Vocabulary",
    "evaluate",
    "explain",
    "has_numeric_threshold",
    "literal_text",
    "names_in",
    "nearest_names",
    "node_at",
    "nodes",
    "number_text",
    "parse_condition",
    "parse_expression",
    "relax",
    "replace_at",
    "replace_literal",
    "sentence",
    "to_sql",
    "to_text",
    "type_of",
    "walk",
]

OF_THE_PARSER = frozenset({"FUNCTIONS", "parse_condition", "parse_expression"})


def __getattr__(name: str) -> Any:
    if name not in OF_THE_PARSER:
        raise AttributeError(name)
    from clientarium.core.ground.expressions import parse  # noqa: PLC0415 -- slow import: sqlglot

    return getattr(parse, name)
