"""In what year and month clients left (1.5.16), and what they brought in the year before they did."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clientarium.core.readings.seen_base import Base, ClientIds, Seen, day_sql


@dataclass(frozen=True)
class LostMonth:
    """Clients whose time ran out in a month; `money` is what they brought in the 12 months to their last purchase."""

    year: int
    month: int
    clients: int
    money: Decimal


@dataclass(frozen=True)
class LostClient:
    client_id: int
    last_purchase_on: date
    lost_on: date
    money: Decimal


def loss_calendar(
    base: Base, *, as_of: date, cold_days: float, rhythm_factor: float, client_ids: ClientIds = None
) -> list[LostMonth]:
    """Months with losses, oldest first.

    A client is lost on the day his order window ended, but not before `cold_days` of silence; where there is no window
    of his own, after max(cold days, factor × typical gap). A factor of 0 is the strict rule: cold days for everyone.
    """
    with base.states(client_ids, dates=[as_of]) as seen:
        _materialize_lost(seen, as_of, cold_days, rhythm_factor)
        sql = """
            select cast(year(lost_on) as integer) as year, cast(month(lost_on) as integer) as month,
              count(*) as clients, sum(money) as money
            from lost_clients group by 1, 2 order by 1, 2
        """
        return [LostMonth(**row) for row in seen.rows(sql, step="loss calendar")]


def lost_in_month(
    base: Base,
    *,
    year: int,
    month: int,
    as_of: date,
    cold_days: float,
    rhythm_factor: float,
    client_ids: ClientIds = None,
    limit: int = 1000,
) -> list[LostClient]:
    """The clients behind one month of the loss calendar, the dearest first."""
    with base.states(client_ids, dates=[as_of]) as seen:
        _materialize_lost(seen, as_of, cold_days, rhythm_factor)
        sql = f"""
            select client_id, last_purchase_on, lost_on, money from lost_clients
            where year(lost_on) = {int(year)} and month(lost_on) = {int(month)}
            order by money desc, client_id limit {int(limit)}
        """
        return [LostClient(**row) for row in seen.rows(sql, step="lost in a month")]


@dataclass(frozen=True)
class LostOnes:
    """`measure`: whether their money is margin, or revenue where no buyer's cost is known."""

    measure: str
    clients: list[LostClient]


def lost_ones(
    base: Base, *, as_of: date, cold_days: float, rhythm_factor: float, client_ids: ClientIds = None
) -> LostOnes:
    """All clients of `client_ids` whom the loss calendar counts up to `as_of`, in client order."""
    with base.states(client_ids, dates=[as_of]) as seen:
        _materialize_lost(seen, as_of, cold_days, rhythm_factor)
        sql = "select client_id, last_purchase_on, lost_on, money from lost_clients order by client_id"
        return LostOnes(seen.measure(), [LostClient(**row) for row in seen.rows(sql, step="lost clients")])


def _materialize_lost(seen: Seen, as_of: date, cold_days: float, rhythm_factor: float) -> None:
    money = "sales.revenue - sales.cost" if seen.measure() == "margin" else "sales.revenue"
    wait = f"cast(floor(greatest({float(cold_days)}, {_own_days(seen, rhythm_factor)})) as integer)"
    seen.engine.materialize(
        "silent_clients",
        f"""
        select client_id, last_purchase_on, last_purchase_on + {wait} as lost_on from seen_snapshots
        where last_purchase_on is not null and last_purchase_on + {wait} < {day_sql(as_of)}
        """,
    )
    seen.engine.materialize(
        "lost_clients",
        f"""
        select silent_clients.client_id, last_purchase_on, lost_on, coalesce(sum({money}), 0) as money
        from silent_clients left join seen_sales as sales on sales.client_id = silent_clients.client_id
          and sales.sold_on > last_purchase_on - interval 12 months and sales.sold_on <= {day_sql(as_of)}
        group by 1, 2, 3
        """,
    )


def _own_days(seen: Seen, rhythm_factor: float) -> str:
    """How long to wait by the client's own measure, SQL of days since his last purchase."""
    by_gap = f"{float(rhythm_factor)} * coalesce(typical_gap_days, 0)"
    has_windows = {"next_order_late", "forecast_basis"} <= seen.engine.columns("seen_snapshots").keys()
    if not rhythm_factor or not has_windows:
        return by_gap
    window = "case when forecast_basis = 'own' then date_diff('day', last_purchase_on, next_order_late) end"
    return f"coalesce({window}, {by_gap})"
