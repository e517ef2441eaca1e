"""Holding reviews and writing down what they decide."""

from .deciding import (
    CLIENTS_AT_MOST,
    WANTED_AT_MOST,
    Wording,
    change_decision,
    decide,
    drop_decision,
    finish_decision,
    resume_decision,
)
from .holding import close_review, open_review, reopen_review, write_note

__all__ = [
    "CLIENTS_AT_MOST",
    "WANTED_AT_MOST",
    "Wording",
    "change_decision",
    "close_review",
    "decide",
    "drop_decision",
    "finish_decision",
    "open_review",
    "reopen_review",
    "resume_decision",
    "write_note",
]
