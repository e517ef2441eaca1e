"""How many of the lost came back: on every silence of the past, and of those we work with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa

from clientarium.core.readings.seen_base import Base, ClientIds, day_sql

ATTEMPTS_SCHEMA = pa.schema([("key", pa.int64()), ("client_id", pa.int64()), ("since", pa.date32())])


@dataclass(frozen=True)
class ReturnCount:
    """Of `silent` silences that reached `from_days`: how many ended in a purchase within `months`, how many in two.

    Only silences whose `months` after that day lie before `as_of` are counted: the rest have not had their time yet.
    """

    from_days: int
    months: int
    silent: int
    returned: int
    repeated: int


def returns_after_silence(
    base: Base,
    *,
    as_of: date,
    from_days: Sequence[int],
    rhythm_factor: float,
    months: int = 12,
    client_ids: ClientIds = None,
) -> list[ReturnCount]:
    """A count for each of `from_days`, in their order.

    A silence begins on a purchase day (a day with a positive sum). It counts for `from_days` if it lasted that long,
    and if that is at least `rhythm_factor` typical gaps of the client: a quarterly buyer is not lost after half a year.
    """
    marks = ", ".join(f"({int(days)})" for days in from_days)
    with base.states(client_ids, dates=[as_of]) as seen:
        seen.engine.materialize("purchase_days_seen", _DAYS_SQL.format(as_of=day_sql(as_of)))
        sql = _COUNTS_SQL.format(as_of=day_sql(as_of), months=int(months), marks=marks, factor=float(rhythm_factor))
        found = {row["from_days"]: row for row in seen.rows(sql, step="returns after a silence")}
    return [
        ReturnCount(days, months, *(found.get(days, {}).get(name, 0) for name in ("silent", "returned", "repeated")))
        for days in from_days
    ]


@dataclass(frozen=True)
class Attempt:
    """Somebody is worked with from `since` on; `key` is the caller's own."""

    key: int
    client_id: int
    since: date


@dataclass(frozen=True)
class BoughtSince:
    """The first two purchase days from `since` on (days with a positive sum), and all that was bought up to a day.

    `margin` None where no cost is known.
    """

    first_on: date
    second_on: date | None
    revenue: Decimal
    margin: Decimal | None


def bought_since(base: Base, *, attempts: Sequence[Attempt], until: date) -> dict[int, BoughtSince]:
    """By the attempts' keys; those without a purchase are left out."""
    if not attempts:
        return {}
    with base.facts(sorted({one.client_id for one in attempts})) as seen:
        columns = {name: [getattr(one, name) for one in attempts] for name in ("key", "client_id", "since")}
        seen.engine.register("attempts", pa.table(columns, schema=ATTEMPTS_SCHEMA))
        rows = seen.rows(_SINCE_SQL.format(until=day_sql(until)), step="purchases since")
    return {
        row["key"]: BoughtSince(row["first_on"], row["second_on"], row["revenue"], row["margin"])
        for row in rows
        if row["first_on"] is not None
    }


_DAYS_SQL = """
select client_id, sold_on,
  lead(sold_on) over (partition by client_id order by sold_on) as next_on,
  lead(sold_on, 2) over (partition by client_id order by sold_on) as second_on
from (
  select client_id, sold_on from seen_sales where sold_on <= {as_of} group by 1, 2 having sum(revenue) > 0
) as days
"""

_COUNTS_SQL = """
with marks as (select * from (values {marks}) as listed(from_days)),
gaps as (select client_id, coalesce(typical_gap_days, 0) as gap_days from seen_snapshots),
silences as (
  select marks.from_days, sold_on + marks.from_days as reached_on, next_on, second_on
  from purchase_days_seen join gaps on gaps.client_id = purchase_days_seen.client_id cross join marks
  where marks.from_days >= {factor} * gaps.gap_days
    and (next_on is null or next_on > sold_on + marks.from_days)
)
select from_days, cast(count(*) as integer) as silent,
  cast(count(case when next_on <= reached_on + interval {months} months then 1 end) as integer) as returned,
  cast(count(case when second_on <= reached_on + interval {months} months then 1 end) as integer) as repeated
from silences where reached_on + interval {months} months <= {as_of}
group by from_days order by from_days
"""

_SINCE_SQL = """
with days as (
  select key, sold_on, sum(revenue) as revenue, sum(revenue - cost) as margin
  from attempts join seen_sales on seen_sales.client_id = attempts.client_id
  where sold_on >= since and sold_on <= {until} group by 1, 2
),
placed as (
  select *, sum(case when revenue > 0 then 1 else 0 end) over (partition by key order by sold_on) as place from days
)
select key, min(case when revenue > 0 and place = 1 then sold_on end) as first_on,
  min(case when revenue > 0 and place = 2 then sold_on end) as second_on,
  sum(revenue) as revenue, sum(margin) as margin
from placed group by key order by key
"""
