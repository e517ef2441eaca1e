"""What similar clients buy and this one does not, in money a year: computed from the baskets of his peers.

1. Candidates are given: clients of the same segment and city and near in size. Of them the PEERS whose baskets are
   nearest are asked; nearness of two baskets is Bhattacharyya's coefficient of their shares by product group,
   sum sqrt(p q), 1 for the same proportions, 0 for nothing in common (Bhattacharyya 1943).
2. A group counts where the client bought none of it in 12 months and at least FEWEST_BUYERS peers did: fewer would be
   an accident, and would tell tales about them.
3. `expected` is the mean over all peers, those who buy none included; `low`-`high` is its 80 % percentile interval by
   bootstrap over peers (Efron 1979), with a fixed seed: the same base gives the same numbers. It says how sure the mean
   is, not what this one client will take; `usual_low`-`usual_high` are the quartiles among those who buy the group.
4. Money is margin where the cost of all these sales is known, else revenue.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from clientarium.core.ground import add_months
from clientarium.core.readings.product_names import NAMED_PRODUCTS_SQL
from clientarium.core.readings.seen_base import Base, day_sql

MONTHS = 12
PEERS = 40
"""Enough that a group bought by one peer in eight is met five times; more would take in clients less alike."""

FEWEST_PEERS = 8
FEWEST_BUYERS = 5

DRAWS, SEED = 400, 5
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class GroupPotential:
    """One product group: `buyers` of the peers take it, usually for `usual_low`-`usual_high` a year."""

    name: str
    buyers: int
    expected: float
    low: float
    high: float
    usual_low: float
    usual: float
    usual_high: float


@dataclass(frozen=True)
class PeerPotential:
    """`measure`: margin or revenue; `peer_ids` the likest first. With fewer than FEWEST_PEERS of them it is unknown."""

    measure: str
    groups: tuple[GroupPotential, ...]
    expected: float
    low: float
    high: float
    peer_ids: tuple[int, ...]

    @property
    def is_known(self) -> bool:
        return len(self.peer_ids) >= FEWEST_PEERS


def peer_potential(base: Base, *, client_id: int, candidate_ids: Sequence[int], as_of: date) -> PeerPotential:
    """The potential of one client against `candidate_ids`, the nearest in size first.

    Only sums over at least FEWEST_BUYERS clients come out, so the candidates may be clients the asker does not see.
    """
    asked = [client_id, *(one for one in candidate_ids if one != client_id)]
    with base.facts(None, as_of=as_of) as seen:
        seen.engine.register("asked_clients", pa.table({"client_id": pa.array(asked, pa.int64())}))
        rows = seen.engine.fetch(BASKETS_SQL.format(since=day_sql(add_months(as_of, -MONTHS)), until=day_sql(as_of)))
    has_groups = any(rows["has_group"].to_pylist())
    bought = [row for row in rows.to_pylist() if not has_groups or row["has_group"]]
    measure = "margin" if bought and all(row["margin"] is not None for row in bought) else "revenue"
    names = sorted({row["name"] for row in bought})
    row_of, column_of = ({one: place for place, one in enumerate(ones)} for ones in (asked, names))
    money, revenue = (np.zeros((len(asked), len(names))) for _ in "mr")
    for row in bought:
        cell = row_of[row["client_id"]], column_of[row["name"]]
        money[cell], revenue[cell] = float(row[measure]), float(row["revenue"])
    return _potential(asked, names, money, np.maximum(revenue, 0), measure=measure)


def _potential(
    asked: list[int], names: list[str], money: NDArray[np.float64], revenue: NDArray[np.float64], *, measure: str
) -> PeerPotential:
    peers = _nearest(revenue)
    ids = tuple(asked[place] for place in peers)
    if len(ids) < FEWEST_PEERS:
        return PeerPotential(measure, (), 0.0, 0.0, 0.0, ids)
    is_bought = revenue[peers] > 0
    open_groups = np.flatnonzero((revenue[0] <= 0) & (is_bought.sum(axis=0) >= FEWEST_BUYERS))
    gains = np.where(is_bought, np.maximum(money[peers], 0), 0)[:, open_groups]
    drawn = np.random.default_rng(SEED).integers(0, len(ids), (DRAWS, len(ids)))
    means = gains[drawn].mean(axis=1)
    groups = [_group(names[group], gains[:, place], means[:, place]) for place, group in enumerate(open_groups)]
    low, high = np.quantile(means.sum(axis=1), [LOW, HIGH])
    groups.sort(key=lambda group: (-group.expected, group.name))
    return PeerPotential(measure, tuple(groups), float(gains.sum(axis=1).mean()), float(low), float(high), ids)


def _group(name: str, gains: NDArray[np.float64], means: NDArray[np.float64]) -> GroupPotential:
    of_buyers = gains[gains > 0]
    low, high = np.quantile(means, [LOW, HIGH])
    usual = np.quantile(of_buyers, [0.25, 0.5, 0.75]) if of_buyers.size else np.zeros(3)
    return GroupPotential(name, int(of_buyers.size), float(gains.mean()), float(low), float(high), *map(float, usual))


def _nearest(revenue: NDArray[np.float64]) -> NDArray[np.int64]:
    """Places of the peers, the likest first; whoever bought nothing is no peer. Without an own basket, as given."""
    totals = revenue.sum(axis=1)
    buying = np.flatnonzero(totals[1:] > 0) + 1
    if totals[0] <= 0:
        return buying[:PEERS]
    shares = np.sqrt(revenue[buying] / totals[buying, None])
    likeness = shares @ np.sqrt(revenue[0] / totals[0])
    order = np.argsort(-likeness, kind="stable")
    return np.asarray(buying[order[likeness[order] > 0]][:PEERS])


BASKETS_SQL = f"""
select client_id, name, has_group, sum(revenue) as revenue,
  case when count(*) = count(cost) then sum(revenue - cost) end as margin
from (
  select seen_sales.client_id, seen_sales.revenue, seen_sales.cost,
    coalesce(named.product_group, named.name, seen_sales.product) as name,
    named.product_group is not null as has_group
  from seen_sales
  join asked_clients on asked_clients.client_id = seen_sales.client_id
  left join {NAMED_PRODUCTS_SQL} as named
    on named.source = seen_sales.source and named.product = seen_sales.product
  where sold_on > {{since}} and sold_on <= {{until}} and seen_sales.product is not null
) as lines
group by client_id, name, has_group
order by client_id, name
"""
