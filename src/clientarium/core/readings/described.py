"""Who bought for the first time after a day and fits a description: what came of a plan to attract such clients."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from clientarium.core.ground.expressions import Condition, names_in, to_sql
from clientarium.core.ledger import ALIASES
from clientarium.core.readings.seen_base import Base, ClientIds, Seen, day_sql

FIRST_BOUGHT, MONEY = "first_purchase_on", ("margin_12m", "revenue_12m")


@dataclass(frozen=True)
class Described:
    """Whom to look for since when; `key` is the caller's own."""

    key: int
    condition: Condition
    since: date


@dataclass(frozen=True)
class CameSince:
    """`money`: theirs of the last twelve months; margin, or revenue where no cost is known."""

    clients: int
    money: Decimal
    measure: str


def came_since(
    base: Base, described: Sequence[Described], *, as_of: date, client_ids: ClientIds = None
) -> dict[int, CameSince]:
    """By key, as of a day with a snapshot; nothing of a description with a word the snapshot does not have."""
    if not described or as_of not in base.snapshots.dates():
        return {}
    with base.states(client_ids, dates=[as_of]) as seen:
        if not all(map(seen.has_column, (FIRST_BOUGHT, *MONEY))):
            return {}
        measure = seen.measure()
        return {
            one.key: _came(seen, one, measure)
            for one in described
            if all(map(seen.has_column, names_in(one.condition)))
        }


def _came(seen: Seen, one: Described, measure: str) -> CameSince:
    # Two cards made one are no newcomer because the second of them is new.
    known = ""
    if seen.has_merges:
        known = f"""
            and client_id not in (select alias_id from {ALIASES})
            and client_id not in (
              select merge.client_id from {ALIASES} as merge
              join seen_snapshots as card on card.client_id = merge.alias_id
              where card.{FIRST_BOUGHT} <= {day_sql(one.since)}
            )
        """
    sql = f"""
        select count(*) as clients, sum({measure}_12m) as money from seen_snapshots
        where {FIRST_BOUGHT} > {day_sql(one.since)} and coalesce({to_sql(one.condition)}, false) {known}
    """
    row = seen.rows(sql, step="came since")[0]
    return CameSince(row["clients"], Decimal(str(row["money"] or 0)), measure)
