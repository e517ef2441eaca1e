"""How near to the border each proposed category stands, for the session to look at the doubtful first."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from clientarium.core.categories import Scheme, distance_to_border
from clientarium.core.ground.expressions import Value, ValueType
from clientarium.decisions.contacts import definitions
from clientarium.decisions.grades import Proposal, proposals_visible_to
from clientarium.decisions.people import User

from ..models import Doubt, Review

LOOKED_AT = 2_000
"""The dearest proposals are measured: a session that decides on two thousand clients one by one is not held."""

NUMBERS = (ValueType.NUMBER, ValueType.MONEY, ValueType.INTEGER)


def keep_doubts(review: Review, *, by: User) -> int:
    """Measure the waiting proposals that are not measured yet; how many."""
    known = set(review.doubts.values_list("proposal_id", flat=True))
    waiting = [one for one in proposals_visible_to(by)[:LOOKED_AT] if one.pk not in known]
    doubts = list(_doubts(review, waiting))
    Doubt.objects.bulk_create(doubts, batch_size=500)
    return len(doubts)


def _doubts(review: Review, waiting: list[Proposal]) -> Iterator[Doubt]:
    schemes = definitions().schemes
    for proposal in waiting:
        distance = _distance(schemes[proposal.scheme], proposal) if proposal.scheme in schemes else None
        if distance is not None:
            yield Doubt(review=review, proposal=proposal, distance=distance)


def _distance(scheme: Scheme, proposal: Proposal) -> float | None:
    values = {
        name: _typed(value, scheme.vocabulary[name].type)
        for name, value in proposal.why.get("values", {}).items()
        if name in scheme.vocabulary
    }
    return distance_to_border(scheme, values, before=proposal.from_category, after=proposal.to_category)


def _typed(value: Any, kind: ValueType) -> Value:
    """JSON keeps neither decimals nor dates."""
    if kind is ValueType.DATE and isinstance(value, str):
        return date.fromisoformat(value)
    if kind in NUMBERS and isinstance(value, str):
        try:
            return Decimal(value)
        except InvalidOperation:
            return None
    return value  # type: ignore[no-any-return]
