"""Statuses: asked for, read from a file, set by hand, looked at."""

from .checking import check_run, provider_of, queue_due_check, register_connection, start_check
from .due import due_requisites, make_missing_entities
from .noting import handle_alert, note_answer, set_status
from .providers import (
    RegisterAnswer,
    RegisterFile,
    Requisites,
    StatusProvider,
    offer_reader,
    read_register_file,
)
from .reading import start_reading

__all__ = [
    "RegisterAnswer",
    "RegisterFile",
    "Requisites",
    "StatusProvider",
    "check_run",
    "due_requisites",
    "handle_alert",
    "make_missing_entities",
    "note_answer",
    "offer_reader",
    "provider_of",
    "queue_due_check",
    "read_register_file",
    "register_connection",
    "set_status",
    "start_check",
    "start_reading",
]
