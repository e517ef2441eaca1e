"""What an answer is made of before it is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from clientarium.core.readings import Base
from clientarium.decisions.clients import published_columns, states_visible_to
from clientarium.decisions.contacts import ledger_base
from clientarium.decisions.people import User

KEPT = 200
"""Clients of an answer that are kept: ten are shown, the rest stand behind a link; the total tells of more."""

IDS_AT_ONCE = 500
"""Under every database's limit of parameters."""


@dataclass(frozen=True)
class FoundLine:
    client_id: int
    money: Decimal | None
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Found:
    """`missing`: ids of what could not be asked, for want of data."""

    total: int
    lines: Sequence[FoundLine]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sight:
    """What everything is read from: the published state as `by` sees it, and the facts."""

    by: User
    as_of: date
    since: date | None
    measure: str
    columns: frozenset[str]
    base: Base = field(default_factory=ledger_base)

    def states(self) -> Any:
        """Clients with figures who are not on the stop list."""
        states: Any = states_visible_to(self.by)
        return states.exclude(is_stopped=True) if "is_stopped" in self.columns else states

    def has(self, *names: str) -> bool:
        return set(names) <= self.columns

    @property
    def money(self) -> str:
        """The column of a year's money."""
        return f"{self.measure}_12m"

    def rows(self, client_ids: Sequence[int], *names: str) -> dict[int, dict[str, Any]]:
        """Figures of some clients, unpublished ones as None."""
        known = [name for name in names if name in self.columns]
        found: dict[int, dict[str, Any]] = {}
        for start in range(0, len(client_ids), IDS_AT_ONCE):
            chunk = self.states().filter(pk__in=client_ids[start : start + IDS_AT_ONCE])
            for row in chunk.order_by().values("pk", *known):
                found[row.pop("pk")] = {**dict.fromkeys(names), **row}
        return found


def seen_columns() -> frozenset[str]:
    return frozenset(name.name for name in published_columns())
