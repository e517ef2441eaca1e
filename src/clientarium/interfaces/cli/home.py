"""Opening the company's home for a command."""

import logging
from importlib import import_module
from pathlib import Path

from clientarium.core.ground import N_, UserError

from .language import language


class _Wanted:
    """What `--home` asked for; None means CLIENTARIUM_HOME or ./var, which config reads."""

    home: Path | None = None


def want_home(home: Path | None) -> None:
    """Remember the home named on the command line."""
    _Wanted.home = home


def wanted_home() -> Path:
    """Where the home is or will be; nothing is touched."""
    environment = import_module("clientarium.config.env").Environment()
    return (_Wanted.home or environment.home).expanduser().resolve()


def opened_home(*, create: bool = False, is_service: bool = False) -> Path:
    """Set Django up on the home and speak its language; returns the home's folder.

    Raises UserError if there is no home and the command may not make one.
    """
    # By name: config lies above the interfaces, and the console script has to start somewhere.
    start = import_module("clientarium.config.start")
    try:
        home: Path = start.open_home(_Wanted.home, create=create)
    except FileNotFoundError as absent:
        raise UserError(
            N_("There is no home at %(home)s."),
            cure=N_("Load files with “clientarium import”, or name another home with --home or CLIENTARIUM_HOME."),
            home=str(absent.args[0]),
        ) from absent
    _speak()
    # What a worker logs for its operator, a person at a terminal sees as a progress line.
    logging.getLogger("clientarium").setLevel(logging.INFO if is_service else logging.WARNING)
    return home


def _speak() -> None:
    from django.utils.translation import activate  # noqa: PLC0415 -- --help must not wait for Django

    activate(language())
