"""Named clients who could fill the hole: how much each, by when, with what work."""

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from clientarium.core.readings import DECLARED_VOLUMES, RoomToGrow, clients_with_room
from clientarium.core.strategy import (
    CanGrow,
    GrowthRules,
    MonthAhead,
    RoomSource,
    Succession,
    Successor,
    succession,
    year_ahead,
)
from clientarium.decisions.clients import Client, clients_visible_to, root_id
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.people import User
from clientarium.decisions.portfolios import work_rules
from clientarium.decisions.potential import Declared, potential_of

from .assumptions import rules_in_force
from .hole import hole_in
from .removal import Removal, removed_ids
from .version import current_version

MOST_ASKED = 200
"""Successors are few people's work; the two hundredth adds what nobody would notice."""

SPARE_SHOWN = 5

PEERS_ASKED = 12
"""For so many the baskets of similar clients are read: a tenth of a second each."""


@dataclass(frozen=True)
class NamedSuccessor:
    """`begins` and `full`: the months, None past the end of the year."""

    successor: Successor
    client: Client
    begins: MonthAhead | None
    full: MonthAhead | None

    @property
    def source(self) -> RoomSource:
        """Whence it is known what he could bring."""
        source = self.successor.client.source
        assert source is not None  # without one he has no room
        return source

    @property
    def could(self) -> float:
        """Margin a year by that source."""
        return self.successor.client.could[self.source]

    @property
    def layer(self) -> str | None:
        return self.successor.client.layer


@dataclass(frozen=True)
class SuccessionFound:
    """`taken` fill the hole together; `spare` come next. `filled_from`: the month from which it is covered."""

    succession: Succession
    months: tuple[MonthAhead, ...]
    taken: tuple[NamedSuccessor, ...]
    spare: tuple[NamedSuccessor, ...]
    rules: GrowthRules
    filled_from: MonthAhead | None
    with_peers: bool = False

    @property
    def is_filled(self) -> bool:
        return self.filled_from is not None

    @property
    def hole(self) -> float:
        """Of the year."""
        return sum(self.succession.hole)


def successors_of(
    removal: Removal, *, by: User, rules: GrowthRules | None = None, with_peers: bool = False
) -> SuccessionFound | None:
    """None where there is no forecast. `rules` stand instead of the policy's for one look. Raises as hole_of.

    `with_peers`: what clients like them take counts, too, for the PEERS_ASKED who buy most.
    """
    version = current_version(by)
    if version is None:
        return None
    rules = rules or rules_in_force().growth
    ids = removed_ids(removal, version, by=by)
    months = year_ahead(version.as_of)
    hole = [one.margin for one in hole_in(version, ids).months]
    rows = clients_with_room(ledger_base(), version.asked, declared=_declared(), without=ids, most=MOST_ASKED)
    clients = clients_visible_to(by).filter(is_stopped=False).select_related("holder")
    seen = clients.in_bulk([row.client_id for row in rows])
    rows = [row for row in rows if row.client_id in seen]
    asked = sorted(rows, key=lambda row: -row.revenue)[:PEERS_ASKED] if with_peers else []
    peers = {row.client_id: _with_peers(row, by=by) for row in asked}
    can_grow = [_can_grow(row, peers=peers.get(row.client_id)) for row in rows]
    found = succession(hole, can_grow, months=months, rules=rules, work=work_rules())
    return SuccessionFound(
        found,
        months,
        _named(found.taken, seen, months),
        _named(found.spare[:SPARE_SHOWN], seen, months),
        rules,
        None if found.filled_from is None else months[found.filled_from],
        with_peers,
    )


def _named(
    successors: Sequence[Successor], seen: dict[int, Client], months: Sequence[MonthAhead]
) -> tuple[NamedSuccessor, ...]:
    def month(place: int) -> MonthAhead | None:
        return months[place] if place < len(months) else None

    return tuple(
        NamedSuccessor(one, seen[one.client.client_id], month(one.begins), month(one.full_from)) for one in successors
    )


def _with_peers(row: RoomToGrow, *, by: User) -> float | None:
    """What he is expected to bring, and what clients like him take of groups he does not; the card says the same."""
    computed = potential_of(row.client_id, by=by).computed
    if computed is None or not computed.is_known:
        return None
    margin = computed.expected_margin
    return row.expected + (computed.expected * row.margin_share if margin is None else margin)


def _can_grow(row: RoomToGrow, *, peers: float | None) -> CanGrow:
    could = {
        RoomSource.BEFORE: row.before,
        RoomSource.TREND: row.trend,
        RoomSource.DECLARED: row.declared,
        RoomSource.PEERS: peers,
    }
    return CanGrow(
        row.client_id,
        row.expected,
        row.orders,
        row.alive,
        {source: value for source, value in could.items() if value is not None},
        row.next_order_on,
        row.grade,
        row.layer,
    )


def _declared() -> pa.Table:
    """The newest volume said of each client, whichever of his cards it stands on."""
    said = Declared.objects.filter(volume_month__isnull=False).annotate(root_id=root_id).order_by("made_at", "pk")
    newest = {client: float(volume or 0) for client, volume in said.values_list("root_id", "volume_month")}
    return pa.table({"client_id": list(newest), "volume_month": list(newest.values())}, schema=DECLARED_VOLUMES)
