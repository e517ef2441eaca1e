"""What clients were expected to bring in a month, by a snapshot taken before it: sums of a holder, or clients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from clientarium.core.ledger import ALIASES
from clientarium.core.readings.seen_base import Base, Seen, day_sql
from clientarium.core.strategy import LEAST_ALIVE, LEAST_ORDERS, ORDER_SPREAD, MonthShare


@dataclass(frozen=True)
class ExpectedClient:
    """`variance` as core.strategy.margin_variance; `is_assumed`: no cost of his is known, a share of revenue stands."""

    client_id: int
    orders: float
    margin: float
    variance: float
    is_assumed: bool


@dataclass(frozen=True)
class HolderSums:
    """The clients of one holder added up. `buyers`: something is expected of them; `assumed` of these: without cost."""

    seller_id: int
    clients: int
    buyers: int
    assumed: int
    orders: float
    margin: float
    variance: float


@dataclass(frozen=True)
class Taken:
    """Which snapshot, with what weights of its horizons; `assumed_share`: margin in revenue where no cost is known."""

    as_of: date
    share: MonthShare
    assumed_share: float


NEEDED = frozenset({"expected_orders_30d", "expected_orders_90d", "expected_orders_365d", "expected_margin_30d"})


def can_tell_month(base: Base, *, as_of: date) -> bool:
    """Whether the snapshot holds a forecast."""
    with base.states([], dates=[as_of]) as seen:
        return all(seen.has_column(name) for name in NEEDED)


def sums_by_holder(base: Base, taken: Taken, *, holdings: pa.Table) -> list[HolderSums]:
    """`holdings` (HOLDINGS) name each client's holder once; clients without one are left out."""
    with base.states(None, dates=[taken.as_of]) as seen:
        seen.engine.register("month_holdings", holdings)
        sql = f"""
            select seller_id, count(*) as clients, count(*) filter (where orders >= {LEAST_ORDERS!r}) as buyers,
              count(*) filter (where is_assumed and orders >= {LEAST_ORDERS!r}) as assumed,
              coalesce(sum(orders), 0) as orders, coalesce(sum(margin), 0) as margin,
              coalesce(sum(variance), 0) as variance
            from month_holdings left join ({clients_sql(seen, taken)}) as client using (client_id)
            group by 1 order by 1
        """
        return [HolderSums(**row) for row in seen.rows(sql, step="month by holder")]


def expected_clients(base: Base, taken: Taken, *, client_ids: Sequence[int]) -> list[ExpectedClient]:
    """Those of the clients something is expected of, the dearest first."""
    with base.states(list(client_ids), dates=[taken.as_of]) as seen:
        sql = f"""
            select client_id, orders, margin, variance, is_assumed from ({clients_sql(seen, taken)})
            where orders >= {LEAST_ORDERS!r} order by margin desc, client_id
        """
        return [ExpectedClient(**row) for row in seen.rows(sql, step="month by client")]


def clients_sql(seen: Seen, taken: Taken) -> str:
    """client_id, orders, margin, variance, is_assumed, alive; cards merged since are one client."""
    share = taken.share
    weights = ((30, share.within_30d), (90, share.within_90d), (365, share.within_365d))
    orders = " + ".join(f"{weight!r} * coalesce(expected_orders_{days}d, 0)" for days, weight in weights)
    margin = " + ".join(
        f"{weight!r} * cast(coalesce(expected_margin_{days}d, 0) as double)" for days, weight in weights
    )
    alive = f"least(greatest(coalesce(p_alive, 0), {LEAST_ALIVE!r}), 1.0)"
    revenue = "cast(coalesce(expected_revenue_90d, 0) as double) / nullif(expected_orders_90d, 0)"
    single = f"""
        select client_id, greatest({orders}, 0) as orders, expected_margin_30d is null as is_assumed,
          case when expected_margin_30d is null
            then {taken.assumed_share!r} * coalesce({revenue}, 0) * greatest({orders}, 0) else {margin} end as margin,
          {alive} as alive
        from seen_snapshots where as_of = {day_sql(taken.as_of)}
    """
    spread = f"margin * margin * ({1 + ORDER_SPREAD**2!r} / orders + 1 / alive - 1)"
    family = "client_id"
    source = f"({single}) as card"
    if seen.has_merges:
        family = "coalesce(aliased.client_id, card.client_id)"
        source += f" left join {ALIASES} as aliased on aliased.alias_id = card.client_id"
    return f"""
        select {family} as client_id, sum(orders) as orders, sum(margin) as margin,
          sum(case when orders > 0 then {spread} else 0 end) as variance, bool_or(is_assumed) as is_assumed,
          max(alive) as alive
        from {source} group by 1
    """
