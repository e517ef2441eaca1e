"""The plan from the bottom up: what each seller's clients are expected to bring, and by which figures."""

from dataclasses import dataclass
from datetime import date

from clientarium.core.strategy import first_day_of
from clientarium.decisions.clients import current_publication

from ..choices import PlanBasis
from .expected import PlanSum, expecting, plan_by_holder


@dataclass(frozen=True)
class BottomUp:
    """`by_seller` holds sellers with clients; None: the clients nobody holds."""

    basis: PlanBasis
    as_of: date | None
    by_seller: dict[int | None, PlanSum]


def bottom_up(month: date) -> BottomUp:
    """By the published state. Raises UserError for a month more than a year ahead."""
    publication = current_publication()
    if publication is None or publication.as_of is None:
        return BottomUp(PlanBasis.NONE, None, {})
    sums = plan_by_holder(expecting(first_day_of(month)))
    return BottomUp(PlanBasis.STATE, publication.as_of, sums)
