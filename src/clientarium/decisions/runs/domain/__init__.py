"""Runs: queued, taken, done; files received, loaded, undone; the pulse."""

from .execution import Work, do_runs_of, execute, run_now
from .homes import current_definitions, home_currency, open_ledger, open_snapshots, refused_file
from .identity import start_identity
from .lease import Lease
from .merging import merge_and_recount, unmerge_and_recount
from .methods_in_use import chosen_methods, start_accuracy
from .modes import ChosenMode, choose_mode
from .problems import disk_full, message_of, problem_of
from .pulses import last_day, start_pulse
from .queue import claim, enqueue
from .receive import path_of, receive_file
from .reconcile import reconcile
from .schedule import nightly_time, queue_due_pulse, when_due
from .space import little_space_left
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
    "disk_full",
    "do_runs_of",
    "enqueue",
    "execute",
    "home_currency",
    "last_day",
    "little_space_left",
    "merge_and_recount",
    "message_of",
    "nightly_time",
    "open_ledger",
    "open_snapshots",
    "path_of",
    "preview_import",
    "problem_of",
    "queue_due_pulse",
    "receive_file",
    "reconcile",
    "refused_file",
    "run_now",
    "save_layout",
    "start_accuracy",
    "start_identity",
    "start_import",
    "start_pulse",
    "start_undo",
    "understand_file",
    "unmerge_and_recount",
    "when_due",
    "work",
]
