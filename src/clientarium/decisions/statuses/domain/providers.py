"""What a register of legal entities is asked and what it answers, whichever it is."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

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
