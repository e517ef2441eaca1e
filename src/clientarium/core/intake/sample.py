"""The first rows as they were understood, for the page where a person corrects the guesses."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from clientarium.core.intake.layout import Layout
from clientarium.core.intake.meanings import meaning_of_name
from clientarium.core.intake.readers import HeadRow
from clientarium.core.intake.values import Problem, latest_day, read_date, read_number


def sample_rows(
    headers: Sequence[str], rows: Sequence[HeadRow], *, layout: Layout, today: date
) -> tuple[dict[str, Any], ...]:
    """Return for each row header → the value as it will be loaded, as text; a value that cannot be read is None."""
    return tuple(
        {
            header: _understood(
                row.cells[index] if index < len(row.cells) else "", header=header, layout=layout, today=today
            )
            for index, header in enumerate(headers)
        }
        for row in rows
        if any(cell.strip() for cell in row.cells)
    )


def _understood(text: str, *, header: str, layout: Layout, today: date) -> str | None:
    name = layout.meaning_of(header)
    if name in ("ignore", "field") or not text.strip():
        return text.strip()
    type_name = meaning_of_name(layout.kind, name).type
    if type_name == "date":
        day = read_date(text, layout.date_order)
        return None if isinstance(day, Problem) or day > latest_day(layout.kind, today) else day.isoformat()
    if type_name == "number":
        number = read_number(text.strip(), layout.decimal_mark)
        return None if isinstance(number, Problem) else f"{number.normalize():f}"
    return text.strip()
