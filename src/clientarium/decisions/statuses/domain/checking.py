"""Asking a register about the legal entities of the base: a run that can be stopped and taken up again."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from clientarium.core.ground import N_, Message, UserError
from clientarium.decisions.connections import (
    Connection,
    ConnectionFault,
    Purpose,
    kind_named,
    note_look,
    offered_kinds,
    open_connection,
    stored_message,
)
from clientarium.decisions.journal import record
from clientarium.decisions.people import User
from clientarium.decisions.runs import Lease, Run, RunKind, Schedule, enqueue, nightly_time, problem_of

from ..choices import StatusVerb
from ..models import StatusAnswer
from ..rules import can_check_statuses
from .due import asked_today, due_requisites, make_missing_entities
from .noting import note_answer, spread_known_answers
from .providers import Requisites, StatusProvider
from .reading import reading_run

CHECK_LANE = "status_check"
NIGHTLY_CHECK = "nightly_status_check"
FAILED_IN_A_ROW = 5
"""Answers not understood one after the other: past this it is the service that changed, not one odd firm."""
ASKING = N_("Asking the register")
NOTHING_SET_UP = N_("No register is connected.")


def register_connection() -> Connection | None:
    """The connection that answers about statuses: the first one switched on."""
    kinds = [kind.name for kind in offered_kinds() if kind.purpose is Purpose.STATUSES]
    return Connection.objects.filter(kind__in=kinds, is_on=True).order_by("pk").first()


def start_check(*, by: User | None, is_everything: bool = False) -> Run:
    """Queue a check of all statuses that have grown old, or of `is_everything`. Raises UserError with no register."""
    if by is not None and not can_check_statuses(by):
        raise PermissionDenied
    connection = register_connection()
    if connection is None:
        raise UserError(NOTHING_SET_UP, cure=N_("Set one up in the settings, page Connections."))
    arguments = {"connection": connection.pk, "everything": is_everything, "since": timezone.now().isoformat()}
    return enqueue(RunKind.STATUS_CHECK, arguments=arguments, by=by, lane=CHECK_LANE, unique_key="status-check")


def queue_due_check(*, now: datetime | None = None) -> Run | None:
    """Once a night, after the time of the pulse: ask about what has grown old; nothing without a register."""
    local, due = timezone.localtime(now), nightly_time()
    if due is None or local.time() < due or Schedule.objects.filter(name=NIGHTLY_CHECK, day__gte=local.date()).exists():
        return None
    if register_connection() is None:
        return None
    with transaction.atomic():
        row, created = Schedule.objects.get_or_create(name=NIGHTLY_CHECK, day=local.date())
        if not created:
            return None
        row.run = start_check(by=None)
        row.save(update_fields=["run"])
        return row.run


def check_run(lease: Lease) -> Mapping[str, Any]:
    """The work of a run of kind status_check. Each answer is kept at once: a run taken over asks only the rest."""
    if "file" in lease.run.arguments:
        return reading_run(lease)
    connection = Connection.objects.get(pk=lease.run.arguments["connection"])
    provider: StatusProvider = open_connection(connection)
    make_missing_entities()
    spread_known_answers()
    asked = asked_about(provider, connection=connection, lease=lease)
    with lease.commit():
        record(StatusVerb.STATUSES_CHECKED, target=connection, by=lease.run.created_by, data=asked)
    text = N_("Asked about %(asked)s firms: %(changed)s changes, %(unknown)s unknown to the register, %(left)s left.")
    note_look(connection, is_well=True, message=stored_message(Message(text, asked)))
    return asked


def asked_about(provider: StatusProvider, *, connection: Connection, lease: Lease) -> dict[str, int]:
    """Counts of what was asked, changed, unknown, and left for tomorrow because of the daily limit."""
    everything = bool(lease.run.arguments.get("everything"))
    due = due_requisites(provider, now=timezone.now(), is_everything=everything)
    if everything:
        due = _not_asked_since(due, datetime.fromisoformat(lease.run.arguments["since"]))
    room = max(provider.daily_limit - asked_today(timezone.now()), 0) if provider.daily_limit else len(due)
    counts = {"asked": 0, "changed": 0, "unknown": 0, "failed": 0, "left": max(len(due) - room, 0)}
    failed_in_a_row = 0
    total = min(len(due), room)
    for about in due[:room]:
        lease.progress(ASKING, counts["asked"], total)
        try:
            answer = provider.ask(about)
        except ConnectionFault as fault:
            failed_in_a_row += 1
            counts["failed"] += 1
            if fault.is_of_one and failed_in_a_row < FAILED_IN_A_ROW:
                continue
            note_look(connection, is_well=False, message=problem_of(fault))
            raise
        failed_in_a_row = 0
        with lease.commit():
            counts["changed"] += sum(change.is_alert for change in note_answer(answer, source=provider.title))
        counts["asked"] += 1
        counts["unknown"] += answer.status is None
    lease.progress(ASKING, counts["asked"], total)
    return counts


def provider_of(connection: Connection) -> StatusProvider:
    assert kind_named(connection.kind).purpose is Purpose.STATUSES
    provider: StatusProvider = open_connection(connection)
    return provider


def _not_asked_since(due: list[Requisites], since: datetime) -> list[Requisites]:
    fresh = set(StatusAnswer.objects.filter(asked_at__gte=since).values_list("inn", "kpp"))
    return [about for about in due if (about.inn, about.kpp) not in fresh]
