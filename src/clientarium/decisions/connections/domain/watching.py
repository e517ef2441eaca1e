"""Watching: which connections are due, and the run that looks into them."""

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext, override

from clientarium.core.ground import N_, Message, UserError
from clientarium.decisions.people import User
from clientarium.decisions.runs import Lease, Run, RunKind, RunState, enqueue, problem_of

from ..choices import ENDED_STATES, ArrivalState, Purpose
from ..models import Arrival, Connection
from .connecting import note_look, open_connection, stored_message
from .intake import Intake, Outcome, settle, take_file
from .kinds import offered_kinds

WATCH_LANE = "watch"
DEFAULT_MINUTES = 5
LOOKING = N_("Looking for new files")
ANSWERING = N_("Telling what became of the files")

log = logging.getLogger("clientarium.connections")


def watched() -> list[Connection]:
    """Connections that bring files and are switched on."""
    kinds = [kind.name for kind in offered_kinds() if kind.purpose is Purpose.INTAKE]
    return list(Connection.objects.filter(kind__in=kinds, is_on=True))


def start_watch(*, by: User | None, connection: Connection | None = None) -> Run:
    """Queue a look into one connection, or into all of them."""
    only = connection.pk if connection else None
    return enqueue(
        RunKind.WATCH, arguments={"connection": only}, by=by, lane=WATCH_LANE, unique_key=f"watch-{only or 'all'}"
    )


def queue_due_watches(*, now: datetime | None = None) -> list[Run]:
    """Queue a look into each connection whose minutes have passed, or whose files wait for their answer."""
    moment = now or timezone.now()
    due = [one for one in watched() if _is_due(one, moment) or _has_ended(one)]
    if due:
        _forget_empty_looks()
    return [start_watch(by=None, connection=one) for one in due]


def watch_run(lease: Lease) -> Mapping[str, Any]:
    """The work of a run of kind watch: settle what was begun, then take what is new. Each file is kept by itself.

    A run taken over goes on after the last file kept. A connection that fails says so and stops no other one.
    """
    only = lease.run.arguments.get("connection")
    arrived = settled = 0
    problems = []
    for connection in Connection.objects.filter(pk=only) if only else watched():
        lease.progress(LOOKING)
        try:
            intake: Intake = open_connection(connection)
            settled += tell(connection, intake=intake, lease=lease)
            arrived += look(connection, intake=intake, lease=lease)
            settled += tell(connection, intake=intake, lease=lease)
        except UserError as error:
            note_look(connection, is_well=False, message=problem_of(error))
            problems.append(connection.title)
    return {"arrived": arrived, "settled": settled, "failed": problems}


def look(connection: Connection, *, intake: Intake, lease: Lease) -> int:
    """Take every new file; how many came."""
    taken = 0
    known = frozenset(Arrival.objects.filter(connection=connection).values_list("key", flat=True))
    for incoming, place in intake.look(connection.place, known=known):
        lease.check()
        if incoming is not None:
            take_file(connection, incoming, place=place)
            taken += 1
        elif place != connection.place:
            connection.place = place
            connection.save(update_fields=["place"])
    seen = Message(N_("New files: %(number)s."), {"number": taken})
    note_look(connection, is_well=True, message=stored_message(seen))
    return taken


def tell(connection: Connection, *, intake: Intake, lease: Lease) -> int:
    """Settle files whose loading has ended and answer their senders; how many were answered.

    A message that cannot be sent is tried again at the next look, unless trying again changes nothing.
    """
    told = 0
    for arrival in Arrival.objects.filter(connection=connection, answered_at__isnull=True).select_related(
        "loading__run", "connection"
    ):
        if arrival.state == ArrivalState.LOADING and not settle(arrival):
            continue
        lease.progress(ANSWERING)
        try:
            intake.answer(outcome_of(arrival), reply=arrival.reply)
        except UserError as error:
            log.warning("answer to %s: %s", arrival.pk, error)
            arrival.answer_problem = problem_of(error)
            arrival.save(update_fields=["answer_problem"])
            if not getattr(error, "is_permanent", False):
                continue
        arrival.answered_at = timezone.now()
        arrival.save(update_fields=["answered_at"])
        told += 1
    return told


def outcome_of(arrival: Arrival) -> Outcome:
    """What is told about a file, in the company's language: nobody is signed in here."""
    with override(settings.LANGUAGE_CODE):
        lines = [f"{arrival.file_name}: {gettext(str(ArrivalState(arrival.state).label))}"]
        for part in (arrival.message, (arrival.message or {}).get("cure")):
            if part:
                msgid, params = str(part["msgid"]), part["params"]
                lines.append(gettext(msgid) % params if params else gettext(msgid))
    return Outcome(name=arrival.file_name, state=ArrivalState(arrival.state), lines=tuple(lines))


def _is_due(connection: Connection, moment: datetime) -> bool:
    minutes = int(connection.settings.get("minutes") or DEFAULT_MINUTES)
    return connection.looked_at is None or moment - connection.looked_at >= timedelta(minutes=minutes)


def _has_ended(connection: Connection) -> bool:
    waiting = Arrival.objects.filter(connection=connection, answered_at__isnull=True, answer_problem__isnull=True)
    ended = waiting.exclude(loading__run__state__in=(RunState.QUEUED, RunState.RUNNING))
    return ended.exists()


def _forget_empty_looks() -> None:
    """Looks that found nothing would fill the list of runs: the next one removes them."""
    done = Run.objects.filter(kind=RunKind.WATCH, state=RunState.DONE)
    done.filter(result__arrived=0, result__settled=0, result__failed=[]).delete()


assert set(ENDED_STATES) | {ArrivalState.LOADING} == set(ArrivalState)
