"""Runs, imports and snapshots, as screens and commands list them."""

from django.db.models import QuerySet

from .choices import DEFAULT_SOURCE, LIVE_IMPORT_STATES, LIVE_RUN_STATES, ImportState, RunKind
from .models import Backtest, Import, ReceivedFile, Run, Snapshot


def imports() -> QuerySet[Import]:
    """All imports, the newest first, with what a list shows of them."""
    return Import.objects.select_related("file", "by", "run", "undone_by")


def import_in_force(received: ReceivedFile, *, kind: str, part: str = "") -> Import | None:
    """The import of this very file that is loaded or under way; not the ones undone, failed or cancelled."""
    same = Import.objects.filter(file=received, kind=kind, part=part, state__in=LIVE_IMPORT_STATES)
    return same.select_related("by", "file").order_by("pk").first()


def usual_source() -> str:
    """Where the newest loaded file came from: the next one most likely comes from there, and its keys are known."""
    newest = Import.objects.filter(state=ImportState.LOADED).order_by("-loaded_at", "-pk")
    return newest.values_list("source", flat=True).first() or DEFAULT_SOURCE


def runs() -> QuerySet[Run]:
    """All runs, the newest first."""
    return Run.objects.select_related("created_by")


def live_runs() -> QuerySet[Run]:
    """Runs waiting or under way."""
    return runs().filter(state__in=LIVE_RUN_STATES)


def published_snapshot() -> Snapshot | None:
    """The snapshot that lists show; None before the first pulse."""
    return Snapshot.objects.filter(is_published=True).first()


def backtests() -> QuerySet[Backtest]:
    """All checks of the forecast, the newest first."""
    return Backtest.objects.select_related("run")


def latest_backtest() -> Backtest | None:
    """The check whose choice of methods is in force; None before the first."""
    return backtests().first()


def last_accuracy_run() -> Run | None:
    """The newest check of the forecast that was asked for, whatever became of it."""
    return Run.objects.filter(kind=RunKind.ACCURACY).order_by("-pk").first()
