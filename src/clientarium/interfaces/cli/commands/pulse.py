"""`pulse`: compute everything as of a date and publish it."""

from datetime import date, datetime
from typing import Annotated, Any

import typer

from ..home import opened_home
from ..language import _
from ..printing import print_json, say, shown
from ..progress import shown_progress


def register(app: typer.Typer) -> None:
    """Add `pulse`."""
    app.command(help=_("Compute metrics, categories and movement as of a date and publish them."))(pulse)


def pulse(
    as_of: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d", "%d.%m.%Y"], help=_("Date of the snapshot (default: the last day with a sale)")
        ),
    ] = None,
    engine: Annotated[str, typer.Option(help=_("duckdb or spark"))] = "duckdb",
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Run a pulse in this process."""
    opened_home()
    result = run_pulse_now(as_of.date() if as_of else None, engine=engine)
    if as_json:
        print_json(result)
        return
    say(
        _("Pulse as of %(as_of)s: %(rows)s clients, ledger version %(ledger_version)s.")
        % (result | {"as_of": shown(date.fromisoformat(str(result["as_of"]))), "rows": shown(result["rows"])})
    )


def run_pulse_now(as_of: date | None, *, engine: str = "duckdb") -> dict[str, Any]:
    """Queue a pulse and do it here with a progress line; what it made."""
    from ..running import pulsed  # noqa: PLC0415 -- models need an open home

    with shown_progress() as listener:
        return pulsed(as_of, engine=engine, listener=listener)
