"""What a client usually takes, what he has stopped taking while still buying, what is due in his next order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from clientarium.core.readings.product_names import NAMED_PRODUCTS_SQL
from clientarium.core.readings.seen_base import Base, ClientIds, day_sql

LOST_CHANCE = 0.05
"""A product is lost when so many orders went by without it that chance alone would do so once in twenty times."""
USUAL_AFTER_DAYS = 3
"""A product is a habit from the third purchase day on: two days make one gap, and one gap is no rhythm."""

SILENT_AFTER_GAPS = 2
SILENT_AT_LEAST_DAYS = 90
"""Without orders to judge by, a product is dropped when twice its usual gap has passed, and at least a quarter."""
SILENT_SINGLE_DAYS = 365
"""Bought on one day only, it is given a year."""


@dataclass(frozen=True)
class Product:
    """A product one client has bought up to a date.

    days: purchase days with it; typical_gap_days: median days between them (None after one);
    orders_since: the client's purchase days after the last one with it; share: how often his orders held it while he
    took it, 0..1; quantity: the median of a day; due_on: when it should be taken next (None for what is no habit).
    """

    product: str
    product_name: str | None
    product_group: str | None
    days: int
    first_on: date
    last_on: date
    typical_gap_days: float | None
    quantity: Decimal | None
    revenue: Decimal
    orders_since: int
    share: float
    due_on: date | None
    is_lost: bool
    is_stopped: bool

    @property
    def title(self) -> str:
        return self.product_name or self.product

    def is_due_by(self, day: date, *, order_gap_days: float) -> bool:
        """Whether the order on `day` is the one nearest to the day it should be taken."""
        if self.due_on is None or self.is_stopped:
            return False
        return self.due_on <= day + timedelta(days=int(order_gap_days / 2))


def client_products(base: Base, *, client_id: int, as_of: date, client_ids: ClientIds = None) -> list[Product]:
    """Products the client has bought, the dearest first; [] if not visible."""
    if client_ids is not None and client_id not in client_ids:
        return []
    return products_of(base, client_ids=[client_id], as_of=as_of).get(client_id, [])


def products_of(base: Base, *, client_ids: Sequence[int], as_of: date) -> dict[int, list[Product]]:
    """The same for several clients in one reading; clients without purchases are not there."""
    found: dict[int, list[Product]] = {}
    with base.facts(client_ids, as_of=as_of) as seen:
        for row in seen.rows(PRODUCTS_SQL.format(as_of=day_sql(as_of), named=NAMED_PRODUCTS_SQL), step="products"):
            found.setdefault(row.pop("client_id"), []).append(_product(row, as_of))
    return found


def _product(row: Mapping[str, Any], as_of: date) -> Product:
    orders_while, gap = row["orders_while"], row["typical_gap_days"]
    # Laplace's rule of succession: three out of three orders are no proof of "always".
    share = (row["days"] + 1) / (orders_while + 2)
    is_usual = row["days"] >= USUAL_AFTER_DAYS
    is_lost = is_usual and (1 - share) ** row["orders_since"] <= LOST_CHANCE
    wait = SILENT_SINGLE_DAYS if gap is None else max(SILENT_AT_LEAST_DAYS, SILENT_AFTER_GAPS * gap)
    return Product(
        **{name: value for name, value in row.items() if name != "orders_while"},
        share=min(1.0, row["days"] / orders_while),
        due_on=row["last_on"] + timedelta(days=round(gap)) if is_usual and not is_lost else None,
        is_lost=is_lost,
        is_stopped=is_lost or (as_of - row["last_on"]).days > wait,
    )


PRODUCTS_SQL = """
with bought as (
  select client_id, product, source, sold_on, sum(quantity) as quantity, sum(revenue) as revenue from seen_sales
  where sold_on <= {as_of} and product is not null group by 1, 2, 3, 4
),
taken as (
  select *, date_diff('day', lag(sold_on) over (partition by client_id, source, product order by sold_on), sold_on)
    as gap_days
  from bought where revenue > 0
),
own as (
  select client_id, source, product, count(*) as days, min(sold_on) as first_on, max(sold_on) as last_on,
    median(gap_days) as typical_gap_days, median(quantity) as quantity
  from taken group by 1, 2, 3
),
visits as (select distinct client_id, sold_on from seen_sales where sold_on <= {as_of} and revenue > 0),
counted as (
  select own.client_id, own.source, own.product,
    count(*) filter (where visits.sold_on >= first_on and visits.sold_on <= last_on) as orders_while,
    count(*) filter (where visits.sold_on > last_on) as orders_since
  from own join visits on visits.client_id = own.client_id group by 1, 2, 3
),
sums as (select client_id, source, product, sum(revenue) as revenue from bought group by 1, 2, 3),
named as {named}
select own.client_id, own.product, named.name as product_name, named.product_group, days, first_on, last_on,
  typical_gap_days, cast(own.quantity as decimal(18, 4)) as quantity, revenue, orders_since, orders_while
from own join sums using (client_id, source, product) join counted using (client_id, source, product)
  left join named on named.source = own.source and named.product = own.product
order by own.client_id, revenue desc, own.product
"""
