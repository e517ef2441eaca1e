"""Who could fill the hole, how much, by when, and what work it takes.

1. What a client could bring in a year is the largest of what is known of him: what he has brought before, what his own
   growth would make of the next year, what his seller has declared, what clients like him bring.
2. His room is what he could bring less what the forecast expects of him anyway. Of the room the policy takes a cautious
   part, and of that the chance that he is a client still: adds = room / 12 · `room_share` · p, margin a month.
3. It does not come at once: from the month of his next order it rises evenly, to the whole in `ramp_months`.
4. The work: `contacts_month` contacts more than now, at the minutes of his grade, and documents of the added orders:
   hours = (contacts · minutes + adds / (margin of an order) · minutes of a document) / 60.
5. Successors are taken by what they add, the largest first, until the whole of it covers the dearest month of the hole.
   So the list is as short as it can be. The hole is filled in the first month from which the added margin covers it to
   the end of the year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clientarium.core.strategy.stress.months import MonthAhead
from clientarium.core.strategy.workload import MINUTES_IN_HOUR, MONTHS_IN_YEAR, WorkRules

LEAST_ADDED = 1.0
"""Less than a rouble a month is rounding, no growth."""


class RoomSource(StrEnum):
    """Whence it is known how much a client could bring."""

    BEFORE = "before"
    TREND = "trend"
    DECLARED = "declared"
    PEERS = "peers"


@dataclass(frozen=True)
class GrowthRules:
    room_share: float = 0.5
    ramp_months: int = 6
    contacts_month: float = 4.0


@dataclass(frozen=True)
class CanGrow:
    """`expected` and `orders` of the next year by the forecast; `could`: margin a year by each source that knows."""

    client_id: int
    expected: float
    orders: float
    alive: float
    could: Mapping[RoomSource, float] = field(default_factory=dict)
    next_order_on: date | None = None
    grade: str | None = None
    layer: str | None = None

    @property
    def source(self) -> RoomSource | None:
        return max(self.could, key=lambda one: self.could[one], default=None)

    @property
    def room(self) -> float:
        """Margin a year beyond what is expected anyway."""
        return max(0.0, max(self.could.values(), default=0.0) - self.expected)


@dataclass(frozen=True)
class Successor:
    """`adds` margin a month, wholly from month `full_from` on; `hours` and `contacts` a month come to today's."""

    client: CanGrow
    adds: float
    begins: int
    full_from: int
    contacts: float
    hours: float


@dataclass(frozen=True)
class Succession:
    """`added` by month of all `taken`. `filled_from`: since which month to the end the hole is covered, None: never.

    `left`: margin a month that is still missing at the year's end. `lost`: the hole of the year less what was added.
    """

    taken: tuple[Successor, ...]
    spare: tuple[Successor, ...]
    hole: tuple[float, ...]
    added: tuple[float, ...]
    filled_from: int | None
    left: float
    lost: float

    @property
    def hours(self) -> float:
        return sum(one.hours for one in self.taken)

    @property
    def contacts(self) -> float:
        return sum(one.contacts for one in self.taken)

    @property
    def adds(self) -> float:
        return sum(one.adds for one in self.taken)


def succession(
    hole: Sequence[float],
    clients: Sequence[CanGrow],
    *,
    months: Sequence[MonthAhead],
    rules: GrowthRules,
    work: WorkRules,
) -> Succession:
    """The fewest clients who together fill `hole` (margin by month of `months`); all of them where they cannot."""
    ready = [_successor(one, months=months, rules=rules, work=work) for one in clients]
    ready = sorted((one for one in ready if one.adds >= LEAST_ADDED), key=lambda one: (-one.adds, one.client.client_id))
    need = max((money / month.part for money, month in zip(hole, months, strict=True)), default=0.0)
    taken: list[Successor] = []
    for one in ready:
        if sum(other.adds for other in taken) >= need:
            break
        taken.append(one)
    added = tuple(sum(_added(one, place, months=months, rules=rules) for one in taken) for place in range(len(months)))
    covered = [more >= money for more, money in zip(added, hole, strict=True)]
    last = max((place for place, is_covered in enumerate(covered) if not is_covered), default=-1) + 1
    return Succession(
        taken=tuple(taken),
        spare=tuple(ready[len(taken) :]),
        hole=tuple(hole),
        added=added,
        filled_from=last if last < len(months) else None,
        left=max(0.0, hole[-1] - added[-1]) / months[-1].part if months else 0.0,
        lost=sum(max(0.0, money - more) for money, more in zip(hole, added, strict=True)),
    )


def growth_rules_from(policy: Mapping[str, Decimal]) -> GrowthRules:
    """Lines that the policy lacks keep their packaged values."""
    packaged = GrowthRules()
    return GrowthRules(
        float(policy.get("successor_room_share", packaged.room_share)),
        max(1, int(policy.get("successor_ramp_months", packaged.ramp_months))),
        float(policy.get("successor_contacts_month", packaged.contacts_month)),
    )


def _successor(client: CanGrow, *, months: Sequence[MonthAhead], rules: GrowthRules, work: WorkRules) -> Successor:
    adds = client.room / MONTHS_IN_YEAR * rules.room_share * min(max(client.alive, 0.0), 1.0)
    begins = _begins(client.next_order_on, months)
    per_order = client.expected / client.orders if client.orders > 0 and client.expected > 0 else 0.0
    documents = adds / per_order if per_order else 0.0
    minutes = rules.contacts_month * work.minutes_of(client.grade) + documents * work.document_minutes
    return Successor(
        client, adds, begins, begins + rules.ramp_months - 1, rules.contacts_month, minutes / MINUTES_IN_HOUR
    )


def _begins(next_order_on: date | None, months: Sequence[MonthAhead]) -> int:
    """The month of his next order; the first where it is late or unknown, none of them where it is after the year."""
    if next_order_on is None:
        return 0
    return sum(next_order_on > month.last for month in months)


def _added(one: Successor, place: int, *, months: Sequence[MonthAhead], rules: GrowthRules) -> float:
    steps = min(max(place - one.begins + 1, 0), rules.ramp_months)
    return one.adds * months[place].part * steps / rules.ramp_months
