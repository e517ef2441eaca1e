"""`clients`: the list of clients as of the latest pulse, filtered, sorted, written in any format."""

from pathlib import Path
from typing import Annotated

import typer

from ..exports import Format, write_rows
from ..home import opened_home
from ..language import _, counted
from ..printing import note

SCREEN_ROWS = 50  # a terminal shows no more unless asked; files get everything


def register(app: typer.Typer) -> None:
    """Add `clients`."""
    app.command(help=_("List clients with their metrics and categories."))(clients)


def clients(
    where: Annotated[str, typer.Option(help=_("Condition, for example: margin_12m > 100000 and grade = 'A'"))] = "",
    columns: Annotated[
        str, typer.Option(help=_("Names separated by commas; “all” for every metric and category"))
    ] = "",
    sort: Annotated[str, typer.Option(help=_("Name to sort by; “-name” for the largest first"))] = "",
    limit: Annotated[int | None, typer.Option(min=1, help=_("No more than this many"))] = None,
    form: Annotated[Format, typer.Option("--format", help=_("table, csv, json, parquet or xlsx"))] = Format.TABLE,
    out: Annotated[Path | None, typer.Option(dir_okay=False, help=_("File to write to"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=_("The same as --format json"))] = False,
) -> None:
    """Print or write the list. A file or JSON holds every metric and category unless --columns names some."""
    opened_home()
    from ..listing import SCREEN_COLUMNS, listed_clients  # noqa: PLC0415 -- models need an open home

    form = Format.JSON if as_json else form
    wanted = [name.strip() for name in columns.split(",") if name.strip()]
    on_screen = form is Format.TABLE
    if on_screen and not wanted:
        wanted = list(SCREEN_COLUMNS)
    found = listed_clients(
        where=where,
        columns=[] if wanted == ["all"] else wanted,
        sort=sort,
        limit=limit or (SCREEN_ROWS if on_screen else None),
    )
    write_rows(found.columns, found.rows(), form=form, target=out, titles=found.titles, schema=found.schema)
    if on_screen and not limit and found.count > SCREEN_ROWS:
        note(
            _("The first %(shown)s of %(number)s; --limit or --format csv --out FILE gives more.")
            % {"shown": SCREEN_ROWS, "number": found.count}
        )
    if out:
        note(
            counted("%(number)s client written.", "%(number)s clients written.", min(found.count, limit or found.count))
        )
