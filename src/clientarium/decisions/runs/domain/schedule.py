"""The nightly pulse: once a day, and once more at start-up if the program slept through it."""

from collections.abc import Callable
from datetime import datetime, time

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ..models import Run, Schedule
from .homes import open_ledger
from .pulses import start_pulse

NIGHTLY_PULSE = "nightly_pulse"

DUE: list[Callable[[], object]] = []
"""What apps above this one look at, as the worker looks at the nightly pulse: each queues its run when it is due."""


def when_due(queue: Callable[[], object]) -> None:
    """Have the worker call `queue` every half minute; called once, when that app is ready."""
    assert queue not in DUE, queue
    DUE.append(queue)


def queue_due() -> None:
    """Queue whatever is due now: the pulse first."""
    queue_due_pulse()
    for queue in DUE:
        queue()


def nightly_time() -> time | None:
    """The local time of the nightly pulse from the settings; None when it is switched off."""
    text = settings.CLIENTARIUM_NIGHTLY_PULSE
    return time.fromisoformat(text) if text else None


def queue_due_pulse(*, now: datetime | None = None) -> Run | None:
    """Queue today's pulse if its time has come and it was not queued yet (missed days are not made up one by one).

    The unique row per day decides between several workers and survives a clock that jumps back.
    """
    local = timezone.localtime(now)
    due = nightly_time()
    if due is None or local.time() < due or Schedule.objects.filter(name=NIGHTLY_PULSE, day__gte=local.date()).exists():
        return None
    if open_ledger().span() is None:  # an empty base has nothing to count, and a failure every night would frighten
        return None
    with transaction.atomic():
        row, created = Schedule.objects.get_or_create(name=NIGHTLY_PULSE, day=local.date())
        if not created:
            return None
        row.run = start_pulse(by=None)
        row.save(update_fields=["run"])
        return row.run
