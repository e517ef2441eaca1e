"""Calendar arithmetic: windows are counted in calendar months back from `as_of`, which is inclusive."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from clientarium.core.ground.errors import N_, UserError

MONTHS_IN_YEAR = 12
WINDOW_PATTERN = re.compile(r"^(?P<prev>prev )?(?P<months>[1-9][0-9]{0,2})m$")


def add_months(day: date, months: int) -> date:
    """`day` moved by calendar months; a day the month lacks becomes its last one (31 March - 1 = 28/29 February)."""
    years, month_index = divmod(day.month - 1 + months, MONTHS_IN_YEAR)
    year, month = day.year + years, month_index + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


@dataclass(frozen=True, order=True)
class Window:
    """The span of facts a metric speaks of: `months` long, the one before it when `is_previous`, everything if None."""

    months: int | None
    is_previous: bool = False

    def __post_init__(self) -> None:
        assert self.months is not None or not self.is_previous, "there is nothing before all time"

    @classmethod
    def parse(cls, text: str) -> "Window":
        """The window written '12m', 'prev 12m' or 'all'; raises UserError for anything else."""
        if text == "all":
            return cls(None)
        match = WINDOW_PATTERN.match(text)
        if match is None:
            raise UserError(
                N_("“%(word)s” is not a window of time."),
                cure=N_("Write it as 12m, prev 12m, 3m, 1m or all."),
                word=text,
            )
        return cls(int(match["months"]), match["prev"] is not None)

    def __str__(self) -> str:
        if self.months is None:
            return "all"
        return f"prev {self.months}m" if self.is_previous else f"{self.months}m"

    @property
    def suffix(self) -> str:
        """The window inside a metric's name: `12m`, `prev_12m`, `all`."""
        return str(self).replace(" ", "_")

    def bounds(self, as_of: date) -> tuple[date | None, date]:
        """(after, until]: facts with `after < date <= until` are inside; `after` is None for all time."""
        if self.months is None:
            return None, as_of
        if self.is_previous:
            return add_months(as_of, -2 * self.months), add_months(as_of, -self.months)
        return add_months(as_of, -self.months), as_of

    def contains(self, day: date, *, as_of: date) -> bool:
        after, until = self.bounds(as_of)
        return (after is None or after < day) and day <= until
