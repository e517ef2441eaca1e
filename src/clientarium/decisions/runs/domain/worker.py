"""The loop of a background worker."""

import threading
import time

from django.db import OperationalError, close_old_connections, connection

from .execution import execute, worker_name
from .queue import claim, log
from .reconcile import reconcile
from .schedule import queue_due

POLL_SECONDS = 1.0
SCHEDULE_SECONDS = 30.0  # how late the nightly pulse and other due runs may start


def work(stop_event: threading.Event, *, poll_seconds: float = POLL_SECONDS) -> None:
    """Take and do runs until `stop_event` is set; a run under way then goes back to the queue.

    Outlives a database that is away for a while.
    """
    name, looked_at, is_reconciled = worker_name(), -SCHEDULE_SECONDS, False
    while not stop_event.is_set():
        try:
            close_old_connections()
            is_reconciled = is_reconciled or reconcile()
            if time.monotonic() - looked_at >= SCHEDULE_SECONDS:
                looked_at = time.monotonic()
                queue_due()
            run = claim(name)
            if run:
                execute(run, stopping=stop_event)
                continue
        except OperationalError as error:  # the database is restarting or locked: CHECKS.md, 12
            log.warning("worker %s: %s", name, error)
            connection.close()
        stop_event.wait(poll_seconds)
    connection.close()
