"""The plan from the bottom up: what each seller's clients are expected to bring, and by which figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from clientarium.core.readings import HolderSums, Taken, can_tell_month, sums_by_holder
from clientarium.core.strategy import expected, first_day_of, last_day_of, month_share
from clientarium.decisions.clients import current_publication
from clientarium.decisions.contacts import assumed_margin_share, ledger_base
from clientarium.decisions.runs import open_snapshots

from ..choices import PlanBasis
from .expected import PlanSum
from .facts import Version, current_version, holdings_between
from .holder_sums import sums_by_state

OLDEST_DAYS = 92
"""A snapshot older than a quarter at the month's beginning says little of the month."""

PLANS_KEPT = 32


@dataclass(frozen=True)
class BottomUp:
    """`by_seller` holds sellers with clients; None: the clients nobody holds, known only by the published state."""

    basis: PlanBasis
    as_of: date | None
    by_seller: Mapping[int | None, PlanSum]


def basis_of(month: date) -> tuple[PlanBasis, date | None]:
    """By what an unapproved month is planned.

    The last figures before it: the published state, or in a month that has begun the snapshot taken last before it.
    Where there is no such snapshot the running month goes by the state, as a whole month; one gone by has no plan.
    """
    first = first_day_of(month)
    publication = current_publication()
    if publication is None or publication.as_of is None:
        return PlanBasis.NONE, None
    if publication.as_of < first:
        return PlanBasis.STATE, publication.as_of
    before = snapshot_before(first)
    if before is not None:
        return PlanBasis.BEFORE, before
    return (PlanBasis.STATE, publication.as_of) if publication.as_of <= last_day_of(first) else (PlanBasis.NONE, None)


def bottom_up(month: date) -> BottomUp:
    """Raises UserError for a month more than a year ahead."""
    first = first_day_of(month)
    basis, as_of = basis_of(first)
    if basis == PlanBasis.STATE:
        return BottomUp(basis, as_of, sums_by_state(first))
    if basis == PlanBasis.BEFORE and as_of is not None:
        return BottomUp(basis, as_of, _before(first, taken_for(first, as_of), current_version()))
    return BottomUp(PlanBasis.NONE, None, {})


def taken_for(month: date, as_of: date) -> Taken:
    return Taken(as_of, month_share(as_of, month), assumed_margin_share())


def snapshot_before(first: date) -> date | None:
    """The last snapshot with a forecast before the day; None where there is none of the last quarter."""
    taken = [day for day in open_snapshots().dates() if first - timedelta(days=OLDEST_DAYS) <= day < first]
    return max(taken) if taken and _can_tell(max(taken), current_version().home) else None


@lru_cache(maxsize=PLANS_KEPT)
def _can_tell(as_of: date, home: str) -> bool:  # noqa: ARG001 -- the same day of another home is another snapshot
    return can_tell_month(ledger_base(), as_of=as_of)


@lru_cache(maxsize=PLANS_KEPT)
def _before(first: date, taken: Taken, version: Version) -> dict[int | None, PlanSum]:  # noqa: ARG001 -- the key
    rows = sums_by_holder(ledger_base(), taken, holdings=holdings_between(first, first))
    return {row.seller_id: _told(row) for row in rows}


def _told(row: HolderSums) -> PlanSum:
    found = expected(orders=row.orders, margin=row.margin, variance=row.variance)
    return PlanSum(row.margin, found.low, found.high, row.clients, row.orders, row.buyers, row.assumed, row.variance)
