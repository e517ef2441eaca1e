"""The whale curve: clients from the most to the least profitable after service, and what they add up to.

Kaplan & Narayanan, «Measuring and Managing Customer Profitability», 2001: the sum climbs above what the firm keeps,
and those past the peak take the difference back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clientarium.core.readings.seen_base import Base, ClientIds, Seen, day_sql

TENTHS = 10
STEPS = 120
"""Points of the drawn curve: more than a screen can tell apart."""


@dataclass(frozen=True)
class WhalePoint:
    """After the first `place` clients the sum is `money`."""

    place: int
    money: Decimal


@dataclass(frozen=True)
class WhaleTenth:
    """A tenth of the clients: their money after service, from the largest to the smallest, and the sum up to them."""

    tenth: int
    clients: int
    money: Decimal
    largest: Decimal
    smallest: Decimal
    up_to: Decimal


@dataclass(frozen=True)
class WhaleCurve:
    """`peak` is what the `earners` bring; `losers` take `lost` (below zero) back; `total` is what is left.

    `unknown` clients have no known margin and are in none of it. `measure`: 'margin', or 'revenue' where no cost is
    known.
    """

    measure: str
    clients: int
    earners: int
    losers: int
    unknown: int
    peak: Decimal
    lost: Decimal
    total: Decimal
    points: tuple[WhalePoint, ...]
    tenths: tuple[WhaleTenth, ...]

    @property
    def peak_share(self) -> float | None:
        """The peak against what is left: 1.3 means that 30 % is earned and given back. None where nothing is left."""
        return float(self.peak / self.total) if self.total > 0 else None


def whale_curve(
    base: Base, *, as_of: date, client_ids: ClientIds = None, cost_per_document: Decimal | None = None
) -> WhaleCurve:
    """Of the clients that bought or took time within 12 months.

    `cost_per_document`: by documents alone, each costs so much; None takes the snapshot's cost to serve.
    """
    with base.states(client_ids, dates=[as_of]) as seen:
        measure = seen.measure()
        cost, served = "cost_to_serve_12m", "(coalesce(minutes_12m, 0) > 0 or coalesce(revenue_12m, 0) <> 0)"
        if cost_per_document is not None:
            cost, served = f"sales_documents_12m * {cost_per_document}", "sales_documents_12m > 0"
        seen.engine.view("whale", _ranked_sql(measure, cost, as_of, served=served))
        return _curve(seen, measure)


def _ranked_sql(measure: str, cost: str, as_of: date, *, served: str) -> str:
    return f"""
        with worth as (
          select client_id, cast({measure}_12m - coalesce({cost}, 0) as decimal(24, 4)) as money from seen_snapshots
          where as_of = {day_sql(as_of)} and {served}
        )
        select client_id, money, row_number() over best as place,
          sum(money) over (best rows between unbounded preceding and current row) as up_to
        from worth window best as (order by money desc nulls last, client_id)
    """


def _curve(seen: Seen, measure: str) -> WhaleCurve:
    sums = seen.rows(
        """
        select count(money) as clients, count(*) filter (where money >= 0) as earners,
          count(*) filter (where money < 0) as losers, count(*) filter (where money is null) as unknown,
          coalesce(sum(money) filter (where money > 0), 0) as peak,
          coalesce(sum(money) filter (where money < 0), 0) as lost, coalesce(sum(money), 0) as total
        from whale
        """,
        step="sums of the whale curve",
    )[0]
    clients = sums["clients"]
    places = ", ".join(str(place) for place in _places(clients, peak_at=sums["earners"])) or "0"
    points = f"select place, up_to as money from whale where money is not null and place in ({places}) order by place"
    tenths = f"""
        select cast(least({TENTHS}, 1 + (place - 1) * {TENTHS} // greatest({clients}, 1)) as bigint) as tenth,
          count(*) as clients, sum(money) as money, max(money) as largest, min(money) as smallest,
          max_by(up_to, place) as up_to
        from whale where money is not null group by 1 order by 1
    """
    return WhaleCurve(
        measure=measure,
        **sums,
        points=tuple(WhalePoint(**row) for row in seen.rows(points, step="points of the whale curve")),
        tenths=tuple(WhaleTenth(**row) for row in seen.rows(tenths, step="tenths of the whale curve")),
    )


def _places(clients: int, *, peak_at: int) -> Sequence[int]:
    """Evenly over all clients, the peak among them."""
    steps = min(clients, STEPS)
    return sorted({*(round(clients * step / steps) for step in range(1, steps + 1)), peak_at} - {0})
