"""Why a condition is true or not for one client: every part with its actual values."""

from dataclasses import dataclass

from clientarium.core.ground.expressions.evaluate import Value, Values, evaluate
from clientarium.core.ground.expressions.nodes import And, Node, Not, Or, names_in
from clientarium.core.ground.expressions.text import to_text


@dataclass(frozen=True)
class Explained:
    """One part of a condition. `truth` is None where a value it needs is unknown; `parts` are those of and, or, not."""

    node: Node
    text: str
    values: tuple[tuple[str, Value], ...]
    truth: bool | None
    parts: tuple["Explained", ...] = ()


def explain(node: Node, values: Values) -> Explained:
    """The tree of `node`'s conditions with the values they met, names in alphabetical order."""
    truth = evaluate(node, values)
    assert truth is None or isinstance(truth, bool)
    inner = node.parts if isinstance(node, And | Or) else (node.part,) if isinstance(node, Not) else ()
    return Explained(
        node=node,
        text=to_text(node),
        values=tuple((name, values[name]) for name in sorted(names_in(node))),
        truth=truth,
        parts=tuple(explain(part, values) for part in inner),
    )
