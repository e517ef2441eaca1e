"""What clients of a condition are like beside the others who buy: size, place, goods, channel. For attracting more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from clientarium.core.ground import add_months
from clientarium.core.ground.expressions import Condition, to_sql
from clientarium.core.readings.product_names import NAMED_PRODUCTS_SQL
from clientarium.core.readings.seen_base import Base, ClientIds, Seen, day_sql

TRAITS = ("segment", "city")
SIZES = ("revenue_12m", "average_order_12m", "orders_12m", "typical_gap_days", "product_groups_12m", "tenure_days")
MOST_OF_EACH = 3
CHOSEN, YEAR = "portrait_clients", 12


@dataclass(frozen=True)
class Trait:
    """A value and how often it is met among the clients and among the others, as shares."""

    value: str
    share: float
    others: float


@dataclass(frozen=True)
class Size:
    """A metric's median among the clients and among the others; the middle half of the clients lies in low…high."""

    name: str
    median: float
    low: float
    high: float
    others: float | None


@dataclass(frozen=True)
class Portrait:
    """`words`: column → its commonest values; goods and channels by share of the year's revenue."""

    clients: int
    sizes: tuple[Size, ...]
    words: dict[str, tuple[Trait, ...]]
    groups: tuple[Trait, ...]
    channels: tuple[Trait, ...]


def portraits(
    base: Base,
    conditions: Sequence[Condition],
    *,
    as_of: date,
    traits: Sequence[str] = TRAITS,
    client_ids: ClientIds = None,
) -> list[Portrait]:
    """One of each condition, against everybody else who bought within 12 months."""
    if not conditions:
        return []
    with base.states(client_ids, dates=[as_of]) as seen:
        return [_portrait(seen, condition, as_of=as_of, traits=traits) for condition in conditions]


def _portrait(seen: Seen, condition: Condition, *, as_of: date, traits: Sequence[str]) -> Portrait:
    sql = f"""
        select *, coalesce({to_sql(condition)}, false) as is_his from seen_snapshots
        where coalesce(orders_12m, 0) > 0 or coalesce({to_sql(condition)}, false)
    """
    seen.engine.materialize(CHOSEN, sql)
    found = seen.rows(f"select count(*) as clients from {CHOSEN} where is_his", step="portrait")[0]
    return Portrait(
        clients=found["clients"],
        sizes=_sizes(seen),
        words={word: _traits(seen, f"select {seen.column(word)} as value, is_his, 1 as weight from {CHOSEN}")
               for word in traits if seen.has_column(word)},
        groups=_traits(seen, _sold_sql("named.product_group", as_of=as_of, joins=True)),
        channels=_traits(seen, _sold_sql("sale.channel", as_of=as_of, joins=False)),
    )  # fmt: skip


def _sizes(seen: Seen) -> tuple[Size, ...]:
    found = []
    for name in (name for name in SIZES if seen.has_column(name)):
        column = f'cast("{name}" as double)'
        sql = f"""
            select median({column}) filter (where is_his) as median,
              median({column}) filter (where not is_his) as others,
              quantile_cont({column}, 0.25) filter (where is_his) as low,
              quantile_cont({column}, 0.75) filter (where is_his) as high
            from {CHOSEN}
        """
        row: dict[str, Any] = seen.rows(sql, step="portrait sizes")[0]
        if row["median"] is not None:
            found.append(Size(name, row["median"], row["low"], row["high"], row["others"]))
    return tuple(found)


def _sold_sql(value: str, *, as_of: date, joins: bool) -> str:
    named = f"join {NAMED_PRODUCTS_SQL} as named on named.source = sale.source and named.product = sale.product"
    return f"""
        select {value} as value, chosen.is_his, cast(sale.revenue as double) as weight
        from seen_sales as sale join {CHOSEN} as chosen on chosen.client_id = sale.client_id {named if joins else ""}
        where sale.sold_on > {day_sql(add_months(as_of, -YEAR))} and sale.sold_on <= {day_sql(as_of)}
    """


def _traits(seen: Seen, rows_sql: str) -> tuple[Trait, ...]:
    sql = f"""
        with weighed as (
          select cast(value as varchar) as value, coalesce(sum(weight) filter (where is_his), 0) as his,
            coalesce(sum(weight) filter (where not is_his), 0) as theirs
          from ({rows_sql}) as rows where value is not null group by 1
        )
        select value, his / nullif(sum(his) over (), 0) as share, theirs / nullif(sum(theirs) over (), 0) as others
        from weighed qualify his > 0 order by his desc, value limit {MOST_OF_EACH}
    """
    found = seen.rows(sql, step="portrait traits")
    return tuple(Trait(row["value"], float(row["share"] or 0), float(row["others"] or 0)) for row in found)
