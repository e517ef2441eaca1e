"""Who moved between two dates: flows between categories, and who grew, weakened or left."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from clientarium.core.readings.seen_base import Base, ClientIds, Seen, text_sql

COLD_STATES = ("cold", "lost")
"""The life-cycle categories of those who stopped being clients; who is on the stop list was let go on purpose."""


@dataclass(frozen=True)
class Flow:
    """Clients that went from one category to another; None is outside the scheme (or not in the base yet)."""

    before: str | None
    after: str | None
    clients: int
    money_before: Decimal
    money_after: Decimal


@dataclass(frozen=True)
class Flows:
    """`measure` is what the money is: margin or revenue over 12 months."""

    scheme: str
    before: date
    after: date
    measure: str
    flows: tuple[Flow, ...]


@dataclass(frozen=True)
class Change:
    client_id: int
    money_before: Decimal
    money_after: Decimal
    change: Decimal
    last_purchase_on: date | None


@dataclass(frozen=True)
class GainsAndLosses:
    """Each list from the largest change down; of `left`, `money_before` is what a year with him brought."""

    before: date
    after: date
    measure: str
    grown: tuple[Change, ...]
    weakened: tuple[Change, ...]
    left: tuple[Change, ...]
    grown_count: int
    weakened_count: int
    left_count: int


def flows(base: Base, *, scheme: str, before: date, after: date, client_ids: ClientIds = None) -> Flows:
    """Every pair of categories of `scheme` on two snapshot dates, those who stayed included."""
    with base.states(client_ids, dates=[before, after]) as seen:
        measure = seen.measure()
        sql = f"""
            select before, after, count(*) as clients,
              sum(money_before) as money_before, sum(money_after) as money_after
            from ({_pairs_sql(seen, scheme, before, after, measure)})
            group by before, after order by before nulls last, after nulls last
        """
        rows = seen.rows(sql, step="flows")
    return Flows(scheme, before, after, measure, tuple(Flow(**row) for row in rows))


def flow_clients(
    base: Base,
    *,
    scheme: str,
    before: date,
    after: date,
    from_category: str | None,
    to_category: str | None,
    client_ids: ClientIds = None,
    limit: int = 1000,
) -> list[int]:
    """The clients behind one flow, the dearest first."""
    with base.states(client_ids, dates=[before, after]) as seen:
        sql = f"""
            select client_id from ({_pairs_sql(seen, scheme, before, after, seen.measure())})
            where before is not distinct from {_category_sql(from_category)}
              and after is not distinct from {_category_sql(to_category)}
            order by greatest(money_before, money_after) desc, client_id limit {int(limit)}
        """
        return [row["client_id"] for row in seen.rows(sql, step="flow clients")]


def gains_and_losses(
    base: Base, *, before: date, after: date, client_ids: ClientIds = None, limit: int = 5
) -> GainsAndLosses:
    """Who grew, who weakened but still buys, and who stopped buying and could return."""
    with base.states(client_ids, dates=[before, after]) as seen:
        measure = seen.measure()
        seen.engine.materialize("changes", _changes_sql(seen, before, after, measure))
        grown = "not is_gone and change > 0"
        weakened = "not is_gone and change < 0"
        left = "is_gone and not was_gone and not is_stopped and money_before > 0"
        counts = seen.rows(
            f"select count(*) filter (where {grown}) as grown, count(*) filter (where {weakened}) as weakened,"
            f" count(*) filter (where {left}) as left_count from changes",
            step="changes counted",
        )[0]
        return GainsAndLosses(
            before=before,
            after=after,
            measure=measure,
            grown=_top(seen, grown, "change desc", limit),
            weakened=_top(seen, weakened, "change", limit),
            left=_top(seen, left, "money_before desc", limit),
            grown_count=counts["grown"],
            weakened_count=counts["weakened"],
            left_count=counts["left_count"],
        )


def _pairs_sql(seen: Seen, scheme: str, before: date, after: date, measure: str) -> str:
    """One row per client of either date: his categories and money on both."""
    category = seen.column(scheme)
    columns = f"{category} as category, coalesce({measure}_12m, 0) as money"
    return f"""
        select coalesce(a.client_id, b.client_id) as client_id, b.category as before, a.category as after,
          coalesce(b.money, 0) as money_before, coalesce(a.money, 0) as money_after
        from ({seen.side_sql(columns, before)}) b
        full join ({seen.side_sql(columns, after)}) a on a.client_id = b.client_id
    """


def _changes_sql(seen: Seen, before: date, after: date, measure: str) -> str:
    states = ", ".join(text_sql(state) for state in COLD_STATES)
    gone = f"coalesce(lifecycle in ({states}), false)" if seen.has_column("lifecycle") else "orders_12m = 0"
    columns = f"""
        last_purchase_on, {gone} as is_gone, coalesce(is_stopped, false) as is_stopped,
        coalesce({measure}_12m, 0) as money
    """
    return f"""
        select a.client_id, coalesce(b.money, 0) as money_before, a.money as money_after,
          a.money - coalesce(b.money, 0) as change, a.last_purchase_on, a.is_gone, a.is_stopped,
          coalesce(b.is_gone, true) as was_gone
        from ({seen.side_sql(columns, after)}) a
        left join ({seen.side_sql(columns, before)}) b on b.client_id = a.client_id
    """


def _top(seen: Seen, condition: str, order: str, limit: int) -> tuple[Change, ...]:
    sql = f"""
        select client_id, money_before, money_after, change, last_purchase_on from changes
        where {condition} order by {order}, client_id limit {int(limit)}
    """
    rows: list[dict[str, Any]] = seen.rows(sql, step="changes")
    return tuple(Change(**row) for row in rows)


def _category_sql(category: str | None) -> str:
    return "null" if category is None else text_sql(category)
