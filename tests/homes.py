"""Empty homes: over the database of the test run, and for processes with a database of their own."""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import django

ROOT = Path(__file__).parents[1]
PACKAGED = ROOT / "definitions"
DATABASE = "db.sqlite3"


def empty_home(folder: Path, settings: Any, *, writes_definitions: bool = True) -> Path:
    """`folder` as the home in force. Definitions nobody writes may be the packaged ones: they are read once for all."""
    settings.CLIENTARIUM_HOME = folder
    settings.CLIENTARIUM_DEFINITIONS = PACKAGED
    if writes_definitions:
        settings.CLIENTARIUM_DEFINITIONS = folder / "definitions"
        shutil.copytree(PACKAGED, folder / "definitions")
    for name in ("ledger", "snapshots", "files", "staging"):
        (folder / name).mkdir()
    return folder


def fresh_home(folder: Path) -> Path:
    """`folder` as a home for processes, its SQLite database migrated already: that takes a process seven seconds."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_migrated(), folder / DATABASE)
    return folder


@cache
def _migrated() -> Path:
    """A database with these very migrations; made once by whoever comes first, kept for the next runs."""
    place = Path(tempfile.gettempdir()) / f"clientarium-tests-{os.getuid()}"
    place.mkdir(mode=0o700, exist_ok=True)
    ready = place / f"{_migrations_digest()}.sqlite3"
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.exists():
            with tempfile.TemporaryDirectory(dir=place) as home:
                code = "import sys; from pathlib import Path; from clientarium.config.start import open_home; open_home(Path(sys.argv[1]))"
                environment = os.environ | {"CLIENTARIUM_HOME": home, "CLIENTARIUM_DATABASE_URL": ""}
                subprocess.run([sys.executable, "-c", code, home], env=environment, check=True)
                (Path(home) / DATABASE).rename(ready)
    return ready


def _migrations_digest() -> str:
    digest = hashlib.sha256(django.__version__.encode())
    for file in sorted((ROOT / "src" / "clientarium").glob("decisions/*/migrations/*.py")):
        digest.update(file.relative_to(ROOT).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:20]
