"""Deciding a step for a group: its clients, the figures it was decided by and who is like them are kept for ever."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from clientarium.core.ground import N_, UserError
from clientarium.core.strategy import Outcome, Pair, Rung
from clientarium.decisions.contacts import working_day
from clientarium.decisions.journal import record
from clientarium.decisions.people import User, works_here

from ..choices import LadderStep, ReleaseVerb, Side
from ..models import Release, ReleaseClient
from ..queries.groups import selected
from ..queries.ladders import Ladder, ladder_of
from ..rules import can_release
from .pairing import halves_by_lot, outside_of, pair_group

TITLE_CHARACTERS = 200
ROWS_AT_ONCE = 2_000
EARLIEST_YEARS = 3


@transaction.atomic
def decide_release(
    where: str,
    *,
    step: str,
    owner: User,
    starts_on: date,
    reason: str,
    by: User,
    title: str = "",
    moved: Mapping[str, Decimal] | None = None,
    by_lot: bool = False,
) -> Release:
    """Keep the decision; nobody is stopped and nothing at the clients changes by it.

    `by_lot`: about a half of the group, drawn by lot; the other half is who they are compared with.

    Raises PermissionDenied unless `by` decides; UserError: no reason, an owner who does not work here, an unknown step,
    a day too far off, nobody in the group.
    """
    require_deciding(by)
    reason = required_reason(reason)
    require_working(owner)
    if step not in LadderStep.values:
        raise UserError(N_("Choose a step of the ladder."))
    day = working_day()
    if abs(starts_on.year - day.year) > EARLIEST_YEARS:
        raise UserError(N_("The day it begins is too far off."), cure=N_("Choose a day within three years."))
    found = ladder_of(where, by=by, moved=moved)
    outcome = found.outcomes[Rung(step)]
    states: QuerySet[Any] = selected(where, by=by)
    group, others = halves_by_lot(states) if by_lot else (states, outside_of(states, by=by))
    paired = pair_group(group, others, measure=found.group.own.measure, starts_on=starts_on)
    ids = list(group.order_by("pk").values_list("pk", flat=True))
    release = Release.objects.create(
        step=step,
        title=(title.strip() or where.strip())[:TITLE_CHARACTERS],
        condition=where.strip(),
        as_of=found.group.as_of,
        starts_on=starts_on,
        reason=reason,
        assumptions=asdict(found.assumed),
        figures=_figures(found, outcome, part=len(ids) / found.group.own.clients),
        by_lot=by_lot,
        clients=len(ids),
        sampled=paired.sampled,
        measured_of=len(paired.pairs),
        owner=owner,
        decided_by=by,
        decided_on=day,
    )
    _keep_clients(release, ids, paired.pairs)
    data = {"step": step, "condition": release.condition, "clients": release.clients, "owner": owner.pk}
    record(ReleaseVerb.DECIDED, target=release, by=by, reason=reason, data=data | {"from": starts_on.isoformat()})
    return release


def _keep_clients(release: Release, ids: list[int], pairs: list[Pair]) -> None:
    """The group as it is now, and who is like them."""
    numbers = {pair.client_id: (number, pair.is_same) for number, pair in enumerate(pairs, start=1)}
    group = (
        ReleaseClient(release=release, client_id=client, pair=pair, is_same=is_same)
        for client in ids
        for pair, is_same in [numbers.get(client, (None, None))]
    )
    alike = (
        ReleaseClient(release=release, client_id=pair.other_id, side=Side.ALIKE, pair=number, is_same=pair.is_same)
        for number, pair in enumerate(pairs, start=1)
    )
    ReleaseClient.objects.bulk_create(chain(group, alike), batch_size=ROWS_AT_ONCE)


def require_deciding(by: User) -> None:
    if not can_release(by):
        raise PermissionDenied


def require_working(owner: User) -> None:
    if not works_here(owner):
        raise UserError(
            N_("“%(name)s” does not work here any more."), cure=N_("Choose another owner."), name=str(owner)
        )


def required_reason(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise UserError(N_("This needs a reason."))
    return reason


def _figures(found: Ladder, outcome: Outcome, *, part: float) -> dict[str, Any]:
    """What the page of the decision shows later, whatever is counted since; `part` of the group it is about."""
    own, money = found.group.own, Decimal(str(part))
    return {
        "measure": own.measure,
        "money": own.money,
        "revenue": own.revenue,
        "buyers": own.buyers,
        "hours": own.hours,
        "load_share": found.group.load_share,
        "money_share": found.group.money_share,
        "growth_an_hour": found.group.growth_an_hour,
        "change": outcome.change * money,
        "freed": {name: hours * part for name, hours in outcome.hours.items()},
        "cost": outcome.cost * money,
        "earned": None if outcome.earned is None else outcome.earned * money,
        "balance": None if outcome.balance is None else outcome.balance * money,
        "leaving": outcome.leaving * part,
        "small": found.small.clients,
    }
