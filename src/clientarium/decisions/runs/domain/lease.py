"""One worker's hold on one run: heartbeat, progress, steps, cancelling, and the fence around every write."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any, Self

from django.db import OperationalError, connection, transaction

from ..models import Run
from .queue import LEASE, log, renew
from .stops import LeaseLost, RunCancelled, RunStopped, WorkerStopping

TICK_SECONDS = 1.0  # how late a progress bar and a cancel may be
RENEW_SECONDS = 4.0  # several chances to renew within one lease
STALE_SECONDS = LEASE.total_seconds() - 1
PATIENCE_SECONDS = 30.0  # how long a write waits for a late heartbeat before it gives the run up

Listener = Callable[[str, int, int], None]


class Lease:
    """Given to the work of a run; used as a context manager around it.

    `progress` and `check` raise RunStopped when the work has to stop; `cancelled` says so without raising.
    """

    def __init__(self, run: Run, *, stopping: threading.Event | None = None, listener: Listener | None = None) -> None:
        self.run = run
        self._stopping = stopping or threading.Event()
        self._listener = listener
        self._lost = threading.Event()
        self._cancel = threading.Event()
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._renewed_at = time.monotonic()
        self._phase, self._done, self._total = run.phase, 0, 0
        self._phase_began = time.monotonic()
        self._steps: list[dict[str, Any]] = []
        self._changed = False
        self._is_in_phase = False
        self._thread = threading.Thread(target=self._beat, name=f"heartbeat-{run.pk}", daemon=True)
        if run.cancel_requested:
            self._cancel.set()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join()

    def progress(self, phase: str, done: int = 0, total: int = 0) -> None:
        """Note where the work is; the heartbeat writes it. Raises RunStopped."""
        self.note(phase, done, total)
        self.check()

    def note(self, phase: str, done: int = 0, total: int = 0) -> None:
        """The same for a part that has to go to its end: never raises."""
        with self._lock:
            if phase != self._phase or not self._is_in_phase:
                self._close_phase()
                self._phase, self._phase_began, self._is_in_phase = phase, time.monotonic(), True
            self._done, self._total, self._changed = int(done), int(total), True
        if self._listener:
            self._listener(phase, int(done), int(total))

    def steps(self) -> list[dict[str, Any]]:
        """[{"name", "seconds"}] of the phases so far; the current one is closed by this."""
        with self._lock:
            self._close_phase()
            return list(self._steps)

    def stop_reason(self) -> RunStopped | None:
        if self._lost.is_set():
            return LeaseLost()
        if self._cancel.is_set():
            return RunCancelled()
        return WorkerStopping() if self._stopping.is_set() else None

    def cancelled(self) -> bool:
        """For the core: whether to stop now, for whatever reason."""
        return self.stop_reason() is not None

    def check(self) -> None:
        """Raises RunStopped if the run was cancelled, lost, or the worker is stopping."""
        self._wait_for_heartbeat()
        reason = self.stop_reason()
        if reason:
            raise reason

    @contextmanager
    def commit(self) -> Iterator[None]:
        """A transaction that is rolled back with LeaseLost unless this worker still holds the run at its end.

        The last statement also renews the lease: on SQLite the heartbeat cannot write while a transaction is open.
        """
        with transaction.atomic():
            yield
            if not renew(self.run):
                self._lost.set()
                raise LeaseLost
        self._renewed_at = time.monotonic()

    @contextmanager
    def fenced(self) -> Iterator[None]:
        """Within this no query of this thread is sent under a lease that ran out (a stopped process that woke up)."""
        with connection.execute_wrapper(self._fence):
            yield

    def _fence(self, execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        # Inside a SQLite transaction nobody else can have taken the run, and the heartbeat could not write.
        if not (connection.in_atomic_block and connection.vendor == "sqlite"):
            self._wait_for_heartbeat()
            if self._lost.is_set():
                raise LeaseLost
        return execute(sql, params, many, context)

    def _wait_for_heartbeat(self) -> None:
        if not self._thread.is_alive() or (connection.in_atomic_block and connection.vendor == "sqlite"):
            return
        patience = time.monotonic() + PATIENCE_SECONDS
        while self._is_stale() and not self._lost.is_set():
            if time.monotonic() > patience:
                self._lost.set()
            time.sleep(0.05)

    def _is_stale(self) -> bool:
        return time.monotonic() - self._renewed_at > STALE_SECONDS

    def _close_phase(self) -> None:
        if self._is_in_phase:
            seconds = round(time.monotonic() - self._phase_began, 3)
            self._steps.append({"name": self._phase, "seconds": seconds})
        self._is_in_phase = False

    def _beat(self) -> None:
        try:
            while not self._over.wait(TICK_SECONDS) and not self._lost.is_set():
                self._tick()
        finally:
            connection.close()  # each thread has a connection of its own

    def _tick(self) -> None:
        with self._lock:
            changed, self._changed = self._changed, False
            fields = {"phase": self._phase, "done": self._done, "total": self._total, "steps": list(self._steps)}
        try:
            if changed or time.monotonic() - self._renewed_at > RENEW_SECONDS:
                asked_at = time.monotonic()
                if not renew(self.run, **(fields if changed else {})):
                    self._lost.set()
                    log.warning("run %s was taken by another worker", self.run.pk)
                    return
                self._renewed_at = asked_at
            if Run.objects.filter(pk=self.run.pk, cancel_requested=True).exists():
                self._cancel.set()
        except OperationalError as error:  # locked or gone for a moment: the next tick tries again, the lease decides
            log.warning("heartbeat of run %s: %s", self.run.pk, error)
            with self._lock:
                self._changed = self._changed or changed
            connection.close()
