"""`doctor`: is everything in its place?"""

import importlib.util
import shutil
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from clientarium.core.ground import UserError
from clientarium.core.ledger import Ledger, Snapshots

from ..home import opened_home
from ..language import _, error_text
from ..printing import print_json, print_table

# CHECKS.md 5: an alert at 10 % or 1 GB free.
LOW_DISK_SHARE = 0.10
LOW_DISK_BYTES = 1024**3
GIGABYTE = 1024**3


@dataclass(frozen=True)
class Finding:
    """One thing looked at: what it is, how it stands, and whether that is all right."""

    what: str
    state: str
    is_fine: bool = True


def register(app: typer.Typer) -> None:
    """Add `doctor`."""
    app.command(help=_("Check the home, the database, the ledger, the definitions and the engines."))(doctor)


def doctor(as_json: Annotated[bool, typer.Option("--json", help=_("Print JSON"))] = False) -> None:
    """Print the findings; exit code 1 if one is bad."""
    home = opened_home()
    findings = list(_findings(home))
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        rows = [("✓" if f.is_fine else "✗", f.what, f.state) for f in findings]
        print_table(["", _("What"), _("State")], rows)
    if not all(finding.is_fine for finding in findings):
        raise typer.Exit(1)


def _findings(home: Path) -> Iterator[Finding]:
    yield Finding(_("Program"), version("clientarium"))
    yield Finding(_("Home"), str(home))
    for what, look in (
        (_("Disk"), _disk),
        (_("Database"), _database),
        (_("Ledger"), _ledger),
        (_("Snapshots"), _snapshots),
        (_("Definitions"), _definitions),
        (_("Engines"), _engines),
    ):
        yield _looked(what, look, home)


def _looked(what: str, look: Callable[[Path], tuple[str, bool]], home: Path) -> Finding:
    try:
        return Finding(what, *look(home))
    except UserError as error:
        return Finding(what, error_text(error), is_fine=False)
    except Exception as error:  # noqa: BLE001 -- a check that breaks is a finding, the others still run
        return Finding(what, f"{type(error).__name__}: {error}", is_fine=False)


def _disk(home: Path) -> tuple[str, bool]:
    usage = shutil.disk_usage(home)
    enough = usage.free >= min(LOW_DISK_BYTES, usage.total * LOW_DISK_SHARE)
    return _("%(free).1f GB free of %(total).1f GB") % {
        "free": usage.free / GIGABYTE,
        "total": usage.total / GIGABYTE,
    }, enough


def _database(home: Path) -> tuple[str, bool]:  # noqa: ARG001 -- every look takes the home
    from ..accounts import database_state  # noqa: PLC0415 -- needs an open home

    return database_state()


def _ledger(home: Path) -> tuple[str, bool]:
    ledger = Ledger(home / "ledger")
    if ledger.version() < 0:
        return _("empty"), True
    span = ledger.span()
    text = _("version %(version)s, %(loads)s loads") % {"version": ledger.version(), "loads": len(ledger.loads())}
    return f"{text}, {span[0]:%d.%m.%Y} … {span[1]:%d.%m.%Y}" if span else text, True


def _snapshots(home: Path) -> tuple[str, bool]:
    dates = Snapshots(home / "snapshots").dates()
    if not dates:
        return _("none yet: run “clientarium pulse”"), True
    return _("%(count)s, the latest as of %(latest)s") % {"count": len(dates), "latest": f"{max(dates):%d.%m.%Y}"}, True


def _definitions(home: Path) -> tuple[str, bool]:
    from ..definitions import home_definitions  # noqa: PLC0415 -- models need an open home

    definitions = home_definitions(home)
    return f"{definitions.hash[:12]}", True


def _engines(home: Path) -> tuple[str, bool]:  # noqa: ARG001 -- every look takes the home
    spark = importlib.util.find_spec("pyspark") is not None and shutil.which("java") is not None
    return f"DuckDB {version('duckdb')}, Spark: {version('pyspark') if spark else _('not installed')}", True
