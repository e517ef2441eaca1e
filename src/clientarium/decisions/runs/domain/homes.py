"""The rooms of the home, opened from the settings: the one place here that knows where things lie."""

import shutil
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from clientarium.core.categories import load_policy
from clientarium.core.ledger import Ledger, Snapshots
from clientarium.core.pipeline import Definitions, load_definitions
from clientarium.decisions.clients import custom_field_names

DEFAULT_CURRENCY = "RUB"


def home() -> Path:
    return Path(settings.CLIENTARIUM_HOME)


def open_ledger() -> Ledger:
    return Ledger(home() / "ledger")


def open_snapshots() -> Snapshots:
    return Snapshots(home() / "snapshots")


def current_definitions() -> Definitions:
    """The company's metrics, schemes, norms and policy; raises UserError with file and line."""
    return load_definitions(Path(settings.CLIENTARIUM_DEFINITIONS), custom_field_names())


def home_currency() -> str:
    """The currency of reports and of files that name none: the line `currency` of policy.yaml."""
    # The policy alone: a slip in a scheme must not keep files from being loaded.
    lines = load_policy(Path(settings.CLIENTARIUM_DEFINITIONS) / "policy.yaml").lines
    return str(lines["currency"].value) if "currency" in lines else DEFAULT_CURRENCY


def program_version() -> str:
    return version("clientarium")


def files_folder() -> Path:
    return home() / "files"


def staging_folder(name: str) -> Path:
    return home() / "staging" / name


def attempt_folder(import_id: str, token: int) -> Path:
    """Each attempt stages apart: a stopped worker that wakes up must not write into its successor's files."""
    return staging_folder(f"{import_id}.{token}")


def staged_import(folder: Path) -> str:
    """The import_id an attempt's folder belongs to."""
    return folder.name.partition(".")[0]


def forget_staged(import_id: str) -> None:
    """Remove what every attempt at the import staged."""
    for folder in (home() / "staging").glob(f"{import_id}.*"):
        shutil.rmtree(folder, ignore_errors=True)


def refused_file(import_id: str) -> Path:
    return home() / "files" / "refused" / f"{import_id}.parquet"
