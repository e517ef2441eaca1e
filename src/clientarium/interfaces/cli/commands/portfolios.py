"""`portfolios`: who serves whom, and who should."""

from typing import Annotated, Any

import typer

from ..home import opened_home
from ..language import _
from ..printing import note, print_json, print_table, say
from .portfolio_balance import add_balance

FILLS = {
    "over_ceiling": _("above the ceiling"),
    "over_hours": _("more work than hours"),
    "over_norm": _("above the norm"),
    "within": _("within the norm"),
    "under": _("below the norm"),
    "empty": _("no clients yet"),
}

TITLES = (
    _("Seller"), _("Holds"), _("Norm"), _("Ceiling, clients"), _("How full"), _("Served"), _("Active, %"), _("Cold"),
    _("Hours needed"), _("Hours"), _("Margin"), _("Plan"), _("Fact"),
)  # fmt: skip


def register(app: typer.Typer) -> None:
    """Add the group `portfolios`."""
    group = typer.Typer(help=_("Portfolios: what everybody holds, and who should hold whom."), no_args_is_help=True)
    group.command(help=_("Tell how full every portfolio is, and what the pool of unserved clients is worth."))(show)
    add_balance(group)
    app.add_typer(group, name="portfolios")


def show(as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False) -> None:
    """Print a line for every seller and the pool, as of the published state."""
    opened_home()
    from ..portfolios import portfolios_document  # noqa: PLC0415 -- models need an open home

    found = portfolios_document()
    if as_json:
        print_json(found)
        return
    if not found["sellers"]:
        note(_("Nobody sells yet: load a file that names sellers."))
    _show_sellers(found["sellers"])
    _show_pool(found["pool"])


def _show_sellers(sellers: list[dict[str, Any]]) -> None:
    rows = [
        (
            one["seller"],
            one["held"],
            "–".join(map(str, one["norm"])),
            one["ceiling"],
            FILLS[one["fill"]],
            one["served"],
            None if one["active_share"] is None else round(100 * one["active_share"]),
            one["cold"],
            round(one["hours_needed"]),
            round(one["hours_have"]),
            *(None if one[name] is None else round(one[name]) for name in ("margin_12m", "plan", "fact")),
        )
        for one in sellers
    ]
    print_table(list(TITLES), rows, right=(1, 3, 5, 6, 7, 8, 9, 10, 11, 12))


def _show_pool(pool: dict[str, Any]) -> None:
    told = {
        "clients": pool["unheld"]["held"] + pool["of_left"]["held"],
        "alive": pool["clients_not_lost"],
        "margin": round(pool["margin_year"] or 0),
        "sellers": round(pool["sellers_fed"], 1),
        "free": pool["free_places"],
    }
    say(
        _(
            "Nobody serves %(clients)s clients, %(alive)s of them not lost: %(margin)s of expected margin a year, work"
            " for %(sellers)s sellers. The present sellers have %(free)s free places."
        )
        % told
    )
