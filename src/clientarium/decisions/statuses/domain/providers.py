"""What a register of legal entities is asked and what it answers, whichever it is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from clientarium.core.ground import Message
from clientarium.decisions.clients import LegalStatus


@dataclass(frozen=True)
class Requisites:
    """Whom the question is about; `kpp` '' means the firm itself rather than one of its branches."""

    inn: str
    kpp: str = ""


@dataclass(frozen=True)
class RegisterAnswer:
    """The answer; `status` None: the register does not know the number. `status_on`: since when, if it says."""

    about: Requisites
    status: LegalStatus | None
    status_on: date | None = None
    name: str = ""
    ogrn: str = ""


class StatusProvider(Protocol):
    """What a connector of purpose `statuses` opens."""

    title: str
    daily_limit: int
    """Questions a day; 0: no limit."""
    recheck_days: int
    anchor_recheck_days: int

    def ask(self, about: Requisites) -> RegisterAnswer:
        """Raises ConnectionFault; paces itself by the provider's limit."""
        ...


@dataclass(frozen=True)
class RegisterFile:
    """The answers of a register file, and a sentence about each line that is not understood."""

    answers: Sequence[RegisterAnswer]
    problems: Sequence[Message] = ()


Reader = Callable[[Path, str], RegisterFile]
_readers: list[Reader] = []


def offer_reader(read: Reader) -> None:
    """Make known how register files are read; called by a connector once, when the program starts."""
    assert not _readers, _readers
    _readers.append(read)


def read_register_file(path: Path, name: str) -> RegisterFile:
    """Raises UserError for a file that is no register."""
    (read,) = _readers
    return read(path, name)
