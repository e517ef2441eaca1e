"""`schemes`: the rules that put clients into categories."""

from pathlib import Path
from typing import Annotated

import typer

from ..home import opened_home
from ..language import _, language
from ..printing import print_json, print_table, say


def register(app: typer.Typer) -> None:
    """Add the group `schemes`."""
    group = typer.Typer(help=_("The rules that put clients into categories."), no_args_is_help=True)
    group.command("list", help=_("List the schemes, their categories and rules."))(list_schemes)
    group.command("check", help=_("Check all definitions of the home and say where a fault is."))(check)
    group.command("try", help=_("Show who would move under a changed scheme; nothing is saved."))(try_file)
    app.add_typer(group, name="schemes")


def list_schemes(as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False) -> None:
    """Print every scheme with its categories in order."""
    home = opened_home()
    from ..definitions import home_definitions, scheme_cards  # noqa: PLC0415 -- needs an open home

    cards = scheme_cards(home_definitions(home))
    if as_json:
        print_json(cards)
        return
    for card in cards:
        say(f"{card['scheme']} — {card['title'][language()]} ({card['mode']})")
        print_table(
            [_("Category"), _("Title"), _("When")],
            [(c["code"], c["title"][language()], c["when"]) for c in card["categories"]],
        )
        say()


def check(as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False) -> None:
    """Load metrics, schemes and norms; a fault is told with file and line, exit code 2."""
    home = opened_home()
    from ..definitions import home_definitions  # noqa: PLC0415 -- needs an open home

    definitions = home_definitions(home)
    found = {
        "schemes": len(definitions.schemes.schemes),
        "metrics": len(definitions.catalogue.metrics),
        "hash": definitions.hash,
    }
    if as_json:
        print_json(found)
    else:
        say(_("Definitions are in order: %(schemes)s schemes, %(metrics)s metrics.") % found)


def try_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=_("YAML of the changed scheme"))],
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Print how many clients would move where, and what margin moves with them."""
    home = opened_home()
    from ..definitions import preview_of  # noqa: PLC0415 -- needs an open home

    preview = preview_of(home, text=file.read_text(encoding="utf-8"), file=file.name)
    if as_json:
        print_json(preview)
        return
    print_table(
        [_("Now"), _("Would be"), _("Clients"), _("Margin, 12 months")],
        [(move["from"], move["to"], move["clients"], move["margin"]) for move in preview["moves"]],
        right=(2, 3),
    )
