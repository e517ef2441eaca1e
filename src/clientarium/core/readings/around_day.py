"""What clients brought in equal spans before and after a day: the plain fact of what came of a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pyarrow as pa

from clientarium.core.readings.seen_base import Base, day_sql

ASKED_SCHEMA = pa.schema([("key", pa.int64()), ("client_id", pa.int64()), ("day", pa.date32())])
LONGEST_DAYS = 183
"""Half a year on either side: from one review to the next."""


@dataclass(frozen=True)
class Asked:
    """Something decided on `day` about a client; `key` is the caller's own and may bind several clients."""

    key: int
    client_id: int
    day: date


@dataclass(frozen=True)
class Around:
    """The `days` before `day` and as many from it on. Money is margin, or revenue where no line's cost is known."""

    days: int
    measure: str
    before: Decimal
    after: Decimal

    @property
    def change(self) -> Decimal:
        return self.after - self.before


def money_around(base: Base, *, asked: Sequence[Asked], until: date) -> dict[int, Around]:
    """By key; what was decided on the last day of the facts or later has no days yet and is left out."""
    known = [one for one in asked if one.day <= until]
    if not known or base.ledger.version() < 0:
        return {}
    columns = {name: [getattr(one, name) for one in known] for name in ASKED_SCHEMA.names}
    with base.facts(sorted({one.client_id for one in known})) as seen:
        seen.engine.register("asked_around", pa.table(columns, schema=ASKED_SCHEMA))
        rows = seen.rows(_SQL.format(until=day_sql(until), longest=LONGEST_DAYS), step="money around a day")
    return {row["key"]: _around(row) for row in rows}


def _around(row: dict[str, object]) -> Around:
    measure = "margin" if row["has_cost"] or not row["has_sales"] else "revenue"
    before, after = (Decimal(str(row[f"{measure}_{side}"] or 0)) for side in ("before", "after"))
    return Around(days=int(str(row["days"])), measure=measure, before=before, after=after)


_SQL = """
with spans as (
  select key, client_id, day, least(date_diff('day', day, {until}) + 1, {longest}) as days from asked_around
),
lines as (
  select spans.key, sold_on < day as is_before, revenue, revenue - cost as margin
  from spans join seen_sales on seen_sales.client_id = spans.client_id
    and sold_on >= day - cast(days as integer) and sold_on < day + cast(days as integer) and sold_on <= {until}
),
sums as (
  select key, bool_or(margin is not null) as has_cost, count(*) > 0 as has_sales,
    sum(revenue) filter (where is_before) as revenue_before, sum(revenue) filter (where not is_before) as revenue_after,
    sum(margin) filter (where is_before) as margin_before, sum(margin) filter (where not is_before) as margin_after
  from lines group by 1
),
days as (select key, min(days) as days from spans group by 1)
select days.key, days.days, coalesce(has_cost, false) as has_cost, coalesce(has_sales, false) as has_sales,
  revenue_before, revenue_after, margin_before, margin_after
from days left join sums on sums.key = days.key
"""
