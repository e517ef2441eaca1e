"""The commands, one module a subject; importing this builds them in the language in force."""

from pathlib import Path
from typing import Annotated

import typer

from ..home import want_home
from ..language import _
from . import (
    attention,
    capacity,
    clients,
    clock,
    day,
    demo,
    doctor,
    duplicates,
    explain,
    imports,
    legal_status,
    metrics,
    mirror,
    plan,
    portfolios,
    pulse,
    quality,
    reviews,
    rhythm,
    schemes,
    serve,
    stress,
    users,
    winback,
    zones,
)

__all__ = ["app"]

app = typer.Typer(
    help=_("Clientarium: a company's client base as a living system."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def common(
    home: Annotated[
        Path | None, typer.Option(help=_("Home of the company (default: CLIENTARIUM_HOME or ./var)"))
    ] = None,
    lang: Annotated[str, typer.Option(help=_("Language of messages: ru or en"))] = "",  # noqa: ARG001 -- obeyed already
) -> None:
    """Options that stand before the command; `--lang` was already obeyed when the texts were made."""
    want_home(home)


for module in (
    demo,
    serve,
    imports,
    pulse,
    rhythm,
    clients,
    duplicates,
    portfolios,
    quality,
    legal_status,
    day,
    clock,
    plan,
    explain,
    attention,
    capacity,
    metrics,
    schemes,
    users,
    winback,
    mirror,
    reviews,
    zones,
    stress,
    doctor,
):
    module.register(app)
