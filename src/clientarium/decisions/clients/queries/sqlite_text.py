"""Text functions SQLite lacks: its own lower() and like know only Latin letters."""

import re
from functools import lru_cache
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

LOWER, UPPER, LIKE = "CLIENTARIUM_LOWER", "CLIENTARIUM_UPPER", "CLIENTARIUM_LIKE"
PATTERNS_KEPT = 64


def add_text_functions(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Receiver of `connection_created`."""
    if connection.vendor != "sqlite":
        return
    database: Any = connection.connection
    database.create_function(LOWER, 1, lower, deterministic=True)
    database.create_function(UPPER, 1, upper, deterministic=True)
    database.create_function(LIKE, 3, like, deterministic=True)


def lower(text: str | None) -> str | None:
    return None if text is None else str(text).lower()


def upper(text: str | None) -> str | None:
    return None if text is None else str(text).upper()


def like(text: str | None, pattern: str, ignore_case: int) -> bool | None:
    """SQL's like with `%` and `_` and no escape sign."""
    if text is None:
        return None
    return pattern_of(pattern, bool(ignore_case)).fullmatch(str(text)) is not None


@lru_cache(maxsize=PATTERNS_KEPT)
def pattern_of(pattern: str, ignore_case: bool) -> re.Pattern[str]:
    parts = [".*" if sign == "%" else "." if sign == "_" else re.escape(sign) for sign in pattern]
    return re.compile("".join(parts), re.DOTALL | (re.IGNORECASE if ignore_case else re.NOFLAG))
