"""Searches and findings as people read them."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet

from clientarium.core.ground import UserError
from clientarium.core.ground.expressions import Name, Node, Vocabulary, nodes, parse_condition, sentence
from clientarium.decisions.clients import custom_field_names, published_columns
from clientarium.decisions.people import Visitor
from clientarium.decisions.runs import LIVE_RUN_STATES, current_definitions

from ..choices import SearchState
from ..models import Finding, Search
from ..rules import can_see_zones


def searches(by: Visitor) -> QuerySet[Search]:
    """All of them, the newest first, with `found`; raises PermissionDenied."""
    if not can_see_zones(by):
        raise PermissionDenied
    return Search.objects.select_related("asked_by", "run").annotate(found=Count("findings")).order_by("-pk")


def findings(by: Visitor) -> QuerySet[Finding]:
    """Raises PermissionDenied."""
    if not can_see_zones(by):
        raise PermissionDenied
    return Finding.objects.select_related("search", "segment")


def latest_search(by: Visitor, *, target: str) -> Search | None:
    """The last one that is ready."""
    return searches(by).filter(target=target, state=SearchState.READY).first()


def live_search(by: Visitor, *, target: str) -> Search | None:
    """The one that is being made."""
    making = searches(by).filter(target=target, state=SearchState.MAKING)
    return making.filter(run__state__in=LIVE_RUN_STATES).first()


def condition_of(finding: Finding) -> str:
    """Whom it chooses: its own conditions among those the search spoke of."""
    return f"{finding.expression} and {finding.search.universe}" if finding.search.universe else finding.expression


def zone_words() -> dict[str, Name]:
    """Every word a zone may be described by, as of now: whoever sees zones sees all of them."""
    return {name.name: name for name in (*published_columns(), *custom_field_names())}


def sentence_of(expression: str, *, words: Vocabulary, language: str) -> str:
    """The condition as a sentence; the bare condition where a word of it is no longer there."""
    try:
        node = parse_condition(expression, words)
    except UserError:
        return expression
    return "".join(part.text for part in sentence(_titled(node, language), words, language))


def _titled(node: Node, language: str) -> Node:
    """The values of metrics by their titles: «нерегулярный», not «irregular»."""
    if isinstance(node, nodes.And):
        return nodes.And(tuple(_titled(part, language) for part in node.parts))
    if not (isinstance(node, nodes.Comparison) and isinstance(node.left, nodes.Name)):
        return node
    if isinstance(node.right, nodes.Literal) and isinstance(node.right.value, str):
        metric = current_definitions().catalogue.metrics.get(node.left.name)
        if metric is not None:
            return replace(node, right=nodes.Literal(metric.value_title(node.right.value, language)))
    return node
