"""How many of the base are worked with in a month (1.9.2)."""

from dataclasses import dataclass
from datetime import date

from clientarium.core.ground import add_months
from clientarium.core.readings.seen_base import Base, ClientIds, day_sql

MONTHS_SHOWN = 24


@dataclass(frozen=True)
class ActiveMonth:
    """The month that ends on `until`: clients with an order in it, and clients that had ever bought by its end."""

    until: date
    active: int
    ever_bought: int
    share: float | None


def active_months(
    base: Base, *, as_of: date, months: int = MONTHS_SHOWN, client_ids: ClientIds = None
) -> list[ActiveMonth]:
    """The last `months` months counted back from `as_of`, oldest first; the last one is the window 1m of the metrics."""
    ends = [add_months(as_of, -back) for back in range(months, -1, -1)]
    spans = " union all ".join(
        f"select {day_sql(after)} as after, {day_sql(until)} as until"
        for after, until in zip(ends, ends[1:], strict=False)
    )
    with base.facts(client_ids, as_of=as_of) as seen:
        seen.engine.materialize("order_days", ORDER_DAYS_SQL.format(as_of=day_sql(as_of)))
        sql = f"""
            with spans as ({spans}),
            firsts as (select client_id, min(sold_on) as first_on from order_days group by 1),
            active as (
              select until, count(distinct client_id) as active from spans
              join order_days on sold_on > after and sold_on <= until group by 1
            ),
            bought as (select until, count(*) as ever_bought from spans join firsts on first_on <= until group by 1)
            select spans.until, coalesce(active, 0) as active, coalesce(ever_bought, 0) as ever_bought,
              active / nullif(cast(ever_bought as double), 0) as share
            from spans left join active on active.until = spans.until left join bought on bought.until = spans.until
            order by spans.until
        """
        return [ActiveMonth(**row) for row in seen.rows(sql, step="active months")]


ORDER_DAYS_SQL = """
select distinct client_id, sold_on from (
  select client_id, min(sold_on) as sold_on from seen_sales where sold_on <= {as_of}
  group by client_id, case when doc_id is null then '' else source end, doc_id,
    case when doc_id is null then sold_on end
  having sum(revenue) > 0
)
"""
"""An order is a document whose lines sum to revenue > 0; lines without one make an order per day (DOMAIN part C)."""
