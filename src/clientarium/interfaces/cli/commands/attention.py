"""`attention`: whose work the firm's hours are, beside the margin it brings."""

from typing import Annotated, Any

import typer

from ..home import opened_home
from ..language import _
from ..printing import note, print_json, print_table, say, shown

SHOWN = 50


def register(app: typer.Typer) -> None:
    """Add the command `attention`."""
    app.command("attention", help=_("Hours of every service beside the margin they bring."))(attention)


def attention(
    by: Annotated[str, typer.Option(help=_("grade, layer, seller or client"))] = "grade",
    documents: Annotated[bool, typer.Option("--documents", help=_("Count by documents alone"))] = False,
    limit: Annotated[int, typer.Option(min=1, help=_("No more than this many"))] = SHOWN,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Print shares of the load and of the margin; by client, those whom the firm pays to serve."""
    opened_home()
    from ..attention_load import attention_document  # noqa: PLC0415 -- models need an open home

    found = attention_document(by, documents=documents, limit=limit)
    if as_json:
        print_json(found)
    elif found["as_of"] is None:
        note(_("Nothing is counted yet: count the base first (clientarium pulse)."))
    elif by == "client":
        _print_clients(found)
    else:
        _print_parts(found, limit=limit)


def _print_parts(found: dict[str, Any], *, limit: int) -> None:
    told = {"hours": shown(round(found["hours"])), "cost": shown(round(found["cost"])), "day": shown(found["as_of"])}
    say(_("In 12 months up to %(day)s clients took %(hours)s hours of the firm’s time, %(cost)s of its money.") % told)
    money = _("Revenue") if found["measure"] == "revenue" else _("Margin")
    rows = [
        (
            one["key"] or _("none"),
            one["clients"],
            round(one["hours"]),
            _share(one["load_share"]),
            _share(one["money_share"]),
            round(one["money"]),
            round(one["cost"]),
            round(one["after_service"]),
        )
        for one in sorted(found["parts"], key=lambda one: (one["key"] is None, one["key"] or ""))[:limit]
    ]
    head = [_("Group"), _("Clients"), _("Hours"), _("Load share"), _("Share of the money"), money, _("Service costs")]
    print_table([*head, _("Left after service")], rows, right=range(1, 8))
    services = [
        (one["service_title"], round(one["hours"]), _share(one["measured_share"]), round(one["money"]))
        for one in found["services"]
    ]
    print_table([_("Service"), _("Hours"), _("Measured"), _("Costs")], services, right=(1, 2, 3))


def _print_clients(found: dict[str, Any]) -> None:
    told = {"clients": shown(found["clients"]), "hours": shown(round(found["hours"])), "money": shown(found["money"])}
    say(_("The firm pays to serve %(clients)s clients: %(hours)s hours a year, %(money)s.") % told)
    money = _("Revenue") if found["measure"] == "revenue" else _("Margin")
    rows = [
        (one["name"], one["grade"], one["holder"], round(one["hours"], 1), one["money"], one["cost"], one["after"])
        for one in found["rows"]
    ]
    head = [_("Client"), _("Grade"), _("Seller"), _("Hours"), money, _("Service costs"), _("Left after service")]
    print_table(head, rows, right=(3, 4, 5, 6))


def _share(value: float | None) -> str:
    return shown(None) if value is None else f"{value:.2%}".replace(".", ",")
