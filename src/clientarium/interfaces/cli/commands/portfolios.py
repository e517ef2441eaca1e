"""`portfolios`: who serves whom, and who should."""

import typer

from ..language import _
from .portfolio_balance import add_balance


def register(app: typer.Typer) -> None:
    """Add the group `portfolios`."""
    group = typer.Typer(help=_("Portfolios: what everybody holds, and who should hold whom."), no_args_is_help=True)
    add_balance(group)
    app.add_typer(group, name="portfolios")
