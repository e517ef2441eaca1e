"""A database for a bench: a fresh SQLite file, or a throw-away PostgreSQL server of tools/postgres.sh."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POSTGRES = Path(__file__).parents[1] / "tools" / "postgres.sh"
BINARIES = Path(os.environ.get("PG_BIN", "/usr/local/bin"))


def has_postgres() -> bool:
    return (BINARIES / "initdb").exists()


@contextmanager
def sqlite(home: Path) -> Iterator[str]:
    """The home's own file, empty."""
    for left in home.glob("db.sqlite3*"):
        left.unlink()
    yield f"sqlite:///{home / 'db.sqlite3'}"


@contextmanager
def postgres() -> Iterator[str]:
    """A server as it is installed (128 MB of shared buffers), but without waiting for the disk at each commit."""
    folder = tempfile.mkdtemp(prefix="clientarium-postgres-", dir="/tmp")
    environment = {**os.environ, "PG_BIN": str(BINARIES)}
    try:
        started = subprocess.run(
            [POSTGRES, "start", folder], env=environment, stdout=subprocess.PIPE, check=True, text=True
        )
        yield started.stdout.strip()
    finally:
        subprocess.run([POSTGRES, "stop", folder], env=environment, check=False)
        shutil.rmtree(folder, ignore_errors=True)
