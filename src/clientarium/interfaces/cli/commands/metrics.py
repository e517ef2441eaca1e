"""`metrics`: the catalogue of numbers."""

from typing import Annotated, Any

import typer

from clientarium.core.ground import N_, UserError
from clientarium.core.pipeline import load_definitions

from ..home import opened_home
from ..language import _, language
from ..printing import print_json, print_table, say


def register(app: typer.Typer) -> None:
    """Add the group `metrics`."""
    group = typer.Typer(help=_("The catalogue of metrics."), no_args_is_help=True)
    group.command("list", help=_("List all metrics with their units."))(list_metrics)
    group.command("show", help=_("Show the card of one metric."))(show_metric)
    app.add_typer(group, name="metrics")


def list_metrics(as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False) -> None:
    """Print the catalogue."""
    cards = _cards()
    if as_json:
        print_json(list(cards.values()))
    else:
        print_table(
            [_("Metric"), _("Title"), _("Unit")],
            [(card["name"], card["title"][language()], card["unit"]) for card in cards.values()],
        )


def show_metric(
    name: Annotated[str, typer.Argument(help=_("Name of the metric"))],
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Print one card; an unknown name gets the nearest ones."""
    cards = _cards()
    if name not in cards:
        raise UserError(N_("There is no metric “%(name)s”."), cure=N_("See “clientarium metrics list”."), name=name)
    card = cards[name]
    if as_json:
        print_json(card)
        return
    say(f"{card['name']} — {card['title'][language()]} ({card['unit']})")
    say(card["formula"][language()])
    say(card["reason"])
    say(card["sql"])


def _cards() -> dict[str, dict[str, Any]]:
    from ..definitions import metric_cards  # noqa: PLC0415 -- needs an open home

    return metric_cards(load_definitions(opened_home() / "definitions", ()))
