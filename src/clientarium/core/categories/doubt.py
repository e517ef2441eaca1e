"""How sure a rule is of a client: by what share his numbers would have to differ for the rule to answer otherwise.

1. A simple comparison `x > t` is as sure as |x - t| is large beside |t| (beside |x| where t is 0); `x` and `t` are the
   client's own number and the threshold, be it written in the rule or a median of the base.
2. All of several conditions: as sure as the weakest of them. Any of several: as the strongest that holds. This is the
   robustness of a formula (Fainekos and Pappas 2009), with the sign telling whether it holds.
3. Yes-or-no conditions, texts and dates have no distance: they are sure, and so is what leans on them alone.
4. The dead band of a scheme is the same distance: a client nearer to the border than the band is a matter of taste.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from math import inf, isinf

from clientarium.core.categories.scheme import Scheme
from clientarium.core.ground.expressions import Value, evaluate, names_in
from clientarium.core.ground.expressions import nodes as tree


def distance_to_border(
    scheme: Scheme, values: Mapping[str, Value], *, before: str | None, after: str | None
) -> float | None:
    """The share by which the decisive numbers would have to differ, 0 at the border; None where nothing tells.

    Of a rise the new category's rule is asked, of a fall the old one's, which no longer holds.
    """
    old, new = scheme.category(before or ""), scheme.category(after or "")
    is_fall = old is not None and (new is None or scheme.rank(after) > scheme.rank(before))
    asked = old if is_fall and old is not None and old.rule is not None else new
    if asked is None or asked.rule is None or not names_in(asked.rule.condition) <= set(values):
        return None
    found = abs(sureness(asked.rule.condition, values))
    return None if isinf(found) else found


def sureness(node: tree.Node, values: Mapping[str, Value]) -> float:
    """Positive where `node` holds, negative where it does not or is unknown; the larger, the surer."""
    if isinstance(node, tree.And):
        return min(sureness(part, values) for part in node.parts)
    if isinstance(node, tree.Or):
        return max(sureness(part, values) for part in node.parts)
    if isinstance(node, tree.Not):
        return -sureness(node.part, values)
    size = inf
    if isinstance(node, tree.Comparison) and node.operator not in ("=", "<>"):
        size = _gap(evaluate(node.left, values), evaluate(node.right, values))
    elif isinstance(node, tree.Between):
        subject = evaluate(node.subject, values)
        size = min(_gap(subject, evaluate(node.low, values)), _gap(subject, evaluate(node.high, values)))
    return size if evaluate(node, values) is True else -size


def _gap(own: Value, threshold: Value) -> float:
    """How far apart two numbers are beside the threshold; infinite for what is no number."""
    pair = (own, threshold)
    if any(one is None or isinstance(one, bool | str | date) for one in pair):
        return inf
    left, right = (float(one) for one in pair if isinstance(one, int | float | Decimal))
    scale = abs(right) or abs(left)
    return abs(left - right) / scale if scale else 0.0
