"""What the terminal shows: tables and sentences for people, one JSON document for programs."""

import json
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

NARROW_SPACE = "\u202f"
UNKNOWN = "—"
PIPED_WIDTH = 240  # where nobody looks at a window, a table is as wide as it likes


def out() -> Console:
    """Standard output as it is now (tests exchange it)."""
    return Console(file=sys.stdout, highlight=False, soft_wrap=True)


def complain(text: str) -> None:
    """A sentence on standard error."""
    Console(file=sys.stderr, highlight=False, soft_wrap=True).print(escape(text), style="red")


def note(text: str) -> None:
    """A hint on standard error: it never mixes with data on standard output."""
    Console(file=sys.stderr, highlight=False, soft_wrap=True).print(escape(text), style="dim")


def say(text: str = "") -> None:
    """A sentence on standard output."""
    out().print(escape(text))


def print_json(value: Any) -> None:
    """One JSON document: numbers as numbers (money too), dates ISO, null where unknown."""
    json.dump(plain(value), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def print_table(
    columns: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "", right: Iterable[int] = ()
) -> None:
    """A table as wide as the terminal; columns in `right` hold figures."""
    table = Table(
        title=escape(title) if title else None, title_justify="left", header_style="bold", box=None, pad_edge=False
    )
    figures = set(right)
    for number, name in enumerate(columns):
        table.add_column(escape(name), justify="right" if number in figures else "left", overflow="fold")
    for row in rows:
        table.add_row(*(escape(shown(value)) for value in row))
    Console(file=sys.stdout, highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH).print(table)


def shown(value: Any) -> str:
    """A value as people read it: 1 234,50 and 31.10.2026; a dash where it is unknown."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return "✓" if value else ""
    if isinstance(value, datetime):
        return value.strftime("%d.%m.%Y %H:%M")
    if isinstance(value, date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, int):
        return f"{value:,}".replace(",", NARROW_SPACE)
    if isinstance(value, float | Decimal):
        return _number(value)
    return str(value)


def _number(value: float | Decimal) -> str:
    digits = 2 if not -1 < value < 1 else 4
    text = f"{value:,.{digits}f}".rstrip("0").rstrip(".") if digits > 2 else f"{value:,.{digits}f}"
    return text.replace(",", NARROW_SPACE).replace(".", ",")


def plain(value: Any) -> Any:
    """The value in JSON's own types. Money leaves as a number: its kopecks fit a double's 15 digits exactly."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, float) and math.isnan(value):
        return None
    return value if value is None or isinstance(value, (bool, int, float, str)) else str(value)
