"""A list and its capacities as numbers: values, a matrix of needs, an amount per limit (a resource, or its month)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np

from clientarium.core.strategy.capacity.contender import Contender, Resource, Weights

Matrix = Any

SLACK = 1e-6
"""An hour in a million: the sum of tenths of an hour is not exact in the machine."""


@dataclass(frozen=True)
class Limit:
    """One row: a resource in the whole period (month None) or in one month."""

    resource: Resource
    month: date | None


@dataclass(frozen=True, eq=False)
class Instance:
    """`needs`: contenders x limits. `hand`: 1 taken by hand, -1 refused by hand, 0 free."""

    contenders: Sequence[Contender]
    limits: Sequence[Limit]
    values: Matrix
    needs: Matrix
    amounts: Matrix
    hand: Matrix

    @cached_property
    def returns(self) -> Matrix:
        """Return on cost; unknown is below any known one."""
        return np.array([-np.inf if one.return_on_cost is None else one.return_on_cost for one in self.contenders])

    @cached_property
    def room(self) -> Matrix:
        """What those taken by hand leave; where they need more than there is, nothing."""
        return np.maximum(self.amounts - self.fixed_use, 0.0)

    @cached_property
    def fixed_use(self) -> Matrix:
        return self.needs[self.hand == 1].sum(axis=0)

    @cached_property
    def free(self) -> Matrix:
        """Places of those worth asking about: not fixed, of some value, who alone would fit."""
        fits = (self.needs <= self.room + self.slack).all(axis=1)
        return np.flatnonzero((self.hand == 0) & (self.values > 0) & fits)

    @property
    def slack(self) -> Matrix:
        return SLACK * (1.0 + self.amounts)

    def is_feasible(self, taken: Matrix) -> bool:
        """Whether the free among `taken` fit into what is left."""
        asked = self.needs[taken & (self.hand == 0)].sum(axis=0)
        return bool((asked <= self.room + self.slack).all())

    def value_of(self, taken: Matrix) -> float:
        return float(self.values[taken].sum())

    def with_hand(self, place: int, side: int) -> "Instance":
        hand = self.hand.copy()
        hand[place] = side
        return replace(self, hand=hand)

    def with_more(self, resource: str, extra: float) -> "Instance":
        more = np.array([extra if limit.resource.name == resource else 0.0 for limit in self.limits])
        return replace(self, amounts=self.amounts + more)

    def rows_of(self, resource: str) -> Matrix:
        return np.array([limit.resource.name == resource for limit in self.limits])


def instance_of(
    contenders: Sequence[Contender],
    resources: Sequence[Resource],
    *,
    weights: Weights,
    fixed: Mapping[int, bool],
) -> Instance:
    limits = [limit for resource in resources for limit in _limits(resource, contenders)]
    needs = np.array([[_need(one, limit, limits) for limit in limits] for one in contenders], dtype=float)
    sides = {None: 0, True: 1, False: -1}
    return Instance(
        contenders=contenders,
        limits=limits,
        values=np.array([weights.value_of(one) for one in contenders]),
        needs=needs.reshape(len(contenders), len(limits)),
        amounts=np.array([limit.resource.by_month.get(limit.month, limit.resource.amount) if limit.month
                          else limit.resource.amount for limit in limits]),
        hand=np.array([sides[fixed.get(one.key)] for one in contenders]),
    )  # fmt: skip


def _limits(resource: Resource, contenders: Sequence[Contender]) -> list[Limit]:
    if not resource.is_monthly:
        return [Limit(resource, None)]
    months = sorted({month for one in contenders for month in one.months} | set(resource.by_month))
    return [Limit(resource, month) for month in months] or [Limit(resource, None)]


def _need(contender: Contender, limit: Limit, limits: Sequence[Limit]) -> float:
    """Hours are spread evenly over the months of the job; a place is taken in each of them."""
    need = limit.resource.need_of(contender)
    if limit.month is None:
        return need
    own = contender.months
    if own and limit.month not in own:
        return 0.0
    if limit.resource.is_places:
        return need
    spread = len(own) or sum(one.resource is limit.resource for one in limits)
    return need / spread
