"""`clock`: who turns cold and when, on any day."""

from datetime import date
from typing import Annotated, Any

import typer

from clientarium.core.ground import N_, UserError

from ..home import opened_home
from ..language import _
from ..printing import note, print_json, print_table, say

SHOWN = 50
TITLES = (_("Client"), _("Seller"), _("Last purchase"), _("Allowed"), _("Turns cold on"), _("Days left"))


def register(app: typer.Typer) -> None:
    """Add `clock`."""
    app.command(help=_("Clocks of the clients: how many days until each is cold."))(clock)


def clock(
    as_of: Annotated[
        str, typer.Option("--as-of", help=_("The day, today by default; a past day is computed again"))
    ] = "",
    seller: Annotated[str, typer.Option("--seller", help=_("Only clients of this seller, by name"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Print the clocks of the clients held, the nearest to cold first, by the rule and the holders of the day."""
    day = _day(as_of)
    opened_home()
    from ..clock import clock_document  # noqa: PLC0415 -- models need an open home

    found = clock_document(day, seller_name=seller)
    if as_json:
        print_json(found)
        return
    _show(found)


def _show(found: dict[str, Any]) -> None:
    told = {"day": found["as_of"], "days": found["rule"]["warn_days"][0]}
    told |= {name: found[name] for name in ("cold", "soon", "clients_counted")}
    say(_("On %(day)s: %(cold)s cold, %(soon)s turn cold within %(days)s days, of %(clients_counted)s clients.") % told)
    if not found["holders_known"]:
        note(_("Who held whom on that day is not known: these are all clients."))
    ahead = [one for one in found["clients"] if one["days_left"] > 0]
    rows = [
        (one["client"], one["seller"], one["last_purchase_on"], one["allowed_days"], one["cold_on"], one["days_left"])
        for one in ahead[:SHOWN]
    ]
    print_table(list(TITLES), rows, right=(3, 5))


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(N_("“%(word)s” is no day."), cure=N_("Write it like 2026-03-31."), word=text) from None
