"""What the base consists of: categories over time, on whom the money rests, size and attention against margin."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa

from clientarium.core.readings.seen_base import Base, ClientIds, day_sql

DECIDED = "decided_since"
HALF = Decimal("0.5")
"""The share of the money whose bearers are counted: half, as the page asks."""


@dataclass(frozen=True)
class Part:
    """One category on one date. `category` None: outside the scheme."""

    as_of: date
    category: str | None
    clients: int
    money: Decimal


@dataclass(frozen=True)
class Concentration:
    """On how many clients half of the money rests, now and a year before, and what it is of."""

    measure: str
    clients: int
    clients_year_before: int
    total: Decimal
    total_year_before: Decimal
    payers: int


@dataclass(frozen=True)
class Cell:
    """One cell of size against margin: ABC by revenue × ABC by margin."""

    by_revenue: str
    by_margin: str
    clients: int
    revenue: Decimal
    margin: Decimal


@dataclass(frozen=True)
class AttentionPart:
    """A category's share of attention beside its share of money; shares are of the clients one may see.

    `attention_share` is None where no touches are known: the effort is then unknown, not zero.
    """

    category: str | None
    clients: int
    minutes: float
    documents: int
    attention_share: float | None
    money: Decimal
    money_share: float | None
    cost_to_serve: Decimal


def composition(
    base: Base, *, scheme: str, dates: Sequence[date] | None = None, client_ids: ClientIds = None
) -> list[Part]:
    """Clients and money of each category on each of `dates` (None: every snapshot)."""
    with base.states(client_ids, dates=dates) as seen:
        sql = f"""
            select as_of, {seen.column(scheme)} as category, count(*) as clients,
              coalesce(sum({seen.measure()}_12m), 0) as money
            from seen_snapshots group by all order by as_of, category nulls last
        """
        return [Part(**row) for row in seen.rows(sql, step="composition")]


def category_clients(
    base: Base, *, scheme: str, category: str | None, as_of: date, client_ids: ClientIds = None, limit: int = 1000
) -> list[int]:
    """The clients of one category, the dearest first."""
    with base.states(client_ids, dates=[as_of]) as seen:
        name = "null" if category is None else "'" + category.replace("'", "''") + "'"
        sql = f"""
            select client_id from seen_snapshots where {seen.column(scheme)} is not distinct from {name}
            order by coalesce({seen.measure()}_12m, 0) desc, client_id limit {int(limit)}
        """
        return [row["client_id"] for row in seen.rows(sql, step="category clients")]


def concentration(base: Base, *, as_of: date, client_ids: ClientIds = None) -> Concentration:
    """The fewest clients that hold half of the money of 12 months, and of the 12 months before."""
    with base.states(client_ids, dates=[as_of]) as seen:
        measure = seen.measure()
        now = seen.rows(_half_sql(f"{measure}_12m"), step="concentration")[0]
        then = seen.rows(_half_sql(f"{measure}_prev_12m"), step="concentration a year before")[0]
    return Concentration(measure, now["bearers"], then["bearers"], now["total"], then["total"], now["payers"])


def _half_sql(column: str) -> str:
    """The client whose money crosses the half still counts; clients that bring nothing or a loss do not."""
    return f"""
        with ranked as (
          select {column} as money, sum({column}) over () as total,
            sum({column}) over (order by {column} desc, client_id rows between unbounded preceding and current row)
              - {column} as ahead
          from seen_snapshots where {column} > 0
        )
        select count(*) filter (where ahead < total * {HALF}) as bearers, count(*) as payers,
          coalesce(max(total), 0) as total
        from ranked
    """


def concentration_curve(
    base: Base, *, measure: str, clients: Collection[int], as_of: date, client_ids: ClientIds = None
) -> list[tuple[int, float]]:
    """(n, the share of the money of 12 months that the n largest bring) for each n of `clients` there is."""
    if not clients:
        return []
    with base.states(client_ids, dates=[as_of]) as seen:
        money = seen.column(f"{measure}_12m")
        sql = f"""
            with ranked as (
              select row_number() over (order by {money} desc, client_id) as place, sum({money}) over () as total,
                sum({money}) over (order by {money} desc, client_id rows between unbounded preceding and current row)
                  as held
              from seen_snapshots where {money} > 0
            )
            select place, cast(held as double) / cast(total as double) as share from ranked
            where place in ({", ".join(str(int(place)) for place in clients)}) order by place
        """
        return [(row["place"], row["share"]) for row in seen.rows(sql, step="concentration curve")]


def size_against_margin(base: Base, *, as_of: date, client_ids: ClientIds = None) -> list[Cell]:
    """The cells of ABC by revenue × ABC by margin that have clients."""
    with base.states(client_ids, dates=[as_of]) as seen:
        by_revenue, by_margin = seen.column("abc_revenue"), seen.column("abc_margin")
        sql = f"""
            select {by_revenue} as by_revenue, {by_margin} as by_margin, count(*) as clients,
              sum(revenue_12m) as revenue, coalesce(sum(margin_12m), 0) as margin
            from seen_snapshots where {by_revenue} is not null and {by_margin} is not null
            group by 1, 2 order by 1, 2
        """
        return [Cell(**row) for row in seen.rows(sql, step="size against margin")]


def attention_against_margin(
    base: Base, *, scheme: str, as_of: date, client_ids: ClientIds = None, decided: pa.Table | None = None
) -> list[AttentionPart]:
    """For each category of `scheme`: its share of the minutes spent and its share of the money brought.

    `decided` (client_id, category): what people decided since the snapshot; it counts instead.
    """
    with base.states(client_ids, dates=[as_of]) as seen:
        measure, category, joined = seen.measure(), seen.column(scheme), ""
        if decided is not None and decided.num_rows:
            seen.engine.register(DECIDED, decided)
            category = f"case when {DECIDED}.client_id is null then {category} else {DECIDED}.category end"
            joined = f" left join {DECIDED} on {DECIDED}.client_id = seen_snapshots.client_id"
        sql = f"""
            with parts as (
              select {category} as category, count(*) as clients,
                cast(sum(cast(minutes_12m as decimal(18, 2))) as double) as minutes,
                cast(sum(documents_12m) as bigint) as documents, bool_or(attention_12m_share is not null) as is_known,
                coalesce(sum({measure}_12m), 0) as money, coalesce(sum(cost_to_serve_12m), 0) as cost_to_serve
              from seen_snapshots{joined} where as_of = {day_sql(as_of)} group by 1
            )
            select category, clients, coalesce(minutes, 0) as minutes, coalesce(documents, 0) as documents,
              case when bool_or(is_known) over () then minutes / nullif(sum(minutes) over (), 0) end as attention_share,
              money, cast(money as double) / nullif(cast(sum(money) over () as double), 0) as money_share, cost_to_serve
            from parts where category is not null or minutes > 0 or money <> 0 order by category nulls last
        """
        return [AttentionPart(**row) for row in seen.rows(sql, step="attention against margin")]
