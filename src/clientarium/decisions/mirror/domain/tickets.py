"""Tickets of the year, kept with the snapshot whose ledger they were read from."""

from clientarium.core.readings import Tickets, tickets_of
from clientarium.decisions.clients import state_as_of
from clientarium.decisions.contacts import ledger_base

from .keeping import content_keys, kept


def year_tickets() -> Tickets | None:
    """None before the first count."""
    as_of = state_as_of()
    if as_of is None:
        return None
    _measure, rows = kept(
        "tickets",
        as_of=as_of,
        key=content_keys().get(as_of, ""),
        row=Tickets,
        read=lambda: ("", [tickets_of(ledger_base(), as_of=as_of)]),
    )
    return rows[0]
