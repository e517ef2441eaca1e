"""Snapshots of earlier dates, computed afterwards, so that movement has something to compare with."""

from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from clientarium.core.ground import N_
from clientarium.core.ledger import Ledger, Snapshots
from clientarium.core.pipeline import Definitions, backfill_dates, pulse, quick
from clientarium.decisions.clients import aliases_table, clients_table, last_merging

from ..models import Snapshot
from .homes import program_version
from .known import loads_made_since, loads_undone_since
from .lease import Lease
from .methods_in_use import chosen_methods
from .publish import note_snapshot
from .stops import RunCancelled

BACKDATING = N_("Computing earlier dates")


def make_backdated(as_of: date, *, ledger: Ledger, snapshots: Snapshots, definitions: Definitions, lease: Lease) -> int:
    """Make the earlier snapshots that are missing, or whose facts have changed since; how many.

    Only those computed afterwards are made anew: a snapshot people once saw stays what it was. A cancel here ends the
    run in good order: what is missing is made by the next pulse.
    """
    span = ledger.span()
    if span is None:
        return 0
    dates = sorted(_due(as_of, first=span[0], ledger=ledger, snapshots=snapshots))
    clients: Any = clients_table() if dates else None
    aliases = aliases_table()
    try:
        for number, day in enumerate(dates):
            lease.progress(BACKDATING, number, len(dates))
            info = pulse(
                ledger,
                snapshots,
                definitions,
                as_of=day,
                clients=clients,
                standing=None,
                aliases=aliases,
                choice=quick(chosen_methods()),
                program_version=program_version(),
                memory_limit=settings.CLIENTARIUM_MEMORY_LIMIT,
                made_at=timezone.now().isoformat(),
                progress=lambda _step, _done, _total: lease.check(),
                cancelled=lease.cancelled,
            )
            lease.check()
            note_snapshot(info, lease=lease, is_backdated=True)
    except RunCancelled:
        return number
    return len(dates)


def _due(as_of: date, *, first: date, ledger: Ledger, snapshots: Snapshots) -> set[date]:
    made = set(snapshots.dates())
    missing = {day for day in backfill_dates(as_of) if day >= first and day not in made}
    return missing | {row.as_of for row in _stale(as_of, ledger=ledger) if row.as_of in made}


def _stale(as_of: date, *, ledger: Ledger) -> list[Snapshot]:
    """Backdated snapshots before `as_of` that a later load, undo or merge reaches into."""
    rows = list(Snapshot.objects.filter(is_backdated=True, as_of__lt=as_of))
    merged_at = last_merging()
    return [
        row
        for row in rows
        if (merged_at and row.made_at < merged_at) or _reaches(ledger, since=row.ledger_version, day=row.as_of)
    ]


def _reaches(ledger: Ledger, *, since: int, day: date) -> bool:
    loads = loads_made_since(ledger, version=since) + loads_undone_since(ledger, version=since)
    return any(load.first_on is None or load.first_on <= day for load in loads)
