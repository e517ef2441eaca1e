"""`winback`: clients who stopped buying, what winning them back may bring, and how far it has come."""

from typing import Annotated

import typer

from ..home import opened_home
from ..language import _
from ..printing import note, print_json, print_table, say, shown

SHOWN = 20


def register(app: typer.Typer) -> None:
    """Add the group `winback`."""
    group = typer.Typer(help=_("Clients who stopped buying."), no_args_is_help=True)
    group.command("list", help=_("The lost by what winning them back may bring, and how far it has come."))(list_lost)
    app.add_typer(group, name="winback")


def list_lost(
    seller: Annotated[str, typer.Option(help=_("Name of the seller, or the login of his user"))] = "",
    limit: Annotated[int, typer.Option(min=1, help=_("No more than this many"))] = SHOWN,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Print the lost, the dearest first, and the results by seller."""
    opened_home()
    from ..winning_back import winback_document  # noqa: PLC0415 -- models need an open home

    found = winback_document(seller, limit=limit)
    if as_json:
        print_json(found)
        return
    if found["as_of"] is None:
        note(_("Nothing is counted yet: count the base first (clientarium pulse)."))
        return
    told = {
        "clients": found["clients"],
        "expected": shown(round(found["expected"])),
        "day": f"{found['as_of']:%d.%m.%Y}",
    }
    say(_("%(clients)s clients are lost as of %(day)s; winning them back may bring %(expected)s a year.") % told)
    rows = [
        (
            one["client"],
            one["seller"] or _("nobody"),
            f"{one['last_purchase_on']:%d.%m.%Y}",
            f"{one['lost_on']:%m.%Y}",
            round(one["past_year"]),
            f"{one['chance']:.1%}",
            round(one["expected"]),
            one["progress_title"],
        )
        for one in found["lost"]
    ]
    head = [_("Client"), _("Seller"), _("Last purchase"), _("Fell away"), _("Last year"), _("Chance"), _("Expected")]
    print_table([*head, _("Win-back")], rows, right=(4, 5, 6))
