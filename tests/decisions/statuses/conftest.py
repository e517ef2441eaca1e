"""A register of our own words, and the home."""

from dataclasses import dataclass, field

import pytest

from tests.decisions.runs.conftest import home

__all__ = ["home"]


@dataclass
class Register:
    """Answers from `said`; `faults` are raised first, one per question; `asked` remembers every INN."""

    title: str = "register"
    daily_limit: int = 0
    recheck_days: int = 30
    anchor_recheck_days: int = 7
    said: dict = field(default_factory=dict)
    faults: dict = field(default_factory=dict)
    asked: list = field(default_factory=list)

    def ask(self, about):
        from clientarium.decisions.clients import LegalStatus
        from clientarium.decisions.statuses import RegisterAnswer

        self.asked.append(about.inn)
        if about.inn in self.faults:
            raise self.faults[about.inn]
        status = self.said.get(about.inn)
        return RegisterAnswer(about, LegalStatus(status) if status else None)


@pytest.fixture
def register(monkeypatch):
    """A kind “test_register” offered for the time of the test, with one connection of it."""
    from clientarium.core.ground import Message
    from clientarium.decisions.connections import ConnectionKind, Purpose, save_connection
    from clientarium.decisions.connections.domain import kinds

    found = Register()
    kind = ConnectionKind(
        "test_register", "Test", "about", "checked", Purpose.STATUSES, (),
        open=lambda _values: found, try_now=lambda _values: Message("fine"),
    )  # fmt: skip
    monkeypatch.setitem(kinds._offered.kinds, "test_register", kind)
    found.connection = save_connection(None, kind="test_register", title="Реестр", values={}, by=None)
    return found
