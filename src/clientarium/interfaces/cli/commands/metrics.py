"""`metrics`: the catalogue of numbers."""

from typing import Annotated

import typer

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
    home = opened_home()
    from ..definitions import home_definitions, metric_cards  # noqa: PLC0415 -- needs an open home

    cards = metric_cards(home_definitions(home))
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
    home = opened_home()
    from ..definitions import home_definitions, metric_card  # noqa: PLC0415 -- needs an open home

    card = metric_card(home_definitions(home), name=name)
    if as_json:
        print_json(card)
        return
    say(f"{card['name']} — {card['title'][language()]} ({card['unit']})")
    say(card["formula"][language()])
    say(card["reason"][language()])
    say(card["sql"])
