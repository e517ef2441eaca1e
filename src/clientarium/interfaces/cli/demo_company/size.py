"""How large a demo company to make, and until when."""

from dataclasses import dataclass
from datetime import date

DEFAULT_SEED = 20261031
DEFAULT_END = date(2026, 10, 31)


@dataclass(frozen=True)
class Size:
    """Clients on the list, whole years of sales before and including `end`, and the seed all chance comes from."""

    clients: int = 2500
    years: int = 5
    seed: int = DEFAULT_SEED
    end: date = DEFAULT_END

    @property
    def start(self) -> date:
        """First day of the history: the day after `end` so many years ago."""
        return date.fromordinal(_years_before(self.end, self.years).toordinal() + 1)

    def months_before_end(self, months: int) -> date:
        """Last day of the period that ends `months` months before `end`; the rest of a short month is cut."""
        index = self.end.year * 12 + self.end.month - 1 - months
        return _clipped(index // 12, index % 12 + 1, self.end.day)


def _years_before(day: date, years: int) -> date:
    return _clipped(day.year - years, day.month, day.day)


def _clipped(year: int, month: int, day: int) -> date:
    last = [31, 29 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return date(year, month, min(day, last[month - 1]))
