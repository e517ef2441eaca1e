"""How many hours a month a client needs.

    hours = contacts · minutes of a contact / 60 + orders a month · minutes of a document / 60

1. A client with a rhythm is contacted once for each order, as «My day» asks: 30.4 / typical gap times a month.
2. Without a rhythm, and once lost, one contact in `quiet_days`: win-back has its own weekly limit.
3. No more than the ceilings of contact of his categories allow (plays in definitions/categories): the tightest holds.
4. A contact takes the minutes measured for his category (norms where nothing was measured); every order of the last
   twelve months was a document of the seller's own time (definitions/norms.yaml, document_minutes of sales).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from clientarium.core.strategy.call_candidate import Ceiling

DAYS_IN_MONTH = 365.25 / 12
MINUTES_IN_HOUR = 60
MONTHS_IN_YEAR = 12


@dataclass(frozen=True)
class WorkRules:
    """`minutes`: of one contact by category, measured; `other_minutes`: of a category without a measure.

    `ceilings`: scheme → category → contacts a month at most.
    """

    quiet_days: float = 92
    other_minutes: float = 8
    document_minutes: float = 10
    minutes: Mapping[str, float] = field(default_factory=dict)
    ceilings: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def minutes_of(self, category: str | None) -> float:
        return self.minutes.get(category or "", self.other_minutes)

    def ceiling_of(self, categories: Mapping[str, str | None]) -> float | None:
        """Contacts a month at most for a client in `categories` (scheme → code); None: no ceiling."""
        found = [
            limits[code] for scheme, limits in self.ceilings.items() if (code := categories.get(scheme) or "") in limits
        ]
        return min(found, default=None)


def a_month(ceiling: Ceiling) -> float:
    """A ceiling of contact as contacts a month; one «for ever» leaves none for a month."""
    return ceiling.count * DAYS_IN_MONTH / ceiling.days if ceiling.days else 0.0


def contacts_a_month(
    *, typical_gap_days: float | None, is_lost: bool, categories: Mapping[str, str | None], rules: WorkRules
) -> float:
    """Contacts a month the client needs."""
    has_rhythm = typical_gap_days is not None and typical_gap_days > 0 and not is_lost
    wanted = DAYS_IN_MONTH / (typical_gap_days if has_rhythm and typical_gap_days else rules.quiet_days)
    ceiling = rules.ceiling_of(categories)
    return wanted if ceiling is None else min(wanted, ceiling)


def hours_a_month(contacts: float, *, category: str | None, orders_12m: int, rules: WorkRules) -> float:
    """Hours a month of the client's own seller."""
    documents = orders_12m / MONTHS_IN_YEAR * rules.document_minutes
    return (contacts * rules.minutes_of(category) + documents) / MINUTES_IN_HOUR


def sellers_fed(clients: int, hours: float, *, norm: float, hours_month: float) -> float:
    """How many sellers these clients would keep busy: by head-count or by hours, whichever is more."""
    by_heads = clients / norm if norm > 0 else 0.0
    by_hours = hours / hours_month if hours_month > 0 else 0.0
    return max(by_heads, by_hours)
