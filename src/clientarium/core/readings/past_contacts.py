"""What the ledger knows about contacts with a few clients: for the day's list, and for what became of its calls."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clientarium.core.readings.seen_base import Base, day_sql, text_sql

CONTACT_KINDS = ("call", "letter", "meeting", "message", "visit")
"""Touches in which somebody turns to a person; documents and tickets are work, not contacts."""


@dataclass(frozen=True)
class LedgerTouch:
    """`direction` `in` or `out`, None where the source does not say."""

    client_id: int
    touched_on: date
    kind: str
    direction: str | None
    result: str | None


@dataclass(frozen=True)
class LastOrder:
    """All that was bought on the last day with a positive sum; `margin` None where no cost is known."""

    sold_on: date
    revenue: Decimal
    margin: Decimal | None


def contacts_of(
    base: Base, *, client_ids: Sequence[int], since: date, until: date, not_from: str = ""
) -> list[LedgerTouch]:
    """Contacts with these clients in since..until, oldest first; those of the source `not_from` are left out."""
    kinds = ", ".join(map(text_sql, CONTACT_KINDS))
    sql = f"""
        select client_id, touched_on, kind, direction, result from seen_touches
        where touched_on between {day_sql(since)} and {day_sql(until)} and kind in ({kinds})
          and source <> {text_sql(not_from)}
        order by client_id, touched_on, source, touch_id
    """
    with base.facts(list(client_ids)) as seen:
        return [LedgerTouch(**row) for row in seen.rows(sql, step="contacts of clients")]


def last_orders(base: Base, *, client_ids: Sequence[int], until: date) -> dict[int, LastOrder]:
    """The last order of each client up to `until`; those without one are left out."""
    sql = f"""
        with days as (
          select client_id, sold_on, sum(revenue) as revenue, sum(revenue - cost) as margin
          from seen_sales where sold_on <= {day_sql(until)} group by 1, 2 having sum(revenue) > 0
        )
        select client_id, sold_on, revenue, margin from days
        qualify row_number() over (partition by client_id order by sold_on desc) = 1
    """
    with base.facts(list(client_ids)) as seen:
        rows = seen.rows(sql, step="last orders")
    return {row["client_id"]: LastOrder(row["sold_on"], row["revenue"], row["margin"]) for row in rows}


def order_days(base: Base, *, client_ids: Sequence[int], after: date, until: date) -> dict[int, list[date]]:
    """Days in (after, until] on which each client bought for a positive sum, in order."""
    sql = f"""
        select client_id, sold_on from seen_sales
        where sold_on > {day_sql(after)} and sold_on <= {day_sql(until)}
        group by 1, 2 having sum(revenue) > 0 order by 1, 2
    """
    with base.facts(list(client_ids)) as seen:
        rows = seen.rows(sql, step="order days")
    found: dict[int, list[date]] = defaultdict(list)
    for row in rows:
        found[row["client_id"]].append(row["sold_on"])
    return dict(found)
