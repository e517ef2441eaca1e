"""The next year of each client, by a snapshot: one relation that the readings of the stress test ask."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from clientarium.core.ledger import ALIASES
from clientarium.core.readings.month_plan import Taken, clients_sql
from clientarium.core.readings.seen_base import Seen
from clientarium.core.strategy import MonthShare

YEAR = MonthShare(0.0, 0.0, 1.0)
LEFT_OUT = "clients_left_out"


@dataclass(frozen=True)
class AskedYear:
    """By which snapshot; `assumed_share`: margin in revenue where no cost is known."""

    as_of: date
    assumed_share: float

    @property
    def year(self) -> Taken:
        return Taken(self.as_of, YEAR, self.assumed_share)


def materialize_year(seen: Seen, asked: AskedYear, *, without: Collection[int] = ()) -> None:
    """Relation year_clients: client_id, orders, margin, variance, is_assumed, alive of the year, `money` of the last.

    Cards merged since are one client; those in `without` are left out.
    """
    where = ""
    if without:
        seen.engine.register(LEFT_OUT, pa.table({"client_id": pa.array(sorted(without), pa.int64())}))
        where = f" where client_id not in (select client_id from {LEFT_OUT})"
    money = seen.side_sql(f"{seen.measure()}_12m as money", asked.as_of)
    sql = f"""
        select year.*, money.money from ({clients_sql(seen, asked.year)}) as year
        left join ({money}) as money using (client_id){where}
    """
    seen.engine.materialize("year_clients", sql)


def family_of_card(seen: Seen) -> tuple[str, str]:
    """The client a row of `card` belongs to, and the join that tells."""
    if not seen.has_merges:
        return "card.client_id", ""
    return (
        "coalesce(aliased.client_id, card.client_id)",
        f" left join {ALIASES} as aliased on aliased.alias_id = card.client_id",
    )
