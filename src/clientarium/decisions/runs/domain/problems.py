"""What went wrong, as a row of the queue keeps it, and a full disk recognised wherever it shows itself."""

import errno
import shutil
from datetime import date
from decimal import Decimal
from typing import Any

from clientarium.core.ground import N_, Message, UserError

from .homes import home

NO_SPACE = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# SQLite, PostgreSQL, delta-rs and DuckDB each say it in their own words, as plain text inside their own errors
NO_SPACE_TEXTS = (
    "no space left on device",
    "disk is full",
    "disk quota exceeded",
    "file too large",
    "could not extend",
)
# SQLite may also say only that it could not write or open a file beside its own, which a broken disk makes it say too
MAYBE_NO_SPACE_TEXTS = ("disk i/o error", "unable to open database file")
LITTLE_SPACE_BYTES = 1024 * 1024
"""Less than this left: such an answer of SQLite means that the disk is full."""


def problem_of(error: Exception) -> dict[str, Any]:
    """`Run.message` for `error`: {"msgid", "params", "cure", "place"}."""
    if not isinstance(error, UserError):
        error = disk_full(error) or broken(error)
    cure = _plain(error.cure) if error.cure else None
    return {**_plain(error.message), "cure": cure, "place": error.place}


def disk_full(error: BaseException) -> UserError | None:
    """The clear message when `error`, or what caused it, is a full disk."""
    cause: BaseException | None = error
    while cause is not None:
        if _says_disk_is_full(cause):
            return UserError(
                N_("The disk is full. Nothing was loaded by halves: everything is as it was before."),
                cure=N_("Free some space on the disk and start again."),
            )
        cause = cause.__cause__ or cause.__context__
    return None


def _says_disk_is_full(error: BaseException) -> bool:
    if isinstance(error, OSError) and error.errno in NO_SPACE:
        return True
    text = str(error).lower()
    if any(words in text for words in MAYBE_NO_SPACE_TEXTS):
        return shutil.disk_usage(home()).free < LITTLE_SPACE_BYTES
    return any(words in text for words in NO_SPACE_TEXTS)


def broken(error: BaseException) -> UserError:
    """A bug of ours, said honestly; the trace is in the log."""
    return UserError(
        N_("The program failed here (%(kind)s: %(text)s). Nothing was loaded by halves."),
        cure=N_("Send the log of this run to whoever looks after the program."),
        kind=type(error).__name__,
        text=str(error)[:500],
    )


def message_of(problem: dict[str, Any]) -> tuple[Message, Message | None]:
    """Back from the row: the message and its cure."""
    cure = problem.get("cure")
    return Message(problem["msgid"], problem["params"]), Message(cure["msgid"], cure["params"]) if cure else None


def _plain(message: Message) -> dict[str, Any]:
    return {"msgid": message.msgid, "params": {name: _json(value) for name, value in message.params.items()}}


def _json(value: object) -> object:
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    return value if isinstance(value, int | float | str | None) and not isinstance(value, Decimal) else str(value)
