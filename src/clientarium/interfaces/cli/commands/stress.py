"""`stress`: what is missing without some clients, who could take their place, is the base a lottery."""

from typing import Annotated

import typer

from ..home import opened_home
from ..language import _
from ..printing import note, print_json, print_table, say


def register(app: typer.Typer) -> None:
    """Add `stress`."""
    app.command(help=_("Show what is missing if the largest clients leave, and who could fill the hole."))(stress)


def stress(
    remove_top: Annotated[int | None, typer.Option(help=_("So many of the largest; 3 by default"))] = None,
    remove_where: Annotated[str, typer.Option(help=_("Everybody for whom the condition holds"))] = "",
    remove_client: Annotated[
        list[str] | None, typer.Option(help=_("A client by code or name; may be repeated"))
    ] = None,
    peers: Annotated[bool, typer.Option("--peers", help=_("Count what similar clients take, too: slower"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Print the test as the owner sees it; nothing is kept."""
    opened_home()
    from ..stressing import (  # noqa: PLC0415 -- models need an open home
        MONTH_COLUMNS,
        SUCCESSOR_COLUMNS,
        heading,
        month_rows,
        stress_document,
        successor_rows,
    )

    found = stress_document(
        remove_top=remove_top, remove_where=remove_where, remove_clients=remove_client or [], with_peers=peers
    )
    if as_json:
        print_json(found)
        return
    for line in heading(found):
        say(line)
    if found["hole"] is None or not found["hole"]["clients"]:
        note(_("There is nothing to count: nobody fits, or there is no forecast (clientarium pulse)."))
        return
    print_table([_(name) for name in MONTH_COLUMNS], month_rows(found), right=(1, 2, 3, 4))
    print_table([_(name) for name in SUCCESSOR_COLUMNS], successor_rows(found), right=(3, 4, 6, 9))
