"""Releases that were decided since the review before, and what came of them against clients like theirs."""

from dataclasses import dataclass
from datetime import timedelta

from clientarium.decisions.contacts import policy_days
from clientarium.decisions.people import User
from clientarium.decisions.releases import Release, ReleaseEffect, decided_between, effect_of

from ..models import Review
from .reviews import previous_of

SHOWN = 5
"""Each is measured from the ledger when it is asked for."""


@dataclass(frozen=True)
class ReleaseLine:
    release: Release
    effect: ReleaseEffect


def releases_since(review: Review, *, by: User) -> list[ReleaseLine]:
    """The newest of them, measured by the facts up to the published day."""
    before = previous_of(review)
    first = before.opened_on if before else review.opened_on - timedelta(days=policy_days("strategic_review_days"))
    found = decided_between(first, review.opened_on, by=by)[:SHOWN]
    return [ReleaseLine(one, effect_of(one)) for one in found]
