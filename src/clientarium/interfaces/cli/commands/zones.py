"""`zones`: groups of clients that stand out from the rest further than chance explains."""

from typing import Annotated

import typer

from ..home import opened_home
from ..language import _
from ..printing import note, print_json, print_table, say
from ..progress import shown_progress


def register(app: typer.Typer) -> None:
    """Add `zones`."""
    app.command(help=_("Look for growth zones: groups of clients far above or below the rest."))(zones)


def zones(
    target: Annotated[
        str, typer.Option(help=_("What they stand out in: margin_per_hour, growth, retention or price"))
    ] = "margin_per_hour",
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Search by the published figures; what is found is kept and shown on the page, too."""
    opened_home()
    from ..zone_report import COLUMNS, heading, zone_table, zones_document  # noqa: PLC0415 -- models need an open home

    with shown_progress() as listener:
        found = zones_document(target, listener=listener)
    if as_json:
        print_json(found)
        return
    for line in heading(found):
        say(line)
    print_table([_(name) for name in COLUMNS], zone_table(found), right=tuple(range(1, len(COLUMNS))))
    if not found["zones"]:
        note(_("No group stands out further than chance explains."))
