"""Opening a home: settings, database and definitions made ready, in this order."""

import os
import shutil
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def open_home(home: Path | None = None, *, create: bool = True) -> Path:
    """Set Django up for `home` (default: CLIENTARIUM_HOME or ./var), migrate its database, copy missing definitions.

    Returns the home. Raises FileNotFoundError if it is absent and `create` is false.
    One process serves one home: a second, different home raises RuntimeError.
    """
    if home is not None:
        os.environ["CLIENTARIUM_HOME"] = str(home)
    wanted = Path(os.environ.get("CLIENTARIUM_HOME", "var")).expanduser().resolve()
    if not create and not wanted.is_dir():
        raise FileNotFoundError(wanted)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "clientarium.config.settings")
    django.setup()
    if wanted != settings.CLIENTARIUM_HOME:
        message = f"this process already serves {settings.CLIENTARIUM_HOME}"
        raise RuntimeError(message)
    prepare_home(wanted)
    return wanted


def prepare_home(home: Path) -> None:
    """Folders, definitions that the company does not have yet, and a migrated database."""
    for folder in ("ledger", "snapshots", "files", "staging", "static", "incoming"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    copy_missing_definitions(settings.CLIENTARIUM_PACKAGED_DEFINITIONS, settings.CLIENTARIUM_DEFINITIONS)
    if _is_behind():  # most starts find nothing to do, and even that takes the command half a second
        call_command("migrate", verbosity=0, interactive=False)


def _is_behind() -> bool:
    """Whether the database lacks any of the program's migrations."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def copy_missing_definitions(packaged: Path, own: Path) -> None:
    """Copy each packaged file that `own` lacks; a file the company has is never touched."""
    for source in sorted(packaged.rglob("*")):
        target = own / source.relative_to(packaged)
        if source.is_file() and not target.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
