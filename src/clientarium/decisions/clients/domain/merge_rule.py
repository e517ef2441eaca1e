"""What is merged without asking: the administrator's decision, and doing it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, UserError
from clientarium.decisions.journal import record
from clientarium.decisions.people import User, can_set_merge_rule

from ..choices import ClientVerb
from ..models import Client, DuplicatePair, MergeRule
from ..queries.duplicates import merge_rule, told_apart
from ..queries.families import roots_of
from .merging import merge_clients

PAIRS_KEPT = 50_000
"""Nobody looks through more; the next search finds the rest."""

PAIRS_PER_STEP = 50
"""Merges between two looks at whether somebody wants to stop."""


@dataclass(frozen=True)
class FoundPair:
    """Two clients (a < b) that look like one, as the search told it."""

    a: int
    b: int
    probability: float
    weight: float
    is_sure: bool
    reasons: Sequence[Any]


@transaction.atomic
def set_merge_rule(
    *, merges_sure: bool, sure_from: float, asks_from: float, looks_after_imports: bool, by: User
) -> MergeRule:
    """Decide what is merged without asking, and what is asked about. Raises PermissionDenied; UserError for
    probabilities that are none."""
    if not can_set_merge_rule(by):
        raise PermissionDenied
    if not 0 < asks_from <= sure_from <= 1:
        raise UserError(
            N_("Asking must begin at a probability no higher than merging."),
            cure=N_("Both are between 0 and 1, for example 0.5 and 0.999."),
        )
    MergeRule.objects.all().delete()
    rule = MergeRule.objects.create(
        merges_sure=merges_sure,
        sure_from=sure_from,
        asks_from=asks_from,
        looks_after_imports=looks_after_imports,
        set_by=by,
    )
    data = {"merges_sure": merges_sure, "sure_from": sure_from, "asks_from": asks_from}
    record(ClientVerb.MERGE_RULE_SET, target=rule, by=by, data=data | {"after_imports": looks_after_imports})
    return rule


def sure_pairs(pairs: Iterable[FoundPair]) -> list[FoundPair]:
    """What the rule in force merges without asking, the surest first."""
    rule = merge_rule()
    if not rule.merges_sure:
        return []
    return sorted((pair for pair in pairs if is_sure(pair, rule)), key=lambda pair: (-pair.probability, pair.a, pair.b))


def merge_sure(sure: Sequence[FoundPair], *, progress: Callable[[int, int], None] = lambda _done, _total: None) -> int:
    """Merge the pairs of `sure_pairs`, the younger card into the elder; how many. `progress` may raise between two.

    Pairs that became one meanwhile, and pairs whose families somebody called different, are left out.
    """
    merged = 0
    for number, pair in enumerate(sure):
        if number % PAIRS_PER_STEP == 0:
            progress(number, len(sure))
        with transaction.atomic():
            merged += _merge_roots(pair)
    return merged


def is_sure(pair: FoundPair, rule: MergeRule) -> bool:
    return pair.is_sure and pair.probability >= rule.sure_from


def _merge_roots(pair: FoundPair) -> bool:
    roots = roots_of([pair.a, pair.b])
    if len(roots) < 2 or roots[pair.a] == roots[pair.b]:
        return False
    into, alias = sorted((roots[pair.a], roots[pair.b]))
    clients = Client.objects.in_bulk([into, alias])
    try:
        merge_clients(clients[alias], into=clients[into], by=None, probability=pair.probability, reasons=pair.reasons)
    except UserError:
        return False  # somebody called two cards of the families different
    return True


@transaction.atomic
def keep_pairs(pairs: Iterable[FoundPair], *, run_id: int | None, only_of: Sequence[int] | None = None) -> int:
    """Make `pairs` the queue, the likeliest PAIRS_KEPT; how many. `only_of`: the search looked at these clients only,
    and other pairs stay."""
    answered = set(told_apart())
    old = DuplicatePair.objects.all()
    if only_of is not None:
        for client_ids in (only_of[start : start + 2000] for start in range(0, len(only_of), 2000)):
            old.filter(a_id__in=client_ids).delete()
            old.filter(b_id__in=client_ids).delete()
    else:
        old.delete()
    pairs = list(pairs)
    roots = roots_of({client_id for pair in pairs for client_id in (pair.a, pair.b)})
    rule, now = merge_rule(), timezone.now()
    wanted = [
        pair
        for pair in pairs
        if pair.probability >= rule.asks_from
        and (pair.a, pair.b) not in answered
        and all(roots.get(client_id) == client_id for client_id in (pair.a, pair.b))
    ]
    wanted.sort(key=lambda pair: -pair.probability)
    DuplicatePair.objects.bulk_create(
        (
            DuplicatePair(
                a_id=pair.a,
                b_id=pair.b,
                probability=min(1.0, max(0.0, pair.probability)),
                weight=pair.weight,
                is_sure=pair.is_sure,
                reasons=list(pair.reasons),
                found_at=now,
                run_id=run_id,
            )
            for pair in wanted[:PAIRS_KEPT]
        ),
        batch_size=2_000,
        ignore_conflicts=True,
    )
    return min(len(wanted), PAIRS_KEPT)
