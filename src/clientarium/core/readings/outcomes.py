"""Does the base grow stronger (1.1.12-1.1.15)? Sums of each snapshot by heaps of clients, to tell chance apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from clientarium.core.readings.base_makeup import HALF
from clientarium.core.readings.group_strengths import heap_sql
from clientarium.core.readings.seen_base import Base, ClientIds, Seen, day_sql

FORESEEN_DAYS = 90
"""A quarter: what the forecast of a snapshot speaks of, and what it is compared with when it has passed."""


@dataclass(frozen=True)
class OutcomeHeap:
    """One heap of one snapshot.

    money and squares: of clients whose 12 months brought more than nought; anchors: the part of money of the anchors;
    bought, bought_before, stayed, repeated, once: clients, as the snapshot's metrics count orders; regular: those of
    `bought` with a rhythm of their own; foreseen and foreseen_regular: revenue expected of the next 90 days;
    after_service: margin after service, of clients whose margin is known, and their minutes. None: the snapshot does
    not have it.
    """

    as_of: date
    heap: int
    clients: int
    money: float
    squares: float
    anchors: float | None
    bought: int
    bought_before: int
    stayed: int
    repeated: int
    regular: int | None
    foreseen: float | None
    foreseen_regular: float | None
    after_service: float | None
    minutes: float | None


@dataclass(frozen=True)
class Bearers:
    """The fewest clients that hold half of the money of 12 months on one date, of how many that bring any."""

    as_of: date
    clients: int
    payers: int


@dataclass(frozen=True)
class Foreseen:
    """What was expected of the 90 days after a snapshot and what they brought; `newcomers`: from those new since."""

    as_of: date
    expected: Decimal
    came: Decimal
    newcomers: Decimal


def outcome_heaps(
    base: Base, *, dates: Sequence[date], measure: str = "", client_ids: ClientIds = None
) -> tuple[str, list[OutcomeHeap], list[Bearers]]:
    """('margin' or 'revenue', heaps by date, bearers by date). The measure is one for all dates; '' asks the base."""
    with base.states(client_ids, dates=list(dates)) as seen:
        measure = measure or seen.measure()
        heaps = [OutcomeHeap(**row) for row in seen.rows(_heaps_sql(seen, measure), step="outcomes")]
        bearers = [Bearers(**row) for row in seen.rows(_bearers_sql(f"{measure}_12m"), step="bearers of half")]
    return measure, heaps, bearers


def foreseen(base: Base, *, dates: Sequence[date], as_of: date, client_ids: ClientIds = None) -> list[Foreseen]:
    """Of those `dates` whose 90 days ended by `as_of` and whose snapshot foretold: revenue expected and come."""
    told = [day for day in dates if day + timedelta(days=FORESEEN_DAYS) <= as_of]
    if not told:
        return []
    with base.states(client_ids, dates=sorted({*told, as_of})) as seen:
        if not seen.has_column("expected_revenue_90d"):
            return []
        days = ", ".join(f"({day_sql(day)})" for day in told)
        sql = f"""
            with dates(day) as (values {days}),
            expected as (
              select as_of, sum(expected_revenue_90d) as money from seen_snapshots group by 1
              having count(expected_revenue_90d) > 0
            ), firsts as (
              select client_id, min(sold_on) as first_on from seen_sales where revenue > 0 group by 1
            ), came as (
              select day, sum(revenue) filter (where first_on <= day) as known,
                sum(revenue) filter (where first_on is null or first_on > day) as fresh
              from seen_sales left join firsts using (client_id)
              join dates on sold_on > day and sold_on <= day + {FORESEEN_DAYS} group by 1
            )
            select expected.as_of, money as expected, coalesce(known, 0) as came, coalesce(fresh, 0) as newcomers
            from dates join expected on expected.as_of = dates.day left join came on came.day = dates.day
            order by 1
        """
        return [Foreseen(**row) for row in seen.rows(sql, step="foreseen and come")]


def _heaps_sql(seen: Seen, measure: str) -> str:
    money = f"cast(greatest(coalesce({measure}_12m, 0), 0) as double)"
    buys, bought_before = "coalesce(orders_12m, 0) > 0", "coalesce(orders_prev_12m, 0) > 0"
    rhythmic = "rhythm = 'regular'"
    return f"""
        select as_of, {heap_sql()} as heap, count(*) as clients,
          sum({money}) as money, sum({money} * {money}) as squares,
          {_if(seen, ("layer",), f"sum({money}) filter (where layer = 'anchor')", has="count(layer)")} as anchors,
          count(*) filter (where {buys}) as bought, count(*) filter (where {bought_before}) as bought_before,
          count(*) filter (where {buys} and {bought_before}) as stayed,
          count(*) filter (where {buys} and purchase_days_12m >= 2) as repeated,
          {_if(seen, ("rhythm",), f"count(*) filter (where {buys} and {rhythmic})", has="count(rhythm)")} as regular,
          {_foreseen(seen, "")} as foreseen, {_foreseen(seen, f" filter (where {rhythmic})")} as foreseen_regular,
          {_served(seen, "margin_after_service_12m")} as after_service, {_served(seen, "minutes_12m")} as minutes
        from seen_snapshots group by 1, 2 order by 1, 2
    """


def _if(seen: Seen, columns: Sequence[str], value: str, *, has: str) -> str:
    """`value`, 0 where nobody of a heap has it; null where the date has none at all."""
    if not all(seen.has_column(name) for name in columns):
        return "null"
    return f"case when sum({has}) over (partition by as_of) > 0 then coalesce({value}, 0) end"


def _foreseen(seen: Seen, only: str) -> str:
    value = f"sum(cast(expected_revenue_90d as double)){only}"
    return _if(seen, ("expected_revenue_90d", "rhythm"), value, has="count(expected_revenue_90d)")


def _served(seen: Seen, name: str) -> str:
    value = f"sum(cast({name} as double)) filter (where margin_12m is not null)"
    return _if(
        seen,
        ("margin_after_service_12m", "minutes_12m", "attention_12m_share"),
        value,
        has="count(attention_12m_share)",
    )


def _bearers_sql(money: str) -> str:
    """As `concentration` counts them, on every date at once."""
    return f"""
        with ranked as (
          select as_of, {money} as money, sum({money}) over (partition by as_of) as total,
            sum({money}) over (partition by as_of order by {money} desc, client_id
              rows between unbounded preceding and current row) - {money} as ahead
          from seen_snapshots where {money} > 0
        )
        select as_of, count(*) filter (where ahead < total * {HALF}) as clients, count(*) as payers
        from ranked group by 1 order by 1
    """
