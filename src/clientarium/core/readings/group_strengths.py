"""Where the firm is strong, where it sells without discounts, what repeats: sums of each group of clients or goods.

Every sum is split into heaps of clients (`core.strategy.heaps`), so that whoever reads it can say how sure it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from clientarium.core.ground import add_months
from clientarium.core.readings.product_names import NAMED_PRODUCTS_SQL
from clientarium.core.readings.seen_base import Base, ClientIds, Seen, day_sql, text_sql
from clientarium.core.strategy import BUCKETS

MOST_GROUPS = 40
"""A table of more lines is not read; the smaller groups of the rest stand together as one."""

REST = "…"
"""The groups too small for a line of their own, together: nobody names a segment by three dots."""

SECOND_DAYS = 182
"""Half a year for the second purchase: most come within it, and the answer is not too old."""


class Cut(StrEnum):
    """What divides: a word of the client's card, or what was sold and how."""

    CLIENT = "client"
    PRODUCT_GROUP = "product_group"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Tally:
    """One heap of one group. `group` None: not filled in.

    bought, bought_before: clients that bought within 12 months and within the 12 before; stayed: both; repeated: of
    `bought`, those on two days or more. revenue is of all lines, margin of `revenue_with_cost`. discount is of
    `list_price`, the price before it, over lines whose discount is known; undiscounted: clients with such lines that
    were given none, of `told` clients.
    """

    group: str | None
    heap: int
    clients: int
    bought: int
    bought_before: int
    stayed: int
    repeated: int
    revenue: float
    revenue_with_cost: float
    margin: float
    list_price: float
    discount: float
    told: int
    undiscounted: int


@dataclass(frozen=True)
class Newcomers:
    """Of a group: clients whose first purchase was long enough ago, and those of them with a second one in time."""

    group: str | None
    first: int
    second: int


def strengths(
    base: Base, *, cut: Cut, column: str = "", as_of: date, client_ids: ClientIds = None
) -> tuple[str, list[Tally]]:
    """('margin' or 'revenue', the heaps of every group). `column`: the word of the card, for Cut.CLIENT.

    Raises UserError where the snapshot has no such word.
    """
    with base.states(client_ids, dates=[as_of]) as seen:
        measure = seen.measure()
        if cut is Cut.CLIENT:
            seen.engine.materialize("parts", _card_parts(seen, column, as_of))
        else:
            seen.engine.materialize("parts", _line_parts(cut, as_of))
        seen.engine.materialize("kept_groups", KEPT_GROUPS_SQL)
        rows = seen.rows(_tallies_sql(), step="strengths")
    return measure, [Tally(**row) for row in rows]


def newcomers(
    base: Base, *, column: str, as_of: date, client_ids: ClientIds = None, days: int = SECOND_DAYS
) -> list[Newcomers]:
    """First purchases of the two years that ended `days` ago, and how many were followed by another within `days`."""
    with base.states(client_ids, dates=[as_of]) as seen:
        first, last = day_sql(add_months(as_of, -24)), f"({day_sql(as_of)} - {int(days)})"
        sql = f"""
            with new as (
              select client_id, {_text(seen.column(column))} as part, first_purchase_on from seen_snapshots
              where first_purchase_on > {first} - {int(days)} and first_purchase_on <= {last}
            ), seconds as (
              select new.client_id, min(sold_on) as second_on from new
              join seen_sales on seen_sales.client_id = new.client_id and sold_on > first_purchase_on
                and sold_on <= first_purchase_on + {int(days)} and revenue > 0
              group by 1
            )
            select part as "group", count(*) as first, count(second_on) as second
            from new left join seconds on seconds.client_id = new.client_id group by 1 order by 1 nulls last
        """
        return [Newcomers(**row) for row in seen.rows(sql, step="second purchases")]


def clients_of_part(
    base: Base, *, cut: Cut, part: str | None, as_of: date, client_ids: ClientIds = None, limit: int = 1000
) -> list[int]:
    """Who bought in a group of goods or a channel within 12 months, who paid most for it first."""
    with base.states(client_ids, dates=[as_of]) as seen:
        seen.engine.materialize("parts", _line_parts(cut, as_of))
        name = "null" if part is None else text_sql(part)
        sql = f"""
            select client_id from parts where bought and part is not distinct from {name}
            order by revenue desc, client_id limit {int(limit)}
        """
        return [row["client_id"] for row in seen.rows(sql, step="clients of a part")]


