"""What stays the same for every grid of one reading."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from clientarium.core.intake.layout import Layout
from clientarium.core.intake.values import DateReader


@dataclass(frozen=True)
class Reading:
    layout: Layout
    headers: Sequence[str]
    dates: DateReader
    delimiter: str | None
    today: date
