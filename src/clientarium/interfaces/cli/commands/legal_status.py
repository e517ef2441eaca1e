"""`legal-status`: whether the clients' firms are alive; `connections`: what is connected and whether it works."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from ..home import opened_home
from ..language import _
from ..printing import note, print_json, print_table, say
from ..progress import shown_progress

SAMPLE_INN = "7707083893"


def register(app: typer.Typer) -> None:
    """Add the groups `legal-status` and `connections`."""
    group = typer.Typer(help=_("Whether the clients’ firms are alive."), no_args_is_help=True)
    group.command("list", help=_("List changes nobody has looked at, anchors first."))(list_alerts)
    group.command("check", help=_("Ask the connected register about firms whose status has grown old."))(check)
    group.command("import", help=_("Take statuses from a register file."))(read_file)
    group.command("set", help=_("Set the status of a firm by hand."))(set_by_hand)
    group.command("live-check", help=_("Ask the register about one firm and print the answer; nothing is kept."))(live)
    app.add_typer(group, name="legal-status")
    group = typer.Typer(help=_("What is connected and whether it works."), no_args_is_help=True)
    group.command("list", help=_("List the connections with their last result."))(list_connections)
    group.command("try", help=_("Try the connections now; nothing is changed. Exit code 3 if one does not work."))(
        try_connections
    )
    app.add_typer(group, name="connections")


def list_alerts(as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False) -> None:
    """Print the alerts of everybody's clients."""
    opened_home()
    from ..legal_statuses import ALERT_COLUMNS, alert_rows  # noqa: PLC0415 -- models need an open home

    rows = alert_rows()
    if as_json:
        print_json(rows)
        return
    names = (_("Client"), _("Firm"), _("INN"), _("Status"), _("Since"), _("Margin"), _("Noticed"))
    print_table(names, [tuple(row[name] for name in ALERT_COLUMNS) for row in rows], right=(5,))


def check(
    everything: Annotated[bool, typer.Option("--all", help=_("Also those asked about lately"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Ask now, in this process; what was asked is kept even if it is broken off."""
    opened_home()
    from ..legal_statuses import checked  # noqa: PLC0415 -- models need an open home

    with shown_progress(_("Asking the register")) as listener:
        result = checked(is_everything=everything, listener=listener)
    if as_json:
        print_json(result)
        return
    say(
        _("Asked about %(asked)s firms: %(changed)s changes, %(unknown)s unknown to the register, %(left)s left.")
        % result
    )


def read_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help=_("Table with columns INN and status"))],
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Read the file and note what it says about firms of the base."""
    opened_home()
    from ..legal_statuses import file_read  # noqa: PLC0415 -- models need an open home

    with shown_progress(file.name) as listener:
        result = file_read(file, listener=listener)
    if as_json:
        print_json(result)
        return
    text = _(
        "Lines: %(read)s, new about our firms: %(ours)s, changes: %(changed)s, not understood: %(not_understood)s."
    )
    say(text % result)
    for problem in result["first_problems"]:
        note(problem)


def set_by_hand(
    inn: Annotated[str, typer.Argument(help=_("INN of the firm"))],
    status: Annotated[str, typer.Argument(help=_("active, liquidating, liquidated, bankrupt or reorganising"))],
    reason: Annotated[str, typer.Option(help=_("How you know"))],
    on: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d", "%d.%m.%Y"], help=_("Since when; today by default"))
    ] = None,
    kpp: Annotated[str, typer.Option(help=_("KPP, where a branch is meant"))] = "",
) -> None:
    """Set the status on every card that bears the number."""
    opened_home()
    from ..legal_statuses import set_everywhere  # noqa: PLC0415 -- models need an open home

    names = set_everywhere(inn, status, kpp=kpp, on=on.date() if on else None, reason=reason)
    say(_("The status is set for: %(names)s.") % {"names": ", ".join(names)})


def live(
    inn: Annotated[str, typer.Option(help=_("Whom to ask about"))] = SAMPLE_INN,
    token_stdin: Annotated[bool, typer.Option(help=_("Read a token of DaData from standard input"))] = False,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """One real question: the answer as the program understands it."""
    opened_home(create=True)
    from ..legal_statuses import asked_live  # noqa: PLC0415 -- models need an open home

    token = typer.get_text_stream("stdin").readline().strip() if token_stdin else ""
    answer = asked_live(inn, token=token)
    if as_json:
        print_json(answer)
        return
    print_table([_("INN"), _("Name"), _("Status"), _("Since"), _("OGRN")], [tuple(answer.values())])


def list_connections(as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False) -> None:
    """Print every connection; never a secret."""
    opened_home()
    from ..legal_statuses import connection_rows  # noqa: PLC0415 -- models need an open home

    _print_connections(connection_rows(), as_json=as_json)


def try_connections(
    title: Annotated[str, typer.Argument(help=_("Name of one; all without it"))] = "",
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Try them now."""
    opened_home()
    from ..legal_statuses import tried_rows  # noqa: PLC0415 -- models need an open home

    rows = tried_rows(title)
    _print_connections(rows, as_json=as_json)
    if any(row["is_well"] is False for row in rows):
        raise typer.Exit(3)


def _print_connections(rows: list[dict[str, object]], *, as_json: bool) -> None:
    if as_json:
        print_json(rows)
        return
    columns = [_("Connection"), _("Kind"), _("On"), _("Works"), _("Last result"), _("When")]
    print_table(columns, [tuple(row.values()) for row in rows])
