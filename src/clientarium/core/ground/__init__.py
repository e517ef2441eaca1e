"""What every room stands on: dates, ids, errors, and the expression language.

The expression language is a package of its own (`ground.expressions`); its names are here too, for whoever enters by
the door. `Name` is a word of a vocabulary; the tree's own node classes are in `nodes`.
"""

from typing import TYPE_CHECKING, Any

from clientarium.core.ground import expressions
from clientarium.core.ground.errors import N_, Message, UserError
from clientarium.core.ground.expressions import (
    NUMERIC_TYPES,
    SHARE_UNIT,
    Condition,
    Explained,
    ExpressionError,
    Name,
    Node,
    Part,
    Scalar,
    Value,
    Values,
    ValueType,
    Vocabulary,
    evaluate,
    explain,
    has_numeric_threshold,
    literal_text,
    names_in,
    nearest_names,
    node_at,
    nodes,
    number_text,
    relax,
    replace_at,
    replace_literal,
    sentence,
    to_sql,
    to_text,
    type_of,
    walk,
)
from clientarium.core.ground.ids import content_hash, sha256_of
from clientarium.core.ground.periods import Window, add_months

if TYPE_CHECKING:
    from clientarium.core.ground.expressions import FUNCTIONS, parse_condition, parse_expression

__all__ = [
    "FUNCTIONS",
    "NUMERIC_TYPES",
    "N_",
    "SHARE_UNIT",
    "Condition",
    "Explained",
    "ExpressionError",
    "Message",
    "Name",
    "Node",
    "Part",
    "Scalar",
    "UserError",
    "Value",
    "ValueType",
    "Values",
    "Vocabulary",
    "Window",
    "add_months",
    "content_hash",
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
    "sha256_of",
    "to_sql",
    "to_text",
    "type_of",
    "walk",
]


def __getattr__(name: str) -> Any:
    # The parser comes when it is asked for, through the language's own lazy door.
    if name not in __all__:
        raise AttributeError(name)
    return getattr(expressions, name)
