"""Clients who could bring more within a year: what is known of each by the snapshot and by his seller's word."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from clientarium.core.readings.seen_base import Base, Seen
from clientarium.core.readings.year_clients import AskedYear, family_of_card, materialize_year

SURELY_HERE = 0.5
"""Who is more likely gone than here fills nobody's place."""

GROWING_LAYER = "growth"
GROWING_GRADES = ("A", "B", "C")
"""A successor is of the growth layer, or of a grade that is worth the work: by its first letter, AA counts as A."""

DECLARED_VOLUMES = pa.schema([("client_id", pa.int64()), ("volume_month", pa.float64())])
"""The newest word of his seller: revenue a month."""

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True)
class RoomToGrow:
    """Margin a year: `expected` by the forecast; `before`, `trend`, `declared` what he could, None where it is unknown.

    `before`: the year before last. `trend`: the last year and as much more as he has grown in it.
    """

    client_id: int
    expected: float
    orders: float
    alive: float
    before: float | None
    trend: float | None
    declared: float | None
    revenue: float
    margin_share: float
    next_order_on: date | None
    grade: str | None
    layer: str | None
    segment: str | None


def clients_with_room(
    base: Base, asked: AskedYear, *, declared: pa.Table, without: Collection[int] = (), most: int
) -> list[RoomToGrow]:
    """The `most` clients with the largest room, alive and worth the work, those in `without` left out."""
    with base.states(None, dates=[asked.as_of]) as seen:
        materialize_year(seen, asked, without=without)
        seen.engine.register("declared_volumes", declared)
        card = seen.side_sql(_card_columns(seen), asked.as_of)
        family, joined = family_of_card(seen)
        share = repr(asked.assumed_share)
        sql = f"""
            with past as (
              select {family} as client_id, sum(coalesce(margin_12m, {share} * revenue_12m)) as now,
                sum(coalesce(margin_prev_12m, {share} * revenue_prev_12m)) as before, sum(revenue_12m) as revenue
              from seen_snapshots as card{joined} where revenue_12m > 0 or revenue_prev_12m > 0 group by 1
            ),
            known as (
              select year.client_id, year.margin as expected, year.orders, year.alive, volume_month,
                cast(revenue as double) as revenue, cast(now as double) as now, cast(before as double) as before,
                greatest(coalesce(cast(now as double) / nullif(cast(revenue as double), 0), {share}), 0)
                  as margin_share,
                next_order_on, grade, layer, segment
              from year_clients as year join past using (client_id) join ({card}) as card using (client_id)
              left join declared_volumes using (client_id)
              where year.orders > 0 and alive >= {SURELY_HERE} and ({_is_worth(seen)})
            ),
            could as (
              select client_id, expected, orders, alive, revenue, margin_share, next_order_on, grade, layer, segment,
                before, case when before > 0 and now > before then 2 * now - before end as trend,
                {MONTHS_OF_A_YEAR} * volume_month * margin_share as declared
              from known
            )
            select * from could
            order by (greatest(coalesce(before, 0), coalesce(trend, 0), coalesce(declared, 0)) - expected) * alive desc,
              client_id
            limit {int(most)}
        """
        return [RoomToGrow(**row) for row in seen.rows(sql, step="room to grow")]


def _card_columns(seen: Seen) -> str:
    names = {"next_order_on": "date", "grade": "varchar", "layer": "varchar", "segment": "varchar"}
    found = [name if seen.has_column(name) else f"cast(null as {kind}) as {name}" for name, kind in names.items()]
    return ", ".join([*found, "0 as money"])


def _is_worth(seen: Seen) -> str:
    """Everybody where the base knows neither layers nor grades."""
    known = []
    if seen.has_column("layer"):
        known.append(f"layer = '{GROWING_LAYER}'")
    if seen.has_column("grade"):
        letters = ", ".join(f"'{letter}'" for letter in GROWING_GRADES)
        known.append(f"substr(grade, 1, 1) in ({letters})")
    return " or ".join(known) or "true"
