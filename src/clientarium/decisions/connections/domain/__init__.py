"""Connections: set up, tried, watched."""

from .connecting import (
    has_secret,
    note_look,
    open_connection,
    remove_connection,
    save_connection,
    stored_message,
    try_connection,
    values_of,
)
from .intake import PERIODS, Incoming, Intake, Outcome, period_for, take_file
from .kinds import ConnectionFault, ConnectionKind, Setting, Values, kind_named, offer_kind, offered_kinds
from .places import path_inside
from .watching import outcome_of, queue_due_watches, start_watch, watch_run, watched

__all__ = [
    "PERIODS",
    "ConnectionFault",
    "ConnectionKind",
    "Incoming",
    "Intake",
    "Outcome",
    "Setting",
    "Values",
    "has_secret",
    "kind_named",
    "note_look",
    "offer_kind",
    "offered_kinds",
    "open_connection",
    "outcome_of",
    "path_inside",
    "period_for",
    "queue_due_watches",
    "remove_connection",
    "save_connection",
    "start_watch",
    "stored_message",
    "take_file",
    "try_connection",
    "values_of",
    "watch_run",
    "watched",
]
