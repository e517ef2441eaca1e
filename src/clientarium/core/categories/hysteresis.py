"""The dead band: a client leaves a category only when clearly past its border, in either direction."""

from dataclasses import dataclass

from clientarium.core.categories.scheme import Scheme
from clientarium.core.ground.expressions import Condition, relax
from clientarium.core.ground.expressions import nodes as tree


@dataclass(frozen=True)
class Kept:
    """A category's whole border, widened: its own rule made easier, and none of the tightened rules above it true."""

    own: Condition | None
    none_of: tuple[Condition, ...]


def kept_rule(scheme: Scheme, index: int) -> Kept:
    """What keeps a client in the category at `index`.

    Being in a category means that the rules above it failed, so leaving upwards has a border as well: a rule above
    must hold even when made harder by the band. The rule of an `immediate` category above is not made harder.
    """
    category = scheme.categories[index]
    own = relax(category.rule.condition, scheme.dead_band) if category.rule else None
    above = [(other.rule.condition, other.immediate) for other in scheme.categories[:index] if other.rule]
    none_of = tuple(rule if immediate else tightened(rule, scheme) for rule, immediate in above)
    return Kept(own, none_of)


def tightened(rule: Condition, scheme: Scheme) -> Condition:
    """`rule` made harder by the scheme's dead band: what `relax` does under a `not`."""
    negated = relax(tree.Not(rule), scheme.dead_band)
    assert isinstance(negated, tree.Not)
    return negated.part
