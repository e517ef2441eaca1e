"""A seller's month in numbers: plan, fact, and where it ends."""

from dataclasses import dataclass, field
from datetime import date

from ..choices import PlanBasis
from .expected import PlanSum


@dataclass(frozen=True)
class Fact:
    """What the clients a seller held on each day have brought. `margin` is of the lines whose cost is known."""

    orders: int = 0
    revenue: float = 0.0
    margin: float = 0.0
    revenue_without_cost: float = 0.0


@dataclass(frozen=True)
class PlanFact:
    """A seller's month. `expected` is from the bottom up; `computed` adds growth, win-back and a newcomer's places.

    `target` is what he answers for: the leader's figure where there is one, else `computed`; None where nothing could
    be computed. `asked`: about how many clients he has answered; nobody asked is not a growth of 0. `rest` is expected
    of the days left from the clients he holds now, None before the month and after it.
    """

    seller_id: int
    basis: PlanBasis
    expected: PlanSum
    growth: float = 0.0
    asked: int = 0
    winback: float = 0.0
    winback_clients: int = 0
    newcomer: float = 0.0
    share: float | None = None
    override: float | None = None
    reason: str = ""
    target: float | None = None
    fact: Fact = field(default_factory=Fact)
    until: date | None = None
    rest: PlanSum | None = None

    @property
    def computed(self) -> float:
        return self.expected.margin + self.growth + self.winback + self.newcomer

    @property
    def end(self) -> float | None:
        """Where the month ends: the fact and what is expected of the days left."""
        return None if self.rest is None else self.fact.margin + self.rest.margin

    @property
    def end_low(self) -> float | None:
        return None if self.rest is None else self.fact.margin + self.rest.low

    @property
    def end_high(self) -> float | None:
        return None if self.rest is None else self.fact.margin + self.rest.high

    @property
    def done_share(self) -> float | None:
        """Of the target, by fact; None where there is no target to divide by."""
        return self.fact.margin / self.target if self.target and self.target > 0 else None
