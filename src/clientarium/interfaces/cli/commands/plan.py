"""`plan`: the month of each seller, plan against fact, and where it ends."""

from datetime import datetime
from typing import Annotated

import typer

from ..home import opened_home
from ..language import _
from ..printing import note, print_json, print_table, say


def register(app: typer.Typer) -> None:
    """Add `plan`."""
    app.command(help=_("Show the month’s plan of each seller, the fact and where the month ends."))(plan)


def plan(
    month: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m"], help=_("Month, YYYY-MM; that of the working day by default"))
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Print the plan as the owner sees it; nothing is decided or kept."""
    opened_home()
    from ..plans import COLUMNS, heading, plan_document, plan_rows  # noqa: PLC0415 -- models need an open home

    found = plan_document(month.date() if month else None)
    if as_json:
        print_json(found)
        return
    for line in heading(found):
        say(line)
    print_table([_(name) for name in COLUMNS], plan_rows(found), right=tuple(range(1, len(COLUMNS))))
    if not found["sellers"]:
        note(_("There is nothing to plan by: count the base first (clientarium pulse)."))
