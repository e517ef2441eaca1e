"""Which methods forecast this base, and when they are due to be checked anew."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from clientarium.core.ledger import Ledger
from clientarium.core.pipeline import DEFAULT_CHOICE, Choice, known_choice
from clientarium.decisions.people import User, can_run_pulse

from ..choices import ACCURACY_LANE, RunKind, RunState
from ..models import Backtest, Run
from ..queries import latest_backtest
from .homes import open_ledger
from .queue import enqueue

REPEAT_AFTER = timedelta(days=30)
"""Habits of a base change over seasons, not over weeks; a check takes minutes."""

GROWN_PERCENT = 150
"""A base half as large again (an archive of earlier years, another branch) may want other methods."""

LEAST_SPAN = timedelta(days=180)
"""Under half a year there is nothing to hold back: a quarter to learn from and a quarter to be judged by."""


def chosen_methods() -> Choice:
    """The methods a pulse forecasts by: of the latest check, or the default until there is one."""
    latest = latest_backtest()
    return known_choice(latest.chosen) if latest else DEFAULT_CHOICE


def start_accuracy(*, by: User | None) -> Run:
    """Queue a check of the forecast; the one that already waits is returned instead."""
    if by is not None and not can_run_pulse(by):
        raise PermissionDenied
    return _queue(open_ledger(), by=by)


def queue_due_accuracy(ledger: Ledger) -> Run | None:
    """Queue a check where there is none, the last is old, or the base has grown much since; for a base old enough."""
    span = ledger.span()
    if span is None or span[1] - span[0] < LEAST_SPAN or _was_stopped(ledger):
        return None
    latest = latest_backtest()
    is_due = latest is None or timezone.now() - latest.made_at >= REPEAT_AFTER or _has_changed(ledger, since=latest)
    return _queue(ledger, by=None) if is_due else None


def sales_rows(ledger: Ledger) -> int:
    """Sales lines of the loads in force."""
    parts = [load.tables.get("sales") for load in ledger.loads() if load.is_loaded]
    return sum(part.rows for part in parts if part)


def _queue(ledger: Ledger, *, by: User | None) -> Run:
    arguments = {"sales_rows": sales_rows(ledger)}
    return enqueue(RunKind.ACCURACY, arguments=arguments, by=by, lane=ACCURACY_LANE, unique_key=RunKind.ACCURACY.value)


def _was_stopped(ledger: Ledger) -> bool:
    """Whether the last check of this very base failed or was stopped by somebody: it is not begun again by itself."""
    last = Run.objects.filter(kind=RunKind.ACCURACY).order_by("-pk").first()
    if last is None or last.state not in (RunState.CANCELLED, RunState.FAILED):
        return False
    is_recent = timezone.now() - last.created_at < REPEAT_AFTER
    return is_recent and last.arguments.get("sales_rows") == sales_rows(ledger)


def _has_changed(ledger: Ledger, *, since: Backtest) -> bool:
    now, then = sales_rows(ledger), since.sales_rows
    return now * 100 >= then * GROWN_PERCENT or then * 100 >= now * GROWN_PERCENT
