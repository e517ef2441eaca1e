"""What the next year rests on, by a snapshot: whose margin, how concentrated, what is missing without some of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clientarium.core.readings.base_makeup import HALF
from clientarium.core.readings.month_plan import Taken, clients_sql
from clientarium.core.readings.seen_base import Base, ClientIds, Seen, day_sql
from clientarium.core.readings.year_clients import AskedYear, family_of_card, materialize_year
from clientarium.core.strategy import LEAST_ORDERS, ORDER_SPREAD
from clientarium.core.strategy.stress import DRAWN_ONE_BY_ONE, ClientYear, ManyYears, MonthAhead

REGULAR_ORDERS = 4
"""Who ordered once a quarter the year before was a regular client: whether such clients leave is what is counted."""

FIRST_PLACES = (1, 3, 10)

HOLE_COLUMNS = (
    "as_of", "client_id", "p_alive", "orders_12m", "margin_12m", "revenue_12m",
    "expected_orders_30d", "expected_orders_90d", "expected_orders_365d",
    "expected_margin_30d", "expected_margin_90d", "expected_margin_365d", "expected_revenue_90d",
)  # fmt: skip


@dataclass(frozen=True)
class YearOutlook:
    """The next year of a base, `margin` expected of `clients`, of whom `assumed` have no known cost.

    `payers` brought `total` (`measure` of 12 months), half of it `half_holders`; `hhi` None where nobody brought any.
    `first_shares`: (n, part of the total the n largest brought). `largest` and `others` go into the simulation.
    """

    measure: str
    clients: int
    assumed: int
    margin: float
    payers: int
    total: Decimal
    half_holders: int
    hhi: float | None
    first_shares: tuple[tuple[int, float], ...]
    largest: tuple[ClientYear, ...]
    others: ManyYears


@dataclass(frozen=True)
class Gone:
    """Of `regulars` of the year before last so many bought nothing in the last one."""

    regulars: int
    gone: int


@dataclass(frozen=True)
class HoleMonth:
    """What the chosen clients were expected to bring in a month or a year, variances added up."""

    orders: float
    margin: float
    variance: float


@dataclass(frozen=True)
class RemovedClient:
    client_id: int
    margin: float
    orders: float
    alive: float


@dataclass(frozen=True)
class Hole:
    """What the chosen `clients` were expected to bring: `year` and `months` of it, the dearest of them in `first`.

    `buyers`: something is expected of them; `assumed` of these have no known cost.
    """

    clients: int
    buyers: int
    assumed: int
    year: HoleMonth
    months: tuple[HoleMonth, ...]
    first: tuple[RemovedClient, ...]

    @property
    def margin(self) -> float:
        return self.year.margin


@dataclass(frozen=True)
class Slice:
    """All clients with one value of a field."""

    field: str
    value: str
    clients: int
    margin: float


def regulars_gone(base: Base, *, as_of: date) -> Gone:
    """How many regular clients of the year before stopped altogether: the base's own rate of leaving."""
    with base.states(None, dates=[as_of]) as seen:
        if not (seen.has_column("orders_prev_12m") and seen.has_column("orders_12m")):
            return Gone(0, 0)
        family, joined = family_of_card(seen)
        sql = f"""
            select count(*) as regulars, count(*) filter (where now = 0) as gone from (
              select {family} as client_id, sum(coalesce(orders_12m, 0)) as now, sum(orders_prev_12m) as before
              from seen_snapshots as card{joined} where as_of = {day_sql(as_of)} group by 1
            ) where before >= {REGULAR_ORDERS}
        """
        return Gone(**seen.rows(sql, step="regular clients gone")[0])


def year_outlook(base: Base, asked: AskedYear, *, leaves: float, without: Collection[int] = ()) -> YearOutlook:
    """The year of all clients but `without`; `leaves`: how many of a hundred stop within a year, as a part of one."""
    with base.states(None, dates=[asked.as_of]) as seen:
        materialize_year(seen, asked, without=without)
        sums = seen.rows(_sums_sql(leaves), step="year of the base")[0]
        half = seen.rows(_bearers_sql(), step="bearers of the half")[0]
        sql = f"select orders, margin, alive from {_LARGEST}"
        largest = tuple(ClientYear(**row) for row in seen.rows(sql, step="largest of the year"))
        total = half["total"]
        firsts = tuple((place, half[f"first_{place}"]) for place in FIRST_PLACES if place <= half["payers"])
        return YearOutlook(
            measure=seen.measure(),
            clients=sums["clients"],
            assumed=sums["assumed"],
            margin=sums["margin"],
            payers=half["payers"],
            total=total,
            half_holders=half["holders"],
            hhi=half["hhi"],
            first_shares=firsts,
            largest=largest,
            others=ManyYears(sums["other_margin"], sums["other_variance"]),
        )


def largest_clients(base: Base, asked: AskedYear, *, count: int) -> list[int]:
    """By the margin expected of them within a year, the largest first."""
    with base.states(None, dates=[asked.as_of]) as seen:
        sql = f"""
            select client_id from ({clients_sql(seen, asked.year)}) where orders >= {LEAST_ORDERS!r}
            order by margin desc, client_id limit {int(count)}
        """
        return [row["client_id"] for row in seen.rows(sql, step="largest clients")]


