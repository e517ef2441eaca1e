"""`duplicates`: cards that are one client, found, listed, merged and taken apart."""

from typing import Annotated

import typer

from clientarium.core.ground import N_

from ..home import opened_home
from ..language import _
from ..printing import note, print_json, print_table, say, shown
from ..progress import shown_progress

PAIRS_SHOWN = 50
TITLES = {
    "name": N_("Client’s name"), "inn": N_("INN"), "kpp": N_("KPP"), "ogrn": N_("OGRN"), "city": N_("City"),
    "address": N_("Address"), "phones": N_("Phones"), "emails": N_("E-mails"),
}  # fmt: skip
"""The fields by which the search compares."""


def register(app: typer.Typer) -> None:
    """Add the group `duplicates`."""
    group = typer.Typer(help=_("Cards that are one client."), no_args_is_help=True)
    group.command("find", help=_("Compare all cards; merge what the rule calls sure, queue the rest."))(find)
    group.command("list", help=_("Pairs to decide about, or with --merged the merges in force."))(list_pairs)
    group.command("merge", help=_("Make one card a part of another."))(merge)
    group.command("unmerge", help=_("Take a merged card apart again, exactly."))(unmerge)
    app.add_typer(group, name="duplicates")


def find(as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False) -> None:
    """Search in this process."""
    opened_home()
    from ..duplicates import found  # noqa: PLC0415 -- models need an open home

    with shown_progress() as listener:
        result = found(listener)
    if as_json:
        print_json(result)
        return
    told = {name: shown(value) for name, value in result.items()}
    say(_("%(clients)s cards compared: %(pairs)s pairs, %(merged)s merged, %(waiting)s to decide.") % told)


def list_pairs(
    merged: Annotated[bool, typer.Option(help=_("Merges in force instead of pairs to decide"))] = False,
    limit: Annotated[int, typer.Option(min=1, help=_("No more than this many"))] = PAIRS_SHOWN,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Print pairs, the likeliest first, or merges, the newest first."""
    opened_home()
    from ..duplicates import merge_rows, pair_rows  # noqa: PLC0415 -- models need an open home

    rows = merge_rows(limit) if merged else pair_rows(limit)
    if as_json:
        print_json(rows)
    elif merged:
        print_table(
            [_("No."), _("Card"), _("Client’s name"), _("Is a part of"), _("Client’s name"), _("When")],
            [(row["merge"], row["alias"], row["alias_name"], row["into"], row["into_name"], row["at"]) for row in rows],
        )
    else:
        print_table(
            [_("Card"), _("Client’s name"), _("Card"), _("Client’s name"), _("Probability"), _("What speaks for it")],
            [
                (
                    row["a"],
                    row["a_name"],
                    row["b"],
                    row["b_name"],
                    row["probability"],
                    ", ".join(map(_titled, row["agree"])),
                )
                for row in rows
            ],
            right=[4],
        )
        if len(rows) == limit:
            note(_("There may be more: --limit shows them."))


def _titled(field: str) -> str:
    return _(TITLES.get(field, field))


def merge(
    alias: Annotated[str, typer.Argument(help=_("The card that becomes a part: number, code or name"))],
    into: Annotated[str, typer.Argument(help=_("The card that stays: number, code or name"))],
    despite_answer: Annotated[
        bool, typer.Option("--despite-answer", help=_("Even if somebody called them different"))
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Merge two cards; the figures are added up by the next pulse."""
    opened_home()
    from ..duplicates import merged as made  # noqa: PLC0415 -- models need an open home

    row = made(alias, into=into, despite_answer=despite_answer)
    if as_json:
        print_json(row)
    else:
        say(_("“%(alias_name)s” is now a part of “%(into_name)s”. Run a pulse to add up their figures.") % row)


def unmerge(
    alias: Annotated[str, typer.Argument(help=_("The merged card: number, code or name"))],
    reason: Annotated[str, typer.Option(help=_("Why they are two"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Take a card out of the client it was merged into."""
    opened_home()
    from ..duplicates import taken_apart  # noqa: PLC0415 -- models need an open home

    row = taken_apart(alias, reason=reason)
    if as_json:
        print_json(row)
    else:
        say(_("“%(alias_name)s” and “%(into_name)s” are two clients again. Run a pulse to count them.") % row)
