"""What similar clients buy and this one does not, in money a year: computed from the baskets of his peers.

1. Candidates are given: clients of the same segment and city and near in size. Of them the PEERS whose baskets are
   nearest are asked; nearness of two baskets is Bhattacharyya's coefficient of their shares by product group,
   sum sqrt(p q), 1 for the same proportions, 0 for nothing in common (Bhattacharyya 1943).
2. A group counts where the client bought none of it in 12 months and at least FEWEST_BUYERS peers did: fewer would be
   an accident, and would tell tales about them.
3. `expected` is the mean over all peers, those who buy none included; `low`-`high` is its 80 % percentile interval by
   bootstrap over peers (Efron 1979), with a fixed seed: the same base gives the same numbers. It says how sure the mean
   is, not what this one client will take; `usual_low`-`usual_high` are the quartiles among those who buy the group.
4. Money is revenue; `margin_share` of a group is that of the peers' lines with a known cost, None where none has one.
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
    """One product group: `buyers` of the peers take it, usually for `usual_low`-`usual_high` of revenue a year."""

    name: str
    buyers: int
    expected: float
    low: float
    high: float
    usual_low: float
    usual: float
    usual_high: float
    margin_share: float | None

    @property
    def expected_margin(self) -> float | None:
        return None if self.margin_share is None else self.expected * self.margin_share


@dataclass(frozen=True)
class PeerPotential:
    """Revenue a year of all `groups`; `peer_ids` the likest first. With fewer than FEWEST_PEERS it is unknown."""

    groups: tuple[GroupPotential, ...]
    expected: float
    low: float
    high: float
    peer_ids: tuple[int, ...]

    @property
    def is_known(self) -> bool:
        return len(self.peer_ids) >= FEWEST_PEERS

    @property
    def expected_margin(self) -> float | None:
        """Of the groups whose margin is known; None where it is of none."""
        known = [group.expected_margin for group in self.groups if group.expected_margin is not None]
        return sum(known) if known else None


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
    names = sorted({row["name"] for row in bought})
    row_of, column_of = ({one: place for place, one in enumerate(ones)} for ones in (asked, names))
    revenue, margin, costed = np.zeros((3, len(asked), len(names)))
    for row in bought:
        cell = row_of[row["client_id"]], column_of[row["name"]]
        for table, column in ((revenue, "revenue"), (margin, "margin"), (costed, "costed")):
            table[cell] = float(row[column] or 0)
    peers = _nearest(np.maximum(revenue, 0))
    ids = tuple(asked[place] for place in peers)
    if len(ids) < FEWEST_PEERS:
        return PeerPotential((), 0.0, 0.0, 0.0, ids)
    return _potential(names, np.maximum(revenue[[0, *peers]], 0), _shares(margin[peers], costed[peers]), ids)


def _shares(margin: NDArray[np.float64], costed: NDArray[np.float64]) -> list[float | None]:
    """By group: margin over the revenue whose cost is known."""
    totals = zip(margin.sum(axis=0), costed.sum(axis=0), strict=True)
    return [float(earned / sold) if sold > 0 else None for earned, sold in totals]


def _potential(
    names: list[str], revenue: NDArray[np.float64], margin_shares: list[float | None], ids: tuple[int, ...]
) -> PeerPotential:
    """`revenue`: the client's row, then the peers'."""
    taken = revenue[1:]
    open_groups = np.flatnonzero((revenue[0] <= 0) & ((taken > 0).sum(axis=0) >= FEWEST_BUYERS))
    drawn = np.random.default_rng(SEED).integers(0, len(ids), (DRAWS, len(ids)))
    means = taken[:, open_groups][drawn].mean(axis=1)
    groups = [
        _group(names[group], taken[:, group], means[:, place], margin_shares[group])
        for place, group in enumerate(open_groups)
    ]
    low, high = np.quantile(means.sum(axis=1), [LOW, HIGH])
    groups.sort(key=lambda group: (-group.expected, group.name))
    expected = float(taken[:, open_groups].sum(axis=1).mean())
    return PeerPotential(tuple(groups), expected, float(low), float(high), ids)


def _group(
    name: str, taken: NDArray[np.float64], means: NDArray[np.float64], margin_share: float | None
) -> GroupPotential:
    buyers = taken[taken > 0]
    low, high = np.quantile(means, [LOW, HIGH])
    usual = np.quantile(buyers, [0.25, 0.5, 0.75])
    return GroupPotential(
        name,
        buyers=int(buyers.size),
        expected=float(taken.mean()),
        low=float(low),
        high=float(high),
        usual_low=float(usual[0]),
        usual=float(usual[1]),
        usual_high=float(usual[2]),
        margin_share=margin_share,
    )


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
  sum(revenue - cost) as margin, sum(case when cost is not null then revenue end) as costed
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