def hole_without(
    base: Base, asked: AskedYear, *, months: Sequence[MonthAhead], client_ids: ClientIds, first: int = 20
) -> Hole:
    """What is missing of each of `months` without the chosen clients; None: without all of them."""
    with base.states(client_ids, dates=[asked.as_of]) as seen:
        # Every month asks the same few columns of the same clients: they are read once.
        seen.engine.materialize("states_of_chosen", f"select {', '.join(_columns(seen))} from seen_snapshots")
        seen.engine.view("seen_snapshots", "select * from states_of_chosen")
        materialize_year(seen, asked)
        sql = f"""
            select count(*) as clients, count(*) filter (where orders >= {LEAST_ORDERS!r}) as buyers,
              count(*) filter (where is_assumed and orders >= {LEAST_ORDERS!r}) as assumed,
              coalesce(sum(orders), 0) as orders, coalesce(sum(margin), 0) as margin,
              coalesce(sum(variance), 0) as variance
            from year_clients
        """
        sums = seen.rows(sql, step="clients of the hole")[0]
        year = HoleMonth(*(sums.pop(name) for name in ("orders", "margin", "variance")))
        sql = f"""
            select client_id, margin, orders, alive from year_clients
            order by margin desc, client_id limit {int(first)}
        """
        rows = seen.rows(sql, step="dearest of the hole")
        dearest = tuple(RemovedClient(**row) for row in rows)
        return Hole(**sums, year=year, months=_months(seen, asked, months), first=dearest)


def _columns(seen: Seen) -> list[str]:
    return [name for name in HOLE_COLUMNS if seen.has_column(name)]


def _months(seen: Seen, asked: AskedYear, months: Sequence[MonthAhead]) -> tuple[HoleMonth, ...]:
    parts = [
        f"""
        select {place} as place, coalesce(sum(orders), 0) as orders, coalesce(sum(margin), 0) as margin,
          coalesce(sum(variance), 0) as variance
        from ({clients_sql(seen, Taken(asked.as_of, month.share, asked.assumed_share))})
        """
        for place, month in enumerate(months)
    ]
    rows = seen.rows(" union all ".join(parts) + " order by place", step="hole by month")
    return tuple(HoleMonth(row["orders"], row["margin"], row["variance"]) for row in rows)


def slices(base: Base, asked: AskedYear, *, fields: Sequence[str], most: int) -> list[Slice]:
    """For each of `fields` the values whose clients are expected to bring most; a field of one value is left out."""
    found: list[Slice] = []
    with base.states(None, dates=[asked.as_of]) as seen:
        known = [name for name in fields if seen.has_column(name)]
        if not known:
            return []
        materialize_year(seen, asked)
        for name in known:
            side = seen.side_sql(f'"{name}" as value, 0 as money', asked.as_of)
            sql = f"""
                select value, count(*) as clients, sum(margin) as margin
                from year_clients join ({side}) as card using (client_id)
                where value is not null and value <> '' group by 1 order by margin desc, value limit {int(most)}
            """
            rows = seen.rows(sql, step=f"slices by {name}")
            found += [Slice(name, **row) for row in rows] if len(rows) > 1 else []
    return found


_LARGEST = f"""
    (select client_id, orders, margin, alive from year_clients where orders > 0
     order by abs(margin) desc, client_id limit {DRAWN_ONE_BY_ONE})
"""


def _sums_sql(leaves: float) -> str:
    """The variance is core.strategy.stress.year_variance in the engine's words."""
    life = f"{(1 - 2 * leaves / 3) / (1 - leaves / 2) ** 2!r} / alive - 1"
    variance = f"margin * margin * ({1 + ORDER_SPREAD**2!r} / orders + {life})"
    return f"""
        with large as (select client_id from {_LARGEST}),
        others as (
          select orders, margin, {variance} as variance from year_clients
          where orders > 0 and client_id not in (select client_id from large)
        )
        select count(*) filter (where orders >= {LEAST_ORDERS!r}) as clients,
          count(*) filter (where is_assumed and orders >= {LEAST_ORDERS!r}) as assumed,
          coalesce(sum(margin) filter (where orders > 0), 0) as margin,
          (select coalesce(sum(margin), 0) from others) as other_margin,
          (select coalesce(sum(variance), 0) from others) as other_variance
        from year_clients
    """


def _bearers_sql() -> str:
    """As readings.concentration counts them: whose money crosses the half counts, who brings a loss does not."""
    share = "cast(money as double) / nullif(cast(total as double), 0)"
    firsts = ", ".join(f"coalesce(sum({share}) filter (where place <= {n}), 0) as first_{n}" for n in FIRST_PLACES)
    return f"""
        with ranked as (
          select money, sum(money) over () as total, row_number() over (order by money desc, client_id) as place,
            sum(money) over (order by money desc, client_id rows between unbounded preceding and current row)
              - money as ahead
          from year_clients where money > 0
        )
        select count(*) as payers, coalesce(max(total), 0) as total, sum({share} * {share}) as hhi,
          count(*) filter (where ahead < total * {HALF}) as holders, {firsts}
        from ranked
    """
