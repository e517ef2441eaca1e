"""What clients brought in a span of days, to whoever held them on the day of the sale."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa

from clientarium.core.readings.seen_base import Base, day_sql

HOLDINGS = pa.schema(
    [
        ("client_id", pa.int64()),
        ("seller_id", pa.int64()),
        ("first_day", pa.date32()),
        ("last_day", pa.date32()),
    ]
)
"""Who held whom, both days included; a null day is an open end."""


@dataclass(frozen=True)
class HolderMoney:
    """One seller's day. `margin` is of the lines whose cost is known; `revenue_without_cost` is the rest's revenue."""

    seller_id: int
    sold_on: date
    orders: int
    revenue: Decimal
    margin: Decimal
    revenue_without_cost: Decimal


@dataclass(frozen=True)
class ClientMoney:
    """`purchase_days`: days with a sale; `margin` is of the lines whose cost is known."""

    client_id: int
    purchase_days: int
    revenue: Decimal
    margin: Decimal


def money_of_holders(
    base: Base, *, holdings: pa.Table, first: date, until: date, at_version: int | None = None
) -> list[HolderMoney]:
    """By seller and day, in that order; sales of clients whom nobody held that day are in no row.

    `holdings` name clients who are merged into nobody. An order is a document (or a client's day) worth more than zero.
    """
    sql = f"""
        with lines as (
          select sales.client_id, sold_on, source, doc_id, revenue, cost from sales
          where sold_on between {day_sql(first)} and {day_sql(until)}
        ),
        held as (
          select seller_id, lines.* from lines join month_holdings as holding
            on holding.client_id = lines.client_id
            and lines.sold_on >= coalesce(holding.first_day, lines.sold_on)
            and lines.sold_on <= coalesce(holding.last_day, lines.sold_on)
        ),
        documents as (
          select seller_id, sold_on, client_id, sum(revenue) as revenue,
            coalesce(sum(revenue - cost), 0) as margin,
            coalesce(sum(revenue) filter (where cost is null), 0) as revenue_without_cost
          from held
          group by seller_id, sold_on, client_id, case when doc_id is null then '' else source end, doc_id
        )
        select seller_id, sold_on, count(*) filter (where revenue > 0) as orders, sum(revenue) as revenue,
          sum(margin) as margin, sum(revenue_without_cost) as revenue_without_cost
        from documents group by 1, 2 order by 1, 2
    """
    with base.ledger.engine(at_version=at_version, aliases=base.aliases, memory_limit=base.memory_limit) as engine:
        engine.register("month_holdings", holdings)
        rows = engine.fetch(sql, step="money of holders").to_pylist()
    return [HolderMoney(**row) for row in rows]


def money_of_clients(base: Base, *, client_ids: Sequence[int], first: date, until: date) -> dict[int, ClientMoney]:
    """What each of the clients brought in first…until; who bought and returned nothing is left out."""
    sql = f"""
        select client_id, count(distinct sold_on) filter (where revenue > 0) as purchase_days, sum(revenue) as revenue,
          coalesce(sum(revenue - cost), 0) as margin
        from seen_sales where sold_on between {day_sql(first)} and {day_sql(until)} group by 1
    """
    with base.facts(list(client_ids)) as seen:
        return {row["client_id"]: ClientMoney(**row) for row in seen.rows(sql, step="money of clients")}
