"""Doing a taken run: the work of its kind, and how it ended."""

import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import OperationalError, connection

from clientarium.core.ground import N_, UserError

from ..choices import RunKind, RunState
from ..models import Run
from .accuracy import accuracy_run
from .identity import identity_run
from .lease import Lease, Listener
from .load import abandon_import, load_import_run
from .problems import disk_full, problem_of
from .pulses import pulse_run
from .queue import claim, lane_is_busy, log, put_back, renew, settle
from .stops import LeaseLost, RunCancelled, RunStopped, WorkerStopping
from .undo import undo_import_run

# A run that kills its worker (out of memory) must end some day; 30 kills at random moments must not end it.
MOST_ATTEMPTS = 40
FOREGROUND_POLL_SECONDS = 0.5


@dataclass(frozen=True)
class Work:
    """What a kind of run does; `abandon` takes back what was begun when it will not be finished."""

    do: Callable[[Lease], Mapping[str, Any]]
    abandon: Callable[[Run, RunState], None] = lambda _run, _state: None


WORK: dict[str, Work] = {
    RunKind.IMPORT: Work(do=load_import_run, abandon=abandon_import),
    RunKind.UNDO_IMPORT: Work(do=undo_import_run),
    RunKind.PULSE: Work(do=pulse_run),
    RunKind.ACCURACY: Work(do=accuracy_run),
    RunKind.IDENTITY: Work(do=identity_run),
}


def do_runs_of(kind: RunKind, work: Work) -> None:
    """Teach the worker a kind of run that an app above this one does; called once, when that app is ready."""
    assert kind not in WORK, kind
    WORK[kind] = work


def worker_name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"


def run_now(run: Run, *, listener: Listener | None = None) -> Run:
    """Do `run` in this process, waiting while its lane is busy or somebody else does it; the finished run.

    `listener(phase, done, total)` hears the progress. The run's own UserError is raised here again;
    KeyboardInterrupt cancels the run and is raised.
    """
    while True:
        taken = claim(worker_name(), run=run)
        run = execute(taken, listener=listener, is_raising=True) if taken else run
        run.refresh_from_db()
        if not run.is_live:
            return run
        if listener:
            listener(N_("Waiting for another run to end") if lane_is_busy(run) else run.phase, run.done, run.total)
        time.sleep(FOREGROUND_POLL_SECONDS)


def execute(
    run: Run, *, stopping: threading.Event | None = None, listener: Listener | None = None, is_raising: bool = False
) -> Run:
    """Do a taken `run` to its end, whatever the end is; the run as it stands afterwards."""
    lease = Lease(run, stopping=stopping, listener=listener)
    try:
        with lease:
            _attempt(lease, is_raising=is_raising)
    finally:
        run.refresh_from_db()
    return run


def _attempt(lease: Lease, *, is_raising: bool) -> None:
    run, work = lease.run, WORK[lease.run.kind]
    if run.attempts > MOST_ATTEMPTS:
        too_often = UserError(N_("The worker died %(times)s times doing this run."), times=run.attempts - 1)
        _fail(lease, work, too_often)
        return
    try:
        with lease.fenced():
            result = work.do(lease)
        if not settle(run, state=RunState.DONE, steps=lease.steps(), result=dict(result), message=None):
            log.warning("run %s was finished by another worker", run.pk)
    except KeyboardInterrupt:
        _stop(lease, work, RunCancelled())
        raise
    except Exception as error:
        reason = error if isinstance(error, RunStopped) else lease.stop_reason()
        if reason:
            _stop(lease, work, reason)
        elif isinstance(error, OperationalError) and not disk_full(error):
            _leave(run, error)
        else:
            _fail(lease, work, error)
            if is_raising:
                raise


def _stop(lease: Lease, work: Work, reason: RunStopped) -> None:
    if isinstance(reason, LeaseLost) or not renew(lease.run):
        log.warning("run %s: this worker lost its lease and stops", lease.run.pk)
    elif isinstance(reason, WorkerStopping):
        put_back(lease.run)
    else:
        work.abandon(lease.run, RunState.CANCELLED)
        settle(lease.run, state=RunState.CANCELLED, steps=lease.steps())


def _fail(lease: Lease, work: Work, error: Exception) -> None:
    if not isinstance(error, UserError):
        log.error("run %s (%s) failed", lease.run.pk, lease.run.kind, exc_info=error)
    if not renew(lease.run):
        log.warning("run %s failed after this worker had lost it", lease.run.pk)
        return
    work.abandon(lease.run, RunState.FAILED)
    settle(lease.run, state=RunState.FAILED, steps=lease.steps(), message=problem_of(error))


def _leave(run: Run, error: OperationalError) -> None:
    # The database is locked or gone: the lease runs out and a worker takes the run again, which is its own back-off.
    log.warning("run %s left for a later attempt: %s", run.pk, error)
    if not connection.in_atomic_block:
        connection.close()
