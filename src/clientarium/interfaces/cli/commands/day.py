"""`day`: whom a seller calls, and why."""

from datetime import datetime
from typing import Annotated

import typer

from ..home import opened_home
from ..language import _
from ..printing import note, print_json, print_table, say


def register(app: typer.Typer) -> None:
    """Add `day`."""
    app.command(help=_("Show a seller’s day: whom to call, why, and what came of it."))(day)


def day(
    seller: Annotated[str, typer.Option(help=_("Name of the seller, or the login of his user"))],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d", "%d.%m.%Y"], help=_("Day; the working day by default"))
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Print the day; it is planned now if nobody has yet."""
    opened_home()
    from clientarium.decisions.contacts import day_of  # noqa: PLC0415 -- models need an open home

    from ..days import COLUMNS, day_document, day_rows, heading, seller_called  # noqa: PLC0415 -- models need a home

    found = day_of(seller_called(seller), on.date() if on else None, by=None)
    if as_json:
        print_json(day_document(found))
        return
    for line in heading(found):
        say(line)
    print_table([_(name) for name in COLUMNS], day_rows(found), right=(0, 2))
    if not found.lines:
        note(_("Nobody has to be called: no agreed dates, and no order is due."))
