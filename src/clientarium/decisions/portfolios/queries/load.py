"""Sums over clients as the state publishes them: one aggregate, never client by client."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Count, Q, QuerySet, Sum

from clientarium.core.ground import add_months
from clientarium.core.strategy import WorkRules
from clientarium.decisions.clients import StateTable, state_model, states_visible_to
from clientarium.decisions.people import User

from .hours import HOURS, Published, published, with_hours

COLD, LOST = "cold", "lost"
MONEY = ("margin_12m", "margin_prev_12m", "expected_margin_365d")
COUNTS = ("held", "served", "active", "cold", "lost", "never_bought", "living")


@dataclass(frozen=True)
class Load:
    """Sums over some clients. Money in the money of the base, None where the state does not know it.

    served: bought, or somebody of ours spoke with him, within the last month; active: bought within it;
    living: neither lost nor on the stop list.
    """

    held: int = 0
    served: int = 0
    active: int = 0
    cold: int = 0
    lost: int = 0
    never_bought: int = 0
    living: int = 0
    hours: float = 0.0
    living_hours: float = 0.0
    margin_12m: float | None = None
    margin_prev_12m: float | None = None
    expected_margin_365d: float | None = None

    @property
    def active_share(self) -> float | None:
        return self.active / self.held if self.held else None

    @property
    def served_share(self) -> float | None:
        return self.served / self.held if self.held else None


def totals_of(loads: Sequence[Load]) -> Load:
    """Sums; money is unknown only where nobody knows it."""

    def money(name: str) -> float | None:
        known = [value for one in loads if (value := getattr(one, name)) is not None]
        return sum(known) if known else None

    return Load(
        **{name: sum(getattr(one, name) for one in loads) for name in COUNTS},
        hours=sum(one.hours for one in loads),
        living_hours=sum(one.living_hours for one in loads),
        margin_12m=money("margin_12m"),
        margin_prev_12m=money("margin_prev_12m"),
        expected_margin_365d=money("expected_margin_365d"),
    )


def states_seen_by(by: User | None, publication: StateTable | None) -> QuerySet[Any]:
    """The states `by` sees; all of them for the program itself (None)."""
    if by is None:
        return state_model(publication)._default_manager.all()
    return states_visible_to(by, publication=publication)


def loads_by_holder(states: QuerySet[Any], publication: StateTable | None, rules: WorkRules) -> dict[int | None, Load]:
    """seller_id → the load of the clients he holds, None → of those nobody holds; one query."""
    rows = with_hours(states, rules, publication)
    grouped = rows.order_by().values("holder_id").annotate(**aggregates(published(publication), publication))
    return {row["holder_id"]: _load(row) for row in grouped}


def load_of(states: QuerySet[Any], publication: StateTable | None, rules: WorkRules) -> Load:
    """The load of all of `states` together; one query."""
    rows = with_hours(states, rules, publication).order_by()
    return _load(rows.aggregate(**aggregates(published(publication), publication)))


def aggregates(known: Published, publication: StateTable | None) -> dict[str, Aggregate]:
    found: dict[str, Aggregate] = {"held": Count("pk"), "hours": Sum(HOURS)}
    names = known.names
    active = Q(orders_1m__gt=0) if "orders_1m" in names else Q(pk__in=[])
    served = active
    if "last_touch_on" in names and publication and publication.as_of:
        served |= Q(last_touch_on__gt=add_months(publication.as_of, -1))
    found["active"] = Count("pk", filter=active)
    found["served"] = Count("pk", filter=served)
    for name, value in (("cold", COLD), ("lost", LOST)):
        found[name] = Count("pk", filter=Q(lifecycle=value) if "lifecycle" in names else Q(pk__in=[]))
    found["never_bought"] = Count("pk", filter=Q(orders_all=0) if "orders_all" in names else Q(pk__in=[]))
    living = ~Q(lifecycle=LOST) if "lifecycle" in names else Q()
    living &= ~Q(is_stopped=True) if "is_stopped" in names else Q()
    found |= {"living": Count("pk", filter=living), "living_hours": Sum(HOURS, filter=living)}
    return found | {name: Sum(name) for name in MONEY if name in names}


def _load(row: dict[str, Any]) -> Load:
    money: dict[str, Any] = {name: None if row.get(name) is None else float(row[name]) for name in MONEY}
    counts: dict[str, Any] = {name: row[name] or 0 for name in COUNTS}
    return Load(hours=float(row["hours"] or 0), living_hours=float(row["living_hours"] or 0), **counts, **money)
