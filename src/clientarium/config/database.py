"""One address, two databases."""

from os import getpid
from pathlib import Path
from tempfile import gettempdir
from typing import Any
from urllib.parse import unquote, urlsplit

SQLITE_BUSY_SECONDS = 20  # CHECKS.md, design rule 3: writers wait for each other rather than fail
SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA cache_size=-65536;"
    "PRAGMA temp_store=MEMORY;PRAGMA mmap_size=268435456;"
)


def database_settings(url: str, *, home: Path) -> dict[str, Any]:
    """Django's DATABASES entry for `url`; empty means SQLite inside the home.

    Raises ValueError for an address of another kind.
    """
    if not url:
        url = f"sqlite:///{home / 'db.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path[1:] if parts.path.startswith("//") else parts.path.removeprefix("/./"),
            "OPTIONS": {
                "timeout": SQLITE_BUSY_SECONDS,
                "transaction_mode": "IMMEDIATE",
                "init_command": SQLITE_PRAGMAS,
            },
            # A file, like the real one: an in-memory database locks whole tables between threads.
            "TEST": {"NAME": str(Path(gettempdir()) / f"clientarium-test-{getpid()}.sqlite3")},
        }
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    message = f"CLIENTARIUM_DATABASE_URL: unknown kind of database {parts.scheme!r}; use sqlite:///path or postgres://…"
    raise ValueError(message)
