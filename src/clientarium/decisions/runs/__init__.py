"""Background work: files received and loaded, imports undone, pulses run, and the queue they all stand in.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import (
        LIVE_RUN_STATES,
        ImportMode,
        ImportState,
        RunKind,
        RunState,
        RunVerb,
    )
    from .domain import (
        ChosenMode,
        Lease,
        Preview,
        Work,
        cancel_run,
        choose_mode,
        chosen_methods,
        claim,
        current_definitions,
        do_runs_of,
        enqueue,
        execute,
        home_currency,
        last_day,
        message_of,
        open_ledger,
        open_snapshots,
        path_of,
        preview_import,
        queue_due_pulse,
        receive_file,
        reconcile,
        refused_file,
        run_now,
        save_layout,
        start_accuracy,
        start_import,
        start_pulse,
        start_undo,
        understand_file,
        when_due,
        work,
    )
    from .models import (
        Backtest,
        Import,
        ReceivedFile,
        Run,
        SavedLayout,
        Schedule,
        Snapshot,
    )
    from .queries import (
        backtests,
        import_in_force,
        imports,
        last_accuracy_run,
        latest_backtest,
        live_runs,
        published_snapshot,
        runs,
    )

__all__ = [
    "LIVE_RUN_STATES",
    "Backtest",
    "ChosenMode",
    "Import",
    "ImportMode",
    "ImportState",
    "Lease",
    "Preview",
    "ReceivedFile",
    "Run",
    "RunKind",
    "RunState",
    "RunVerb",
    "SavedLayout",
    "Schedule",
    "Snapshot",
    "Work",
    "backtests",
    "cancel_run",
    "choose_mode",
    "chosen_methods",
    "claim",
    "current_definitions",
    "do_runs_of",
    "enqueue",
    "execute",
    "home_currency",
    "import_in_force",
    "imports",
    "last_accuracy_run",
    "last_day",
    "latest_backtest",
    "live_runs",
    "message_of",
    "open_ledger",
    "open_snapshots",
    "path_of",
    "preview_import",
    "published_snapshot",
    "queue_due_pulse",
    "receive_file",
    "reconcile",
    "refused_file",
    "run_now",
    "runs",
    "save_layout",
    "start_accuracy",
    "start_import",
    "start_pulse",
    "start_undo",
    "understand_file",
    "when_due",
    "work",
]

PLACES = {
    ".choices": (
        "LIVE_RUN_STATES",
        "ImportMode",
        "ImportState",
        "RunKind",
        "RunState",
        "RunVerb",
    ),
    ".models": (
        "Backtest",
        "Import",
        "ReceivedFile",
        "Run",
        "SavedLayout",
        "Schedule",
        "Snapshot",
    ),
    ".queries": (
        "backtests",
        "import_in_force",
        "imports",
        "last_accuracy_run",
        "latest_backtest",
        "live_runs",
        "published_snapshot",
        "runs",
    ),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
