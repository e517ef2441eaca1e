"""The rooms of the home, opened from the settings: the one place here that knows where things lie."""

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


def staging_folder(import_id: str) -> Path:
    return home() / "staging" / import_id


def refused_file(import_id: str) -> Path:
    return home() / "files" / "refused" / f"{import_id}.parquet"
