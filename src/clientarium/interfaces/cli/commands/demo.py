"""`demo`: an invented company with five years behind it, ready to look at."""

import os
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer
from django.utils import timezone

from clientarium.core.ground import N_, UserError

from ..demo_company import COMPANY, DEFAULT_END, Size
from ..home import opened_home, wanted_home
from ..language import _
from ..printing import print_json, print_table, say
from ..progress import shown_progress
from .serve import address, serve_afresh

STEPS = {
    "generate": N_("Inventing the company «%(company)s»"),
    "pulse": N_("Computing a quarter ago and now, confirming grades"),
    "duplicates": N_("Looking for duplicates"),
}

KEY_FILE = "secret_key"


def register(app: typer.Typer) -> None:
    """Add `demo`."""
    app.command(help=_("Make the demo company in the home: files, imports, users, decisions."))(demo)


def demo(
    yes: Annotated[bool, typer.Option("--yes", help=_("Do not ask before touching an existing home"))] = False,
    serve: Annotated[bool, typer.Option("--serve", help=_("Serve it afterwards"))] = False,
    host: Annotated[str, typer.Option(help=_("Address to listen on"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(help=_("Port to listen on"))] = 8000,
    clients: Annotated[int, typer.Option(min=60, help=_("How many clients to invent"))] = Size().clients,
    years: Annotated[int, typer.Option(min=3, max=10, help=_("How many years of sales"))] = Size().years,
    as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False,
) -> None:
    """Make it once; a second call finds it made and only prints the logins."""
    is_there = _is_used(wanted_home())
    if is_there and not yes and not _holds_a_demo(wanted_home()):
        _ask(wanted_home())
    home = opened_home(create=True)
    from ..demo_home import LOGINS, furnish, is_ready  # noqa: PLC0415 -- models need an open home

    if not is_ready(home):
        with shown_progress() as listener:
            furnish(home, size=Size(clients=clients, years=years, end=_story_end()), step=_announce, listener=listener)
    logins = [{"username": u.username, "password": u.password, "role": u.role, "name": u.name} for u in LOGINS]
    if as_json:
        print_json({"home": home, "address": address(host, port), "logins": logins})
    else:
        say(_("The demo company is in %(home)s.") % {"home": home})
        print_table(
            [_("Login"), _("Password"), _("Role"), _("Name")],
            [(u["username"], u["password"], u["role"], u["name"]) for u in logins],
        )
        if not serve:
            say(_("Address: %(address)s") % {"address": address(host, port)})
    if serve:
        # The story ends on its last day: a nightly pulse would only make everybody look asleep.
        os.environ["CLIENTARIUM_NIGHTLY_PULSE"] = ""
        serve_afresh(home=home, host=host, port=port)
    elif not as_json:
        say(_("“clientarium serve” opens it."))


def _announce(step: str) -> None:
    text = _(STEPS[step]) % {"company": COMPANY} if step in STEPS else _("Loading %(file)s") % {"file": step}
    print(text + " …", file=sys.stderr, flush=True)


def _story_end() -> date:
    """The default end of the story, or the end of last month on a clock that has not come so far."""
    today = timezone.localdate()
    return DEFAULT_END if today >= DEFAULT_END else today.replace(day=1) - timedelta(days=1)


def _is_used(home: Path) -> bool:
    """Whether anything is there but the key that the checks of `make test` leave behind by reading the settings."""
    return home.is_dir() and any(entry.name != KEY_FILE for entry in home.iterdir())


def _holds_a_demo(home: Path) -> bool:
    return (home / "demo").is_dir()


def _ask(home: Path) -> None:
    """Raise UserError where nobody can answer; leave with code 2 on “no”."""
    if not sys.stdin.isatty():
        raise UserError(
            N_("There is already a home at %(home)s."),
            cure=N_(
                "Name an empty folder with --home or CLIENTARIUM_HOME, or add --yes to load the demo into this one."
            ),
            home=home,
        )
    question = _("There is already a home at %(home)s. Load the demo company into it?") % {"home": home}
    if not typer.confirm(question, default=False):
        raise typer.Exit(2)
