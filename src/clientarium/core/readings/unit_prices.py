"""What a client paid before he fell silent, and how the price went without him."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clientarium.core.readings.product_names import NAMED_PRODUCTS_SQL
from clientarium.core.readings.seen_base import Base, day_sql

NEAR_DAYS = 92
"""A quarter before and after his last purchase: prices are usually set for a quarter."""

PRODUCTS = 8


@dataclass(frozen=True)
class PriceChange:
    """Prices of a unit of one product. paid: the last he paid, on `last_on`; usual: the median of his earlier ones.

    others_before and others_after: medians of what all other clients paid in the quarter before and after `last_on`.
    None where nobody bought it then.
    """

    product: str
    product_name: str | None
    product_group: str | None
    last_on: date
    revenue: Decimal
    paid: float
    usual: float | None
    others_before: float | None
    others_after: float | None

    @property
    def title(self) -> str:
        return self.product_name or self.product

    @property
    def rise(self) -> float | None:
        """His last price against his usual one, in parts of one."""
        return self.paid / self.usual - 1 if self.usual else None

    @property
    def above_others(self) -> float | None:
        """His last price against what others paid about then."""
        return self.paid / self.others_before - 1 if self.others_before else None

    @property
    def rise_since(self) -> float | None:
        """How the others' price went after he left."""
        return self.others_after / self.others_before - 1 if self.others_before and self.others_after else None


def price_changes(base: Base, *, client_id: int, as_of: date, limit: int = PRODUCTS) -> list[PriceChange]:
    """His products of the 12 months to his last purchase, the dearest first; the caller has checked he may be seen.

    Others are seen as medians only, so nobody is named.
    """
    with base.facts([client_id], as_of=as_of) as seen:
        sql = PRICES_SQL.format(
            client=int(client_id), as_of=day_sql(as_of), near=NEAR_DAYS, limit=int(limit), named=NAMED_PRODUCTS_SQL
        )
        return [PriceChange(**row) for row in seen.rows(sql, step="price changes")]


def product_groups_of(
    base: Base, *, client_ids: Sequence[int], as_of: date, limit: int = 5
) -> dict[int, list[tuple[str, str | None, Decimal]]]:
    """client → (product's name, group or None, revenue) of the year to his last purchase, the dearest first."""
    if not client_ids:
        return {}
    found: dict[int, list[tuple[str, str | None, Decimal]]] = {}
    with base.facts(list(client_ids), as_of=as_of) as seen:
        sql = LAST_PRODUCTS_SQL.format(as_of=day_sql(as_of), limit=int(limit), named=NAMED_PRODUCTS_SQL)
        for row in seen.rows(sql, step="last products"):
            found.setdefault(row["client_id"], []).append((row["title"], row["product_group"], row["revenue"]))
    return found


_LAST = """
  select client_id, max(sold_on) as last_on from seen_sales where sold_on <= {as_of} and revenue > 0 group by 1
"""

LAST_PRODUCTS_SQL = (
    """
with lasts as ("""
    + _LAST
    + """), own as (
  select seen_sales.client_id, source, product, sum(revenue) as revenue
  from seen_sales join lasts on lasts.client_id = seen_sales.client_id
  where product is not null and sold_on > last_on - interval 12 months and sold_on <= last_on
  group by 1, 2, 3 having sum(revenue) > 0
)
select client_id, coalesce(named.name, own.product) as title, named.product_group, revenue
from own left join {named} as named on named.source = own.source and named.product = own.product
qualify row_number() over (partition by client_id order by revenue desc, own.product) <= {limit}
order by client_id, revenue desc, title
"""
)

PRICES_SQL = (
    """
with lasts as ("""
    + _LAST
    + """), own as (
  select source, product, sold_on, sum(revenue) as revenue, sum(revenue) / sum(quantity) as price,
    row_number() over (partition by source, product order by sold_on desc) as place
  from seen_sales cross join lasts
  where product is not null and revenue > 0 and quantity > 0
    and sold_on > lasts.last_on - interval 12 months and sold_on <= lasts.last_on
  group by 1, 2, 3
), his as (
  select source, product, max(sold_on) as last_on, sum(revenue) as revenue,
    max(case when place = 1 then price end) as paid, median(case when place > 1 then price end) as usual
  from own group by 1, 2
  order by revenue desc, product limit {limit}
), others as (
  select his.source, his.product,
    median(case when sold_on <= his.last_on then sales.revenue / quantity end) as others_before,
    median(case when sold_on > his.last_on then sales.revenue / quantity end) as others_after
  from his join sales on sales.source = his.source and sales.product = his.product
  where client_id <> {client} and sales.revenue > 0 and quantity > 0 and sold_on <= {as_of}
    and sold_on >= his.last_on - interval {near} days and sold_on <= his.last_on + interval {near} days
  group by 1, 2
)
select his.product, named.name as product_name, named.product_group, his.last_on, his.revenue,
  cast(paid as double) as paid, cast(usual as double) as usual,
  cast(others_before as double) as others_before, cast(others_after as double) as others_after
from his left join others on others.source = his.source and others.product = his.product
left join {named} as named on named.source = his.source and named.product = his.product
order by his.revenue desc, his.product
"""
)
