"""The ladder of release: what each rung would give for a group of clients, under assumptions one can move.

    M  money of the group in 12 months (margin, or revenue where no cost is known)     R  its revenue
    T, D  hours of touches and of sales documents in 12 months, by service             l  the share that leaves
    r  rise of the price, q  the part of it that holds        V  least order           s  the share of work saved

1. Re-price:        M' = (1 − l)·(M + r·q·R)            hours freed = l·(T + D)
2. Least order:     only clients whose mean order a is below V;  M' = M − l·M_small
                    hours freed = l·(T + D)_small + (1 − l)·Σ D_i·(1 − a_i / V): who stays buys the same in fewer orders
3. Self-service:    M' = (1 − l)·M       hours freed = l·(T + D) + (1 − l)·s·(T + D of sales): an order is typed by him
4. Fewer touches:   M' = (1 − l)·M       hours freed = l·(T + D) + (1 − l)·s·T
5. Stop:            M' = 0               hours freed = T + D
6. Who leaves takes his hours with him; who stays buys as he bought. Nothing is said of who would have left anyway.
7. What the hours could earn = hours freed · money an hour of the growth layer brings · a cautious share of it.
8. The balance of a rung = M' − M + what the hours could earn. The cost of the hours is told beside, not added: people
   stay and are paid, the hours are only worth what is done with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

ONE, ZERO = Decimal(1), Decimal(0)
CENT = Decimal("0.01")
SALES = "sales"


class Rung(StrEnum):
    """From the mildest to the last (DOMAIN.md A.4)."""

    REPRICE = "reprice"
    MINIMUM = "minimum"
    SELF_SERVICE = "self_service"
    FEWER_TOUCHES = "fewer_touches"
    STOP = "stop"


@dataclass(frozen=True)
class ServiceHours:
    """What one service spends on the group in 12 months; `cost` is of all its hours."""

    service: str
    touches: float
    documents: float
    cost: Decimal

    @property
    def hours(self) -> float:
        return self.touches + self.documents


@dataclass(frozen=True)
class Small:
    """Clients of the group whose mean order is below the least one.

    `touches`, `documents`: their parts of the group's hours of either kind; `orders_kept`: the part of their documents
    that is left once every order is as large as the least one.
    """

    clients: int
    money: Decimal
    touches: float
    documents: float
    orders_kept: float


@dataclass(frozen=True)
class GroupMoney:
    """The group as it was in 12 months."""

    clients: int
    revenue: Decimal
    money: Decimal
    services: Sequence[ServiceHours]

    @property
    def hours(self) -> float:
        return sum(one.hours for one in self.services)

    @property
    def cost(self) -> Decimal:
        return sum((one.cost for one in self.services), ZERO)


@dataclass(frozen=True)
class Assumptions:
    """Parts of one, and the least order in money. `growth`: the cautious share of what an hour of growth brings."""

    reprice_leave: Decimal
    reprice_rise: Decimal
    reprice_kept: Decimal
    minimum_leave: Decimal
    minimum_order: Decimal
    self_service_leave: Decimal
    self_service_saved: Decimal
    fewer_touches_leave: Decimal
    fewer_touches_saved: Decimal
    growth: Decimal


@dataclass(frozen=True)
class Outcome:
    """What a rung gives in a year. `earned` and `balance` None: what an hour of growth brings is not known.

    `leaving`: clients expected to leave. `bearable`: the share that may leave before the money falls (re-price alone);
    1 or more: however many leave. `cost`: what the freed hours cost the firm.
    """

    rung: Rung
    leaving: float
    change: Decimal
    hours: dict[str, float]
    cost: Decimal
    earned: Decimal | None
    bearable: Decimal | None = None

    @property
    def hours_freed(self) -> float:
        return sum(self.hours.values())

    @property
    def balance(self) -> Decimal | None:
        return None if self.earned is None else self.change + self.earned

    @property
    def needed_an_hour(self) -> Decimal | None:
        """What a freed hour must bring for the rung to pay; None where nothing is lost or nothing is freed."""
        if self.change >= 0 or self.hours_freed <= 0:
            return None
        return (-self.change / Decimal(str(self.hours_freed))).quantize(CENT)


def ladder(
    group: GroupMoney, small: Small, assumed: Assumptions, *, money_an_hour: Decimal | None
) -> dict[Rung, Outcome]:
    """All rungs side by side. `money_an_hour`: of the growth layer; None where it is not known."""
    kept = assumed.reprice_rise * assumed.reprice_kept * group.revenue
    changes = {
        Rung.REPRICE: (ONE - assumed.reprice_leave) * (group.money + kept) - group.money,
        Rung.MINIMUM: -assumed.minimum_leave * small.money,
        Rung.SELF_SERVICE: -assumed.self_service_leave * group.money,
        Rung.FEWER_TOUCHES: -assumed.fewer_touches_leave * group.money,
        Rung.STOP: -group.money,
    }
    leaving = {
        Rung.REPRICE: assumed.reprice_leave * group.clients,
        Rung.MINIMUM: assumed.minimum_leave * small.clients,
        Rung.SELF_SERVICE: assumed.self_service_leave * group.clients,
        Rung.FEWER_TOUCHES: assumed.fewer_touches_leave * group.clients,
        Rung.STOP: Decimal(group.clients),
    }
    found = {}
    for rung, change in changes.items():
        hours = {one.service: _freed(one, rung, small, assumed) for one in group.services}
        freed = Decimal(str(sum(hours.values())))
        earned = None if money_an_hour is None else (freed * money_an_hour * assumed.growth).quantize(CENT)
        found[rung] = Outcome(
            rung=rung,
            leaving=float(leaving[rung]),
            change=change.quantize(CENT),
            hours=hours,
            cost=_cost(group.services, hours),
            earned=earned,
            bearable=_bearable(group.money, kept) if rung is Rung.REPRICE else None,
        )
    return found


def least_order(group: GroupMoney, orders: int) -> Decimal | None:
    """The order whose margin pays for its own service: cost of service per order / margin share. None: cannot be told.

    Rounded up to two figures, as a price list would have it.
    """
    if orders <= 0 or group.revenue <= 0 or group.money <= 0 or group.cost <= 0:
        return None
    exact = group.cost / orders / (group.money / group.revenue)
    step = Decimal(10) ** (exact.adjusted() - 1)
    return (exact / step).to_integral_value(rounding="ROUND_CEILING") * step


def _freed(one: ServiceHours, rung: Rung, small: Small, assumed: Assumptions) -> float:
    """Hours a year one service gets back on one rung."""
    if rung is Rung.STOP:
        return one.hours
    if rung is Rung.REPRICE:
        return float(assumed.reprice_leave) * one.hours
    if rung is Rung.MINIMUM:
        leave = float(assumed.minimum_leave)
        documents = one.documents * small.documents
        return leave * (one.touches * small.touches + documents) + (1 - leave) * documents * (1 - small.orders_kept)
    if rung is Rung.SELF_SERVICE:
        leave, saved = float(assumed.self_service_leave), float(assumed.self_service_saved)
        moved = one.hours if one.service == SALES else one.touches
        return leave * one.hours + (1 - leave) * saved * moved
    leave, saved = float(assumed.fewer_touches_leave), float(assumed.fewer_touches_saved)
    return leave * one.hours + (1 - leave) * saved * one.touches


def _cost(services: Sequence[ServiceHours], hours: dict[str, float]) -> Decimal:
    """The freed hours at what an hour of each service costs."""
    parts = (one.cost * Decimal(str(hours[one.service] / one.hours)) for one in services if one.hours > 0)
    return sum(parts, ZERO).quantize(CENT)


def _bearable(money: Decimal, kept: Decimal) -> Decimal:
    """(1 − l)·(M + k) = M at l = k / (M + k); a group that brings nothing even so loses nothing by leaving."""
    return kept / (money + kept) if money + kept > 0 else ONE
