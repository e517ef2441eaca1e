"""Runs: queued, taken, done; files received, loaded, undone; the pulse."""

from .execution import Work, do_runs_of, execute, run_now
from .homes import current_definitions, home_currency, open_ledger, open_snapshots, refused_file
from .lease import Lease
from .methods_in_use import chosen_methods, start_accuracy
from .modes import ChosenMode, choose_mode
from .problems import message_of
from .pulses import last_day, start_pulse
from .queue import claim, enqueue
from .receive import path_of, receive_file
from .reconcile import reconcile
from .schedule import queue_due_pulse, when_due
from .start import cancel_run, start_import, start_undo
from .understand import Preview, preview_import, save_layout, understand_file
from .worker import work

__all__ = [
    "ChosenMode",
    "Lease",
    "Preview",
    "Work",
    "cancel_run",
    "choose_mode",
    "chosen_methods",
    "claim",
    "current_definitions",
    "do_runs_of",
    "enqueue",
    "execute",
    "home_currency",
    "last_day",
    "message_of",
    "open_ledger",
    "open_snapshots",
    "path_of",
    "preview_import",
    "queue_due_pulse",
    "receive_file",
    "reconcile",
    "refused_file",
    "run_now",
    "save_layout",
    "start_accuracy",
    "start_import",
    "start_pulse",
    "start_undo",
    "understand_file",
    "when_due",
    "work",
]
