"""`quality`: how right the clients' cards are, what is wrong, and what it puts at stake."""

from typing import Annotated, Any

import typer

from ..home import opened_home
from ..language import _, counted
from ..printing import note, print_json, print_table, say

TITLES = {
    "unreachable": _("Cannot be reached"),
    "no_contact": _("No right phone and no right e-mail"),
    "bad_contact": _("A wrong phone or e-mail"),
    "no_email": _("No right e-mail"),
    "inn_wrong": _("Wrong INN"),
    "inn_missing": _("No INN"),
    "empty_field": _("Empty fields that the categories need"),
    "never_verified": _("Never checked with the client"),
    "stale": _("Checked more than a year ago"),
    "no_cost": _("Cost is not known, so no margin"),
}


def register(app: typer.Typer) -> None:
    """Add `quality`."""
    app.command(help=_("Tell how right the clients’ cards are, and what is wrong with them."))(quality)


def quality(
    check_domains: Annotated[
        bool, typer.Option("--check-domains", help=_("Ask the DNS whether domains of e-mails take mail"))
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Print the score of the base, the faults by kind and the sellers, as of the published state."""
    opened_home()
    from ..quality import asked_domains, quality_document  # noqa: PLC0415 -- models need an open home

    if check_domains:
        dead = asked_domains()
        note(counted("%(number)s domain takes no mail.", "%(number)s domains take no mail.", len(dead)))
        for name in dead:
            note(name)
    found = quality_document()
    if as_json:
        print_json(found)
        return
    _show(found)


def _show(found: dict[str, Any]) -> None:
    if found["score"] is None:
        note(_("The cards have not been checked yet: count the base first (clientarium pulse)."))
        return
    told = {"score": round(found["score"]), "clients": found["clients"], "faulty": found["faulty"]}
    say(_("Score %(score)s of 100: %(clients)s cards, %(faulty)s with something to mend.") % told)
    rows = [(TITLES[fault["kind"]], fault["clients"], fault["money"], fault["where"]) for fault in found["faults"]]
    print_table([_("What is wrong"), _("Clients"), _("Money of the year"), _("Condition")], rows, right=(1, 2))
    sellers = [
        (one["seller"] or _("nobody holds them"), round(one["score"] or 0), one["clients"], one["faulty"])
        for one in found["sellers"]
    ]
    print_table([_("Seller"), _("Score"), _("Cards"), _("To mend")], sellers, right=(1, 2, 3))
