"""Who asks for capacity, and what there is of it: plain numbers that refuse to be built wrong."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from clientarium.core.ground import N_, UserError, add_months

LONGEST_MONTHS = 60
"""A job of more than five years is a slip in a date."""


@dataclass(frozen=True)
class Contender:
    """A client or a project that wants to be served.

    `needs`: hours by resource for the whole job; of places he takes one unless told otherwise. `penalty`: what is paid
    if he is let down, `probability`: how likely that is, 0-1. Without dates he needs the whole period.
    `return_on_cost`: margin / cost, None unknown; of those alike in money and needs the one with more of it goes first.
    """

    key: int
    name: str
    margin: float
    needs: Mapping[str, float] = field(default_factory=dict)
    penalty: float = 0.0
    probability: float = 0.0
    layer: str = ""
    grade: str = ""
    starts: date | None = None
    ends: date | None = None
    return_on_cost: float | None = None

    def __post_init__(self) -> None:
        numbers = [self.margin, self.penalty, self.probability, self.return_on_cost or 0.0, *self.needs.values()]
        if not all(map(math.isfinite, numbers)):
            raise UserError(N_("“%(name)s”: a figure is no number."), name=self.name)
        if self.penalty < 0 or any(need < 0 for need in self.needs.values()):
            raise UserError(N_("“%(name)s”: hours and penalty cannot be below zero."), name=self.name)
        if not 0 <= self.probability <= 1:
            raise UserError(N_("“%(name)s”: the probability is between 0 and 100 %%."), name=self.name)
        if self.starts and self.ends and self.ends < self.starts:
            raise UserError(N_("“%(name)s” ends before it begins."), name=self.name)

    @property
    def expected_penalty(self) -> float:
        return self.probability * self.penalty

    @property
    def months(self) -> tuple[date, ...]:
        """First days of the months he takes; empty where he has no dates."""
        first, last = self.starts or self.ends, self.ends or self.starts
        if first is None or last is None:
            return ()
        found = [first.replace(day=1)]
        while (after := add_months(found[-1], 1)) <= last and len(found) < LONGEST_MONTHS:
            found.append(after)
        return tuple(found)


@dataclass(frozen=True)
class Resource:
    """What is short: hours, or places of which everybody takes one.

    `amount` is for the whole period, or for each month where `is_monthly`; `by_month` names months with another one.
    """

    name: str
    amount: float
    is_places: bool = False
    is_monthly: bool = False
    by_month: Mapping[date, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not all(math.isfinite(amount) and amount >= 0 for amount in (self.amount, *self.by_month.values())):
            raise UserError(N_("“%(name)s”: capacity is a number, zero or more."), name=self.name)

    def need_of(self, contender: Contender) -> float:
        return contender.needs.get(self.name, 1.0 if self.is_places else 0.0)


@dataclass(frozen=True)
class Weights:
    """What losing a client costs beyond his margin, as a share of it, by layer and by grade. Nothing by default."""

    layers: Mapping[str, float] = field(default_factory=dict)
    grades: Mapping[str, float] = field(default_factory=dict)

    def of(self, contender: Contender) -> float:
        share = self.layers.get(contender.layer, 0.0) + self.grades.get(contender.grade, 0.0)
        return share * max(contender.margin, 0.0)

    def value_of(self, contender: Contender) -> float:
        """margin - probability x penalty + weight, to the hundredth."""
        return round(contender.margin - contender.expected_penalty + self.of(contender), 2)


def checked(contenders: Iterable[Contender], resources: Iterable[Resource]) -> None:
    """Raises UserError where there is nothing to choose from or by, or a name stands twice."""
    if not list(contenders):
        raise UserError(N_("There is nobody to choose from."), cure=N_("Give a list of at least one client."))
    names = [resource.name for resource in resources]
    if not names:
        raise UserError(
            N_("Nothing says how much there is."), cure=N_("Name at least one capacity: places, or hours of somebody.")
        )
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise UserError(N_("Capacity “%(name)s” stands twice."), name=twice)
