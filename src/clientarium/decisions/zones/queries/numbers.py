"""What the company finds worth naming as a zone, and of what its categories are made."""

from clientarium.core.categories import Scheme
from clientarium.core.ground.expressions import Node, names_in
from clientarium.core.strategy import ZoneRules
from clientarium.decisions.contacts import policy_number
from clientarium.decisions.runs import current_definitions

LINES = {
    "zones_least_clients": "least_clients",
    "zones_least_share": "least_share",
    "zones_least_difference": "least_difference",
    "zones_least_points": "least_points",
    "zones_least_price": "least_price",
    "zones_false_share": "false_share",
}
"""Line of policy.yaml → the rule's name."""


def zone_rules() -> ZoneRules:
    """Raises UserError with file and line where the policy cannot be read."""
    found = {rule: float(policy_number(line)) for line, rule in LINES.items()}
    return ZoneRules(**found | {"least_clients": int(found["least_clients"])})  # type: ignore[arg-type]


def ingredients() -> dict[str, frozenset[str]]:
    """Category or tag → the words its rules are made of."""
    found: dict[str, frozenset[str]] = {}
    for scheme in current_definitions().schemes:
        words = frozenset(_words_of(scheme))
        found[scheme.name] = found[scheme.computed_column] = words
        for tag in scheme.tags:
            found[tag.column] = names_in(tag.rule.condition)
    return found


def _words_of(scheme: Scheme) -> set[str]:
    nodes: list[Node] = [scheme.base.condition]
    nodes += [category.rule.condition for category in scheme.categories if category.rule is not None]
    nodes += [level.of for level in scheme.levels]
    nodes += [derived.of for derived in scheme.derived]
    return {name for node in nodes for name in names_in(node)}
