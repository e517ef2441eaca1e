"""Pairs waiting for an answer, merges made, answers given."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet

from clientarium.decisions.people import Visitor, can_merge

from ..models import DuplicatePair, Merge, MergeRule, NotDuplicate
from .families import roots_of

both_stand = Q(a__merged_into__isnull=True, b__merged_into__isnull=True)


def duplicate_pairs(user: Visitor) -> QuerySet[DuplicatePair]:
    """Pairs that look like one client, the likeliest first; none for whoever does not merge.

    Cards merged meanwhile are left out: the next search compares what became of them.
    """
    pairs = DuplicatePair.objects.filter(both_stand).select_related("a__holder", "b__holder")
    return pairs.order_by("-probability", "-weight", "pk") if can_merge(user) else pairs.none()


def merges_seen_by(user: Visitor) -> QuerySet[Merge]:
    """Every merge ever made, the newest first; none for whoever does not merge."""
    merges = Merge.objects.select_related("alias", "into", "by", "undone_by")
    return merges.order_by("-pk") if can_merge(user) else merges.none()


def answers_seen_by(user: Visitor) -> QuerySet[NotDuplicate]:
    """Pairs that are no duplicates, the newest first; none for whoever does not merge."""
    answers = NotDuplicate.objects.select_related("a", "b", "by")
    return answers.order_by("-pk") if can_merge(user) else answers.none()


def merge_rule() -> MergeRule:
    """The rule in force; until somebody sets one nobody is merged by itself and no search starts by itself."""
    return MergeRule.objects.order_by("pk").last() or MergeRule(looks_after_imports=False)


def told_apart() -> Iterator[tuple[int, int]]:
    """Pairs of clients that somebody called different, as the clients they belong to now; each a < b once."""
    said = list(NotDuplicate.objects.values_list("a_id", "b_id"))
    roots = roots_of({client_id for pair in said for client_id in pair})
    found = {tuple(sorted((roots[a], roots[b]))) for a, b in said}
    yield from sorted((a, b) for a, b in found if a != b)
