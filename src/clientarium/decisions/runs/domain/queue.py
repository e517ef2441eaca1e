"""The queue: how a run is put in, taken by one worker, and taken from a dead one (docs/adr/0002)."""

import logging
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Now

from clientarium.decisions.people import User

from ..choices import RunKind, RunState
from ..models import Run

LEASE = timedelta(seconds=15)  # a dead worker's run is free after this; well under the 60 s of CHECKS.md, 1
CANDIDATES = 20  # looked at in one poll; more only matters when that many lanes are busy

log = logging.getLogger("clientarium.runs")


def enqueue(
    kind: RunKind,
    *,
    arguments: Mapping[str, Any],
    by: User | None,
    lane: str | None = None,
    unique_key: str | None = None,
) -> Run:
    """The queued run; with `unique_key` the one that already waits under it, if there is one."""
    fields = {"kind": kind, "arguments": dict(arguments), "lane": lane, "created_by": by}
    if unique_key is None:
        return Run.objects.create(**fields)
    waiting, _created = Run.objects.get_or_create(unique_key=unique_key, state=RunState.QUEUED, defaults=fields)
    return waiting


def claim(worker: str, *, run: Run | None = None) -> Run | None:
    """Take the oldest free run (or `run`, when it is free) for `worker`; None when there is none.

    The returned row bears the new token. Free is a queued run whose lane is idle, or a running one with an old lease.
    """
    for candidate in _free_runs(run):
        if _take(candidate, worker=worker):
            taken = Run.objects.get(pk=candidate.pk)
            log.info("%s takes run %s (%s), attempt %s", worker, taken.pk, taken.kind, taken.attempts)
            return taken
    return None


def renew(run: Run, **fields: Any) -> bool:
    """Prolong the lease of `run` and write `fields` with it; False if its token is no longer the current one."""
    return bool(_held(run).update(lease_until=Now() + LEASE, **fields))


def settle(run: Run, *, state: RunState, **fields: Any) -> bool:
    """Write the end of `run` (or its return to the queue); False if its token is no longer the current one."""
    if state is not RunState.QUEUED:
        fields.setdefault("finished_at", Now())
    return bool(_held(run).update(state=state, lease_until=None, **fields))


def put_back(run: Run) -> bool:
    """Return a running run to the queue uncounted: its worker stops in good order."""
    with transaction.atomic():
        if run.unique_key and Run.objects.filter(unique_key=run.unique_key, state=RunState.QUEUED).exists():
            return settle(run, state=RunState.CANCELLED)  # a newer one of the same key waits and does the same
        return settle(run, state=RunState.QUEUED, attempts=F("attempts") - 1)


def lane_is_busy(run: Run) -> bool:
    """Whether another run of the same lane is running now."""
    return Run.objects.filter(lane=run.lane, state=RunState.RUNNING).exclude(pk=run.pk).exists()


def _held(run: Run) -> QuerySet[Run]:
    return Run.objects.filter(pk=run.pk, token=run.token, state=RunState.RUNNING)


def _lease_is_over() -> Q:
    # A lease far in the future means that the clock was set back: it would otherwise hold the run for hours.
    return Q(lease_until__lt=Now()) | Q(lease_until__gt=Now() + 4 * LEASE)


def _free_runs(run: Run | None) -> Iterator[Run]:
    busy_lane = Run.objects.filter(lane=OuterRef("lane"), state=RunState.RUNNING)
    queued = Q(state=RunState.QUEUED) & (Q(lane__isnull=True) | ~Exists(busy_lane))
    free = Run.objects.filter(queued | (Q(state=RunState.RUNNING) & _lease_is_over()))
    if run is not None:
        free = free.filter(pk=run.pk)
    # The plain SELECT takes no lock, so that idle workers polling SQLite disturb nobody.
    yield from free.order_by("pk")[:CANDIDATES]


def _take(candidate: Run, *, worker: str) -> bool:
    """Compare and set by the token; the lane's own constraint refuses a second one of a lane."""
    same = Run.objects.filter(pk=candidate.pk, token=candidate.token, state=candidate.state)
    if candidate.state == RunState.RUNNING:
        same = same.filter(_lease_is_over())
    try:
        with transaction.atomic():
            if connection.features.has_select_for_update_skip_locked and not (
                same.select_for_update(skip_locked=True).values_list("pk", flat=True).first()
            ):
                return False
            return bool(
                same.update(
                    state=RunState.RUNNING,
                    token=F("token") + 1,
                    attempts=F("attempts") + 1,
                    worker=worker,
                    lease_until=Now() + LEASE,
                    started_at=Coalesce("started_at", Now()),
                )
            )
    except IntegrityError:
        return False
