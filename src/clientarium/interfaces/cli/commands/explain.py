"""`explain`: why a client stands where he stands."""

from typing import Annotated

import typer

from ..home import opened_home
from ..language import _
from ..printing import print_json, say


def register(app: typer.Typer) -> None:
    """Add `explain`."""
    app.command(help=_("Say which rule put a client into a category, with the numbers it looked at."))(explain)


def explain(
    client: Annotated[str, typer.Argument(help=_("Code or name of the client"))],
    scheme: Annotated[str, typer.Option(help=_("Scheme of categories"))] = "grade",
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Print the explanation."""
    home = opened_home()
    from ..explaining import explained, explanation_lines  # noqa: PLC0415 -- models need an open home

    explanation = explained(home, client=client, scheme=scheme)
    if as_json:
        print_json(explanation)
        return
    for line in explanation_lines(explanation):
        say(line)
