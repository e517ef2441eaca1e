"""`capacity`: whom to take of a list when there is not enough for everybody, and why."""

from pathlib import Path
from typing import Annotated

import typer

from clientarium.core.ground import N_, UserError

from ..language import _
from ..printing import note, print_json, print_table, say

COLUMNS = (N_("Client"), N_("Decision"), N_("Margin"), N_("Worth of the client"), N_("The contrary costs"), N_("Why"))


def register(app: typer.Typer) -> None:
    """Add `capacity`."""
    app.command(help=_("Say whom to take and whom to refuse when capacity is short."))(capacity)


def capacity(
    file: Annotated[
        Path | None,
        typer.Argument(exists=True, dir_okay=False, help=_("A table of who asks: Client, Margin, Penalty, hours …")),
    ] = None,
    where: Annotated[str | None, typer.Option(help=_("Instead of a file: clients of the base by a condition"))] = None,
    limit: Annotated[int | None, typer.Option(min=0, help=_("Places: how many can be served"))] = None,
    hours: Annotated[
        list[str] | None, typer.Option("--capacity", help=_("name=hours: how much of it there is; may be repeated"))
    ] = None,
    monthly: Annotated[bool, typer.Option("--monthly", help=_("Capacity is of one month, jobs have dates"))] = False,
    take: Annotated[list[str] | None, typer.Option(help=_("Take by hand, by name; may be repeated"))] = None,
    refuse: Annotated[list[str] | None, typer.Option(help=_("Refuse by hand, by name; may be repeated"))] = None,
    seconds: Annotated[float, typer.Option(min=0.1, help=_("Search no longer than this"))] = 30.0,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Print the choice worth most; nothing is decided or kept."""
    from ..choosing import asked_list, chosen, document, more_sentences  # noqa: PLC0415 -- slow import: the readers

    if (file is None) == (where is None):
        raise UserError(N_("Give a file with a list, or --where with a condition; one of the two."))
    asked = asked_list(file, where)
    choice = chosen(
        asked, limit=limit, hours=hours or [], is_monthly=monthly, take=take or [], refuse=refuse or [], seconds=seconds
    )
    found = document(asked, choice)
    if as_json:
        print_json(found)
        return
    for problem in found["set_aside"]:
        note(_("Line %(line)s is not in the list: %(why)s") % {"line": problem["line"], "why": problem["why"]})
    for text in found["notes"]:
        note(text)
    words = {True: _("take"), False: _("refuse")}
    rows = (
        (one["name"], words[one["is_taken"]], one["margin"], one["value"], one["cost"], one["why"])
        for one in found["clients"]
    )
    print_table([_(name) for name in COLUMNS], rows, right=(2, 3, 4))
    say()
    figures = {name: f"{found[name]:,.0f}".replace(",", "\u202f") for name in ("value", "lost")}
    figures |= {"taken": str(len(choice.taken)), "all": str(len(found["clients"]))}
    say(_("Taken: %(taken)s of %(all)s. They bring %(value)s; lost with the refused: %(lost)s.") % figures)
    for text in more_sentences(choice):
        say(text)
    if choice.is_proven:
        note(_("Proven: no other choice within this capacity brings more."))
    else:
        note(_("The best found in the time given; at most %(gap).2f %% more is possible.") % {"gap": 100 * choice.gap})
