"""Who has sold to each client and talked with him: the past a client has with sellers, and what he takes."""

from dataclasses import dataclass
from datetime import date

from clientarium.core.readings.product_names import NAMED_PRODUCTS_SQL
from clientarium.core.readings.seen_base import Base, ClientIds, day_sql


@dataclass(frozen=True)
class PastWith:
    """`source` and `seller`: the seller as that source calls him; `revenue` and `contacts` of the client with him."""

    client_id: int
    source: str
    seller: str
    revenue: float
    contacts: int


def past_sellers(base: Base, *, client_ids: ClientIds, after: date, until: date) -> list[PastWith]:
    """Sales and touches in (after, until] that name a seller, by client and seller; returns lower the revenue."""
    days = f"> {day_sql(after)}"
    sql = f"""
        with sold as (
          select client_id, source, seller, sum(revenue) as revenue, 0 as contacts from seen_sales
          where sold_on {days} and sold_on <= {day_sql(until)} and seller is not null and seller <> '' group by 1, 2, 3
        ), talked as (
          select client_id, source, seller, 0 as revenue, count(*) as contacts from seen_touches
          where touched_on {days} and touched_on <= {day_sql(until)} and seller is not null and seller <> ''
          group by 1, 2, 3
        )
        select client_id, source, seller,
            cast(sum(revenue) as double) as revenue, cast(sum(contacts) as bigint) as contacts
        from (select * from sold union all select * from talked) as both_kinds
        group by 1, 2, 3 order by 1, 2, 3
    """
    with base.facts(client_ids) as seen:
        return [PastWith(**row) for row in seen.rows(sql, step="past with sellers")]


def groups_bought(base: Base, *, client_ids: ClientIds, after: date, until: date) -> dict[int, frozenset[str]]:
    """Product groups each client bought in (after, until]; products without a group are left out."""
    sql = f"""
        select distinct sale.client_id, named.product_group
        from seen_sales as sale
        join {NAMED_PRODUCTS_SQL} as named on named.source = sale.source and named.product = sale.product
        where sale.sold_on > {day_sql(after)} and sale.sold_on <= {day_sql(until)}
          and named.product_group is not null and not sale.is_return
    """
    found: dict[int, set[str]] = {}
    with base.facts(client_ids) as seen:
        for row in seen.rows(sql, step="product groups of clients"):
            found.setdefault(row["client_id"], set()).add(row["product_group"])
    return {client_id: frozenset(groups) for client_id, groups in found.items()}
