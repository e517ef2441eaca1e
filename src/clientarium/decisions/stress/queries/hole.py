"""The hole: margin by month that is missing without the chosen clients."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import Sum

from clientarium.core.readings import Hole, HoleMonth, RemovedClient, hole_without
from clientarium.core.strategy import Expected, MonthAhead, expected, year_ahead
from clientarium.decisions.clients import Client, clients_visible_to
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.people import User
from clientarium.decisions.portfolios import with_hours, work_rules

from .lottery import lottery_of
from .removal import SETS_KEPT, Removal, removed_ids, removed_states
from .version import Version, current_version

FIRST_SHOWN = 20


@dataclass(frozen=True)
class HoleFound:
    """`months` with what is missing in each; `share` of the margin of the whole base, None where none is expected.

    `named`: the dearest of the removed. `freed_hours`: a month, of the sellers who serve them now.
    """

    removal: Removal
    hole: Hole
    year: Expected
    months: tuple[tuple[MonthAhead, Expected], ...]
    share: float | None
    named: tuple[tuple[RemovedClient, Client], ...]
    freed_hours: float
    base_clients: int

    @property
    def is_everybody(self) -> bool:
        """Nothing is expected of whoever is left."""
        return 0 < self.base_clients <= self.hole.buyers

    @property
    def more(self) -> int:
        """Removed clients who are not named."""
        return self.hole.clients - len(self.named)


def hole_of(removal: Removal, *, by: User) -> HoleFound | None:
    """None where there is no forecast. Raises PermissionDenied, and UserError for a condition that cannot be read."""
    version = current_version(by)
    whole = lottery_of(by=by)
    if version is None or whole is None:
        return None
    hole = hole_in(version, removed_ids(removal, version, by=by))
    months = [(month, _expected(one)) for month, one in zip(year_ahead(version.as_of), hole.months, strict=True)]
    return HoleFound(
        removal=removal,
        hole=hole,
        year=_expected(hole.year),
        months=tuple(months),
        share=hole.margin / whole.outlook.margin if whole.outlook.margin > 0 else None,
        named=_named(hole, by=by),
        freed_hours=_hours(removed_states(removal, version, by=by)),
        base_clients=whole.outlook.clients,
    )


def largest_of(*, by: User) -> list[tuple[RemovedClient, Client]]:
    """The FIRST_SHOWN clients of whom most is expected. Raises PermissionDenied."""
    version = current_version(by)
    if version is None:
        return []
    hole = hole_in(version, removed_ids(Removal(top=FIRST_SHOWN), version, by=by))
    return list(_named(hole, by=by))


@lru_cache(maxsize=SETS_KEPT)
def hole_in(version: Version, client_ids: tuple[int, ...]) -> Hole:
    months = year_ahead(version.as_of)
    return hole_without(ledger_base(), version.asked, months=months, client_ids=list(client_ids), first=FIRST_SHOWN)


def _expected(month: HoleMonth) -> Expected:
    return expected(orders=month.orders, margin=month.margin, variance=month.variance)


def _named(hole: Hole, *, by: User) -> tuple[tuple[RemovedClient, Client], ...]:
    seen = clients_visible_to(by).select_related("holder").in_bulk([one.client_id for one in hole.first])
    return tuple((one, seen[one.client_id]) for one in hole.first if one.client_id in seen)


def _hours(states: Any) -> float:
    found = with_hours(states, work_rules()).order_by().aggregate(hours=Sum("hours_needed"))
    return float(found["hours"] or 0)
