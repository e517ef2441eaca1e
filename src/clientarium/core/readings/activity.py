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
    """The last `months` months counted back from `as_of`, oldest first; the last one is the metrics' window 1m."""
    with base.facts(client_ids, as_of=as_of) as seen:
        seen.engine.materialize("order_months", ORDER_MONTHS_SQL.format(as_of=day_sql(as_of), ago=_ago_sql(as_of)))
        sql = f"""
            with months as (select unnest(range({int(months)})) as ago),
            active as (select ago, count(*) as active from order_months group by 1),
            firsts as (select max(ago) as ago from order_months group by client_id),
            came as (select ago, count(*) as came from firsts group by 1)
            select months.ago, coalesce(max(active), 0) as active,
              cast(coalesce(sum(came) filter (where came.ago >= months.ago), 0) as bigint) as ever_bought
            from months left join active on active.ago = months.ago left join came on came.ago >= months.ago
            group by months.ago order by months.ago desc
        """
        rows = seen.rows(sql, step="active months")
    return [_month(add_months(as_of, -row["ago"]), row["active"], row["ever_bought"]) for row in rows]


def _month(until: date, active: int, ever_bought: int) -> ActiveMonth:
    return ActiveMonth(until, active, ever_bought, active / ever_bought if ever_bought else None)


def _ago_sql(as_of: date) -> str:
    """Whole months back from `as_of`, as the metrics count them: 0 for the month that ends on it."""
    return (
        f"({as_of.year} - year(sold_on)) * 12 + ({as_of.month} - month(sold_on))"
        f" - case when day(sold_on) > {as_of.day} then 1 else 0 end"
    )


ORDER_MONTHS_SQL = """
select distinct client_id, {ago} as ago from (
  select client_id, min(sold_on) as sold_on from seen_sales where sold_on <= {as_of}
  group by client_id, case when doc_id is null then '' else source end, doc_id,
    case when doc_id is null then sold_on end
  having sum(revenue) > 0
)
"""
"""An order is a document whose lines sum to revenue > 0; lines without one make an order per day (DOMAIN part C)."""
