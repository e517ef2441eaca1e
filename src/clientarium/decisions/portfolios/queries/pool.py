"""Clients nobody serves, and what they say about hiring (1.8.12)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied

from clientarium.core.strategy import sellers_fed
from clientarium.decisions.contacts import policy_numbers, working_day
from clientarium.decisions.people import Seller, User

from ..choices import Strategy
from ..rules import can_lead_portfolios
from .figures import SellerFigures, figures_from, loads_seen_by
from .load import Load, totals_of
from .terms import default_terms
from .working import working_sellers


@dataclass(frozen=True)
class PoolFigures:
    """Clients nobody serves: `unheld` have no holder, `of_left` stand on the names of sellers who do not work any more.

    `sellers_fed`: how many sellers the living of them would keep busy at norm.
    """

    unheld: Load
    of_left: Load
    left: tuple[Seller, ...]
    sellers_fed: float

    @property
    def total(self) -> Load:
        return totals_of([self.unheld, self.of_left])


def pool_of(by: User | None, day: date | None = None) -> PoolFigures:
    """The clients nobody serves, for whoever leads and the program itself (None); PermissionDenied for others."""
    return overview(by, day)[1]


def overview(by: User | None, day: date | None = None) -> tuple[list[SellerFigures], PoolFigures]:
    """Everybody who works, and the pool: one pass over the states for both. PermissionDenied as pool_of."""
    if by is not None and not can_lead_portfolios(by):
        raise PermissionDenied
    day = day or working_day()
    loads = loads_seen_by(by)
    sellers = working_sellers(day)
    working = {one.pk for one in sellers}
    left = [one for one in Seller.objects.filter(pk__in=[pk for pk in loads if pk]) if one.pk not in working]
    unheld, of_left = loads.get(None, Load()), totals_of([loads[one.pk] for one in left])
    usual = default_terms(Strategy.KEEPER, policy_numbers())
    fed = sellers_fed(
        unheld.living + of_left.living,
        unheld.living_hours + of_left.living_hours,
        norm=usual.norm,
        hours_month=usual.hours_month,
    )
    pool = PoolFigures(unheld, of_left, tuple(sorted(left, key=lambda one: (one.name, one.pk))), fed)
    return figures_from(loads, sellers, day), pool


@dataclass(frozen=True)
class HiringCase:
    """What sellers not hired yet would serve: the pool's living clients and those above the ceilings (1.8.12).

    margin: expected of a year, else that of the last, pool_margin without those above the ceilings; cost_year: of one
    seller, from the norms' hourly cost.
    """

    clients: int
    over: int
    free_places: int
    sellers: float
    margin: float | None
    pool_margin: float | None
    cost_year: float

    @property
    def margin_each(self) -> float | None:
        """What one seller at norm would bring; where there is less work than for one, all there is."""
        return None if self.margin is None else self.margin / max(1.0, self.sellers)

    @property
    def pays_off(self) -> bool:
        return self.margin_each is not None and self.margin_each > self.cost_year


WORKING_HOURS_YEAR = 1972
"""Working hours of a 40-hour week in 2026 by the Russian production calendar."""


def case_for_hiring(figures: Sequence[SellerFigures], pool: PoolFigures, *, hourly_cost: float) -> HiringCase:
    """The overflow is taken at the mean worth of the seller it overflows from: who leaves is not decided yet."""
    over = [(one.over, one.load) for one in figures]
    worth = [
        worth_of(load) * many / load.held for many, load in over if many and load.held and worth_of(load) is not None
    ]
    usual = default_terms(Strategy.KEEPER, policy_numbers())
    clients_over = sum(many for many, _ in over)
    alive = pool.total.living
    sellers = max(pool.sellers_fed + clients_over / usual.norm, 0.0)
    pool_worth = worth_of(pool.total)
    margin = None if pool_worth is None and not worth else (pool_worth or 0.0) + sum(worth)
    return HiringCase(
        clients=alive,
        over=clients_over,
        free_places=sum(one.free for one in figures),
        sellers=sellers,
        margin=margin,
        pool_margin=pool_worth,
        cost_year=hourly_cost * WORKING_HOURS_YEAR,
    )


def worth_of(load: Load) -> Any:
    """Expected margin of a year, or the last year's where nothing is forecast."""
    return load.margin_12m if load.expected_margin_365d is None else load.expected_margin_365d
