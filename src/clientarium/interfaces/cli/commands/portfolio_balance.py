"""`portfolios balance`: who should go to whom, with the solver's own words about it."""

from typing import Annotated, Any

import typer

from ..home import opened_home
from ..language import _
from ..printing import print_json, print_table, say


def add_balance(group: typer.Typer) -> None:
    """Add `balance` to the group `portfolios`."""
    group.command("balance", help=_("Propose who should hold whom; nothing is moved."))(balance)


def balance(
    ceiling: Annotated[
        int | None, typer.Option(min=0, help=_("Clients a seller may hold, in place of his own ceiling"))
    ] = None,
    hours: Annotated[bool, typer.Option("--hours", help=_("Count hours of work, too"))] = False,
    time_limit: Annotated[float, typer.Option(min=1, help=_("Seconds the solver may take"))] = 60.0,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Print the objective, the bound and each move; nothing is kept."""
    opened_home()
    from ..balancing import balance_document, heading  # noqa: PLC0415 -- models need an open home

    found = balance_document(ceiling=ceiling, counts_hours=hours, time_limit=time_limit)
    if as_json:
        print_json(found)
        return
    for line in heading(found):
        say(line)
    _show(found)


def _show(found: dict[str, Any]) -> None:
    sellers = [
        (one["seller"], one["before"], one["after"], one["ceiling"], round(one["margin_before"]),
         round(one["margin_after"]), round(one["place_worth"]))
        for one in found["sellers"]
    ]  # fmt: skip
    columns = [_("Seller"), _("Clients before"), _("after"), _("Ceiling"), _("Margin before"), _("after"),
               _("A place is worth")]  # fmt: skip
    print_table(columns, sellers, right=range(1, 7))
    moves = [
        (one["client"], one["name"], one["from"] or "—", one["to"] or "—", round(one["margin"]), round(one["gain"]),
         ", ".join(one["reasons"]))
        for one in found["moves"]
    ]  # fmt: skip
    columns = [_("Code"), _("Client"), _("From whom"), _("To whom"), _("Margin"), _("Gain"), _("Why")]
    print_table(columns, moves, right=(4, 5))