def groups_of(tallies: Sequence[Tally]) -> dict[str | None, list[Tally]]:
    """The heaps by group."""
    found: dict[str | None, list[Tally]] = {}
    for one in tallies:
        found.setdefault(one.group, []).append(one)
    return found


def _text(column: str) -> str:
    """The value of a card's word as a name; an empty one is not filled in."""
    return f"nullif(trim(cast({column} as varchar)), '')"


def heap_sql(column: str = "client_id") -> str:
    """The heap of a client: his number stirred, so that an order of numbers makes no pattern of heaps."""
    return f"cast(({column} * 40503) % 65521 % {BUCKETS} as integer)"


def _card_parts(seen: Seen, column: str, as_of: date) -> str:
    """One row a client: his year by the metrics of the snapshot, so that every list behind a figure counts the same."""
    return f"""
        with prices as (
          select client_id, sum(revenue + discount) as list_price, sum(discount) as discount from seen_sales
          where discount is not null and sold_on > {day_sql(add_months(as_of, -12))} and sold_on <= {day_sql(as_of)}
          group by 1
        )
        select {_text(seen.column(column))} as part, states.client_id,
          coalesce(orders_12m, 0) > 0 as bought, coalesce(orders_prev_12m, 0) > 0 as bought_before,
          coalesce(orders_12m, 0) > 0 and purchase_days_12m >= 2 as repeated,
          revenue_12m as revenue, revenue_with_cost_12m as revenue_with_cost, margin_12m as margin,
          prices.list_price, prices.discount
        from seen_snapshots as states left join prices on prices.client_id = states.client_id
    """


def _line_parts(cut: Cut, as_of: date) -> str:
    """One row a client and group: he bought there when what he paid for its lines, returns taken off, is above zero."""
    now, before = day_sql(add_months(as_of, -12)), day_sql(add_months(as_of, -24))
    part, joined = ("channel", "") if cut is Cut.CHANNEL else ("product_group", _NAMED)
    return f"""
        with lines as (
          select client_id, {_text(part)} as part, sold_on, sold_on > {now} as is_now, revenue, discount,
            case when cost is not null then revenue end as revenue_with_cost, revenue - cost as margin
          from seen_sales{joined} where sold_on > {before} and sold_on <= {day_sql(as_of)}
        )
        select part, client_id, coalesce(sum(revenue) filter (where is_now), 0) > 0 as bought,
          coalesce(sum(revenue) filter (where not is_now), 0) > 0 as bought_before,
          bought and min(sold_on) filter (where is_now and revenue > 0)
            < max(sold_on) filter (where is_now and revenue > 0) as repeated,
          sum(revenue) filter (where is_now) as revenue,
          sum(revenue_with_cost) filter (where is_now) as revenue_with_cost,
          sum(margin) filter (where is_now) as margin,
          sum(revenue + discount) filter (where is_now and discount is not null) as list_price,
          sum(discount) filter (where is_now and discount is not null) as discount
        from lines group by 1, 2
    """


_NAMED = f" left join {NAMED_PRODUCTS_SQL} as named using (source, product)"


KEPT_GROUPS_SQL = f"""
select part from (
  select part, sum(revenue) as revenue, count(*) as clients from parts where part is not null group by 1
) order by coalesce(revenue, 0) desc, clients desc, part limit {MOST_GROUPS}
"""
"""The largest groups by revenue, then by clients; those not filled in have a line whatever their size."""


def _tallies_sql() -> str:
    money = ("revenue", "revenue_with_cost", "margin", "list_price", "discount")
    sums = ", ".join(f"sum({name}) as {name}" for name in money)
    totals = ", ".join(f"cast(coalesce(sum({name}), 0) as double) as {name}" for name in money)
    return f"""
        with placed as (
          select case when parts.part is null or kept_groups.part is not null then parts.part else '{REST}' end as part,
            parts.* exclude (part)
          from parts left join kept_groups on kept_groups.part = parts.part
        ), clients as (
          select part, client_id, bool_or(bought) as bought, bool_or(bought_before) as bought_before,
            bool_or(repeated) as repeated, {sums}
          from placed group by 1, 2
        )
        select part as "group", {heap_sql()} as heap, count(*) as clients, count(*) filter (where bought) as bought,
          count(*) filter (where bought_before) as bought_before,
          count(*) filter (where bought and bought_before) as stayed, count(*) filter (where repeated) as repeated,
          {totals},
          count(*) filter (where bought and list_price > 0) as told,
          count(*) filter (where bought and list_price > 0 and discount = 0) as undiscounted
        from clients group by 1, 2 order by 1 nulls last, 2
    """
