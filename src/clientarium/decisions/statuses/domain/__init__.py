"""Statuses: asked for, read from a file, set by hand, looked at."""

from .checking import check_run, provider_of, queue_due_check, register_connection, start_check
from .due import due_requisites, make_missing_entities
from .noting import handle_alert, note_answer, set_status
from .providers import RegisterAnswer, Requisites, StatusProvider
from .reading import take_answers

__all__ = [
    "RegisterAnswer",
    "Requisites",
    "StatusProvider",
    "check_run",
    "due_requisites",
    "handle_alert",
    "make_missing_entities",
    "note_answer",
    "provider_of",
    "queue_due_check",
    "register_connection",
    "set_status",
    "start_check",
    "take_answers",
]
