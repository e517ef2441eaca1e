"""Who comes back with questions: tickets of a year and of the year before, by client."""

from dataclasses import dataclass
from datetime import date

from clientarium.core.ground import add_months
from clientarium.core.readings.seen_base import Base, ClientIds, day_sql

TICKET = "ticket"
"""The kind of touch that a client begins because something is wrong or unclear."""


@dataclass(frozen=True)
class Tickets:
    """Clients with a ticket within 12 months and how many tickets; the same of the 12 months before."""

    clients: int
    tickets: int
    clients_before: int
    tickets_before: int


def tickets_of(base: Base, *, as_of: date, client_ids: ClientIds = None) -> Tickets:
    """Nobody's are nought: whether tickets are loaded at all the counts of both years say together."""
    with base.facts(client_ids, as_of=as_of) as seen:
        now, before = day_sql(add_months(as_of, -12)), day_sql(add_months(as_of, -24))
        sql = f"""
            select count(distinct client_id) filter (where touched_on > {now}) as clients,
              count(*) filter (where touched_on > {now}) as tickets,
              count(distinct client_id) filter (where touched_on <= {now}) as clients_before,
              count(*) filter (where touched_on <= {now}) as tickets_before
            from seen_touches
            where kind = '{TICKET}' and touched_on > {before} and touched_on <= {day_sql(as_of)}
        """
        return Tickets(**seen.rows(sql, step="tickets")[0])


def clients_with_tickets(base: Base, *, as_of: date, client_ids: ClientIds = None, limit: int = 1000) -> list[int]:
    """Those with a ticket within 12 months, who came most often first."""
    with base.facts(client_ids, as_of=as_of) as seen:
        year = f"touched_on > {day_sql(add_months(as_of, -12))} and touched_on <= {day_sql(as_of)}"
        sql = f"""
            select client_id from seen_touches where kind = '{TICKET}' and {year}
            group by 1 order by count(*) desc, client_id limit {int(limit)}
        """
        return [row["client_id"] for row in seen.rows(sql, step="clients with tickets")]
