"""`review`: open a session or a review, show it with its decisions, close it."""

from typing import Annotated

import typer

from ..home import opened_home
from ..language import _
from ..printing import print_json, print_table, say, shown

NUMBER = typer.Argument(help=_("Number of the review; the newest one by default"), show_default=False)
BY = typer.Option("--as", help=_("Login of the owner or head who does it; the first owner by default"))


def register(app: typer.Typer) -> None:
    """Add the group `review`."""
    group = typer.Typer(help=_("Sessions on categories and reviews of the base."), no_args_is_help=True)
    group.command("open", help=_("Begin a review of the base, or the quarter’s session on categories."))(begin)
    group.command("show", help=_("Print the answers and the decisions."))(show)
    group.command("close", help=_("Close a review: its protocol stands."))(close)
    app.add_typer(group, name="review")


def begin(
    is_grades: Annotated[bool, typer.Option("--grades", help=_("The session on categories"))] = False,
    login: Annotated[str, BY] = "",
) -> None:
    """Open one; the answers are kept as they stand now."""
    opened_home()
    from ..reviewing import open_named  # noqa: PLC0415 -- models need an open home

    found = open_named(is_grades=is_grades, login=login)
    say(_("Review %(number)s is open: %(title)s.") % {"number": found.pk, "title": found})


def show(
    number: Annotated[int, NUMBER] = 0,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
    login: Annotated[str, BY] = "",
) -> None:
    """Print a review."""
    opened_home()
    from ..reviewing import review_document  # noqa: PLC0415 -- models need an open home

    found = review_document(number, login=login)
    if as_json:
        print_json(found)
        return
    is_open = found["closed_on"] is None
    closed = _("under way") if is_open else _("closed %(day)s") % {"day": f"{found['closed_on']:%d.%m.%Y}"}
    say(f"{found['title']}, {closed}")
    for answer in found["answers"]:
        say("")
        say(f"{answer['title']} ({answer['total']})")
        rows = [
            (one["client"], one["grade"] or "—", "—" if one["money"] is None else round(one["money"]))
            for one in answer["clients"]
        ]
        if rows:
            print_table([_("Client"), _("Category"), _("Money")], rows, right=(2,))
    say("")
    decisions = [
        (
            one["text"],
            one["owner"],
            f"{one['due_on']:%d.%m.%Y}",
            "—" if one["expected_effect"] is None else shown(round(one["expected_effect"])),
            one["state_title"],
        )
        for one in found["decisions"]
    ]
    if not decisions:
        say(_("Nothing is decided."))
        return
    print_table([_("Decision"), _("Who"), _("By"), _("Expected a year"), _("How it stands")], decisions, right=(3,))


def close(
    number: Annotated[int, NUMBER] = 0,
    summary: Annotated[str, typer.Option(help=_("What came out of it"))] = "",
    login: Annotated[str, BY] = "",
) -> None:
    """Close the open one."""
    opened_home()
    from ..reviewing import close_named  # noqa: PLC0415 -- models need an open home

    found = close_named(number, summary=summary, login=login)
    say(_("Review %(number)s is closed.") % {"number": found.pk})
