"""Purchase days of many clients in flat arrays: what every model, rule and backtest reads."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

EPOCH = date(1970, 1, 1)

Days = NDArray[np.int32]
Indices = NDArray[np.int64]
Amounts = NDArray[np.float64]


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def date_of(number: int) -> date:
    return EPOCH + timedelta(days=int(number))


@dataclass(frozen=True, eq=False)
class Histories:
    """The purchase days of n clients up to `until`, inclusive; every client has at least one.

    client_ids: int64[n], ascending. Client i bought on days[starts[i]:starts[i + 1]] (days since 1970-01-01, ascending,
    each day once) for revenue and margin of the same positions (NaN where unknown). until: day number.
    """

    client_ids: Indices
    starts: Indices
    days: Days
    revenue: Amounts
    margin: Amounts
    until: int

    def __post_init__(self) -> None:
        assert self.starts.size == self.client_ids.size + 1, "starts hold one more than there are clients"
        assert self.days.size == self.revenue.size == self.margin.size == int(self.starts[-1])

    @property
    def size(self) -> int:
        """Number of clients."""
        return int(self.client_ids.size)

    @property
    def counts(self) -> Indices:
        """Purchase days of each client, int64[n], at least 1."""
        return np.diff(self.starts)

    @property
    def first(self) -> Days:
        """The first purchase day of each client, int32[n]."""
        return self.days[self.starts[:-1]]

    @property
    def last(self) -> Days:
        """The last purchase day of each client, int32[n]."""
        return self.days[self.starts[1:] - 1]

    @property
    def owners(self) -> Indices:
        """The client's index of each purchase day, int64[m]."""
        return np.repeat(np.arange(self.size), self.counts)

    def gaps(self) -> tuple[Days, Indices]:
        """Days between neighbouring purchase days and the index of the client of each; in order of time per client."""
        owners = self.owners
        is_same = owners[1:] == owners[:-1]
        return np.diff(self.days)[is_same], owners[1:][is_same]

    def cut(self, until: int) -> "Histories":
        """What was known on the day `until`: later purchases and clients who came later are not there."""
        kept = self.days <= until
        counts = np.add.reduceat(kept, self.starts[:-1], dtype=np.int64) if self.size else np.zeros(0, np.int64)
        has_any = counts > 0
        starts = np.concatenate([[0], np.cumsum(counts[has_any])])
        return Histories(
            self.client_ids[has_any],
            starts,
            self.days[kept],
            self.revenue[kept],
            self.margin[kept],
            min(until, self.until),
        )

    def chosen(self, is_chosen: NDArray[np.bool_]) -> "Histories":
        """The clients where `is_chosen`, bool[n]."""
        kept = np.repeat(is_chosen, self.counts)
        starts = np.concatenate([[0], np.cumsum(self.counts[is_chosen])])
        return Histories(
            self.client_ids[is_chosen], starts, self.days[kept], self.revenue[kept], self.margin[kept], self.until
        )

    def purchases_within(self, after: int, until: int) -> Indices:
        """Purchase days of each client with after < day <= until, int64[n]."""
        if not self.size:
            return np.zeros(0, np.int64)
        is_within = (self.days > after) & (self.days <= until)
        return np.add.reduceat(is_within, self.starts[:-1], dtype=np.int64)


def histories_of(purchases: pa.Table, *, until: int) -> Histories:
    """The histories in `purchases` (client_id, day: date32[, revenue, margin]), days after `until` left out.

    Several rows of a client on one day are one purchase day with their sum; a sum with an unknown part is unknown.
    """
    found = purchases.filter(pc.less_equal(purchases["day"].cast(pa.int32()), until))
    clients = found["client_id"].to_numpy().astype(np.int64, copy=False)
    days = found["day"].cast(pa.int32()).to_numpy()
    order = np.lexsort((days, clients))
    clients, days = clients[order], days[order]
    is_new = np.concatenate([[True], (clients[1:] != clients[:-1]) | (days[1:] != days[:-1])])[: clients.size]
    firsts = np.flatnonzero(is_new)
    client_ids, starts = np.unique(clients[firsts], return_index=True)
    return Histories(
        client_ids=client_ids,
        starts=np.concatenate([starts, [firsts.size]]).astype(np.int64),
        days=days[firsts].astype(np.int32),
        revenue=_summed(found, "revenue", order, firsts),
        margin=_summed(found, "margin", order, firsts),
        until=until,
    )


def _summed(found: pa.Table, name: str, order: Indices, firsts: Indices) -> Amounts:
    if name not in found.column_names:
        return np.full(firsts.size, np.nan)
    values = found[name].cast(pa.float64()).to_numpy()[order]
    return np.add.reduceat(values, firsts) if firsts.size else np.zeros(0)
