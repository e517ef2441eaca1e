"""Dates as people and programs write them, read once per distinct text."""

import re
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from clientarium.core.ground import N_
from clientarium.core.intake.values.problem import Problem

# Excel counts days from here (its 29 February 1900 never was); 20 000 and 80 000 are 1954 and 2119.
SERIAL_START = date(1899, 12, 30)
SERIALS = range(20_000, 80_000)
EARLIEST = date(1970, 1, 1)
# Clocks of two offices differ by less than a day.
_ONE_DAY = timedelta(days=1)
_AHEAD = {"payments": timedelta(days=3653), "sellers": timedelta(days=366)}
# Two figures of a year: 69 is 2069, 70 is 1970 (POSIX).
CENTURY_TURN = 70

MONTH_STEMS = {
    "янв": 1, "фев": 2, "мар": 3, "апр": 4, "май": 5, "мая": 5, "мае": 5, "июн": 6,
    "июл": 7, "авг": 8, "сен": 9, "окт": 10, "ноя": 11, "дек": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip

NOT_A_DATE = N_("Not a date")
NO_SUCH_DAY = N_("There is no such day in the calendar")
EMPTY_1C_DATE = N_("An empty date of 1C (01.01.0001)")
DATE_TOO_EARLY = N_("The date is before %(earliest)s")
DATE_TOO_LATE = N_("The date is after %(latest)s")
_CURE = N_("Put a date like 31.01.2026 into this cell.")

_ISO_LENGTH = len("2026-01-31")
_ISO_START = re.compile(r"\d{4}-\d{2}-\d{2}")
_LOOK_AT = 100
_TIME = r"(?:[ tT]\s*\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?\s*(?:[aApP][mM])?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){_TIME}")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}|\d{{2}})(?:\s*г\.?)?{_TIME}")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_WORDED = re.compile(rf"(\d{{1,2}})[\s-]+([^\W\d]+)\.?[\s,-]+(\d{{4}}|\d{{2}})(?:\s*(?:г\.?|года))?{_TIME}")
_WORD_FIRST = re.compile(rf"([^\W\d]+)\.?\s+(\d{{1,2}}),?\s+(\d{{4}}){_TIME}")
_SERIAL = re.compile(r"(\d{5})(?:[.,]\d+)?")


def read_date(text: str, order: str) -> date | Problem:
    """Return the day written in one cell, or why it is none; `order` (dmy, mdy) decides 01/02/2026."""
    parts = _parts(text.strip().replace("\u00a0", " "), order)
    if isinstance(parts, date | Problem):
        return parts
    year, month, day = parts
    if (year, month, day) == (1, 1, 1):
        return Problem(EMPTY_1C_DATE, _CURE)
    try:
        return date(year, month, day)
    except ValueError:
        return Problem(NO_SUCH_DAY, _CURE)


def _parts(text: str, order: str) -> tuple[int, int, int] | date | Problem:
    if found := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        return int(found[1]), int(found[2]), int(found[3])
    if found := _YEAR_LAST.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), _full_year(found[3])
        if order == "ymd" and len(found[3]) == len(found[1]) == 2:
            return _full_year(found[1]), second, int(found[3])
        month_first = order == "mdy" if max(first, second) <= 12 else second > 12
        return (year, first, second) if month_first else (year, second, first)
    if found := _WORDED.fullmatch(text):
        month = MONTH_STEMS.get(found[2][:3].casefold())
        return (_full_year(found[3]), month, int(found[1])) if month else Problem(NOT_A_DATE, _CURE)
    if found := _WORD_FIRST.fullmatch(text):
        month = MONTH_STEMS.get(found[1][:3].casefold())
        return (int(found[3]), month, int(found[2])) if month else Problem(NOT_A_DATE, _CURE)
    if (found := _SERIAL.fullmatch(text)) and int(found[1]) in SERIALS:
        return SERIAL_START + timedelta(days=int(found[1]))
    return Problem(NOT_A_DATE, _CURE)


def _full_year(figures: str) -> int:
    year = int(figures)
    if len(figures) > 2:
        return year
    return year + (1900 if year >= CENTURY_TURN else 2000)


def latest_day(kind: str, today: date) -> date:
    """Return the last day a file of `kind` may name: a payment may be due years ahead, a sale has happened."""
    return today + _AHEAD.get(kind, _ONE_DAY)


class DateReader:
    """Reads columns of dates: every distinct text once for the whole file; days outside the span are refused."""

    # A file of timestamps may hold many different ones: what is remembered is forgotten past this number.
    REMEMBERED = 200_000

    def __init__(self, *, order: str, latest: date, earliest: date = EARLIEST) -> None:
        self.order = order
        self.earliest = earliest
        self.latest = latest
        self._known: dict[str, date | None] = {}

    def parse(self, values: pa.Array) -> tuple[pa.Array, pa.Array]:
        """Return (date32 array, rows that hold anything but a day of the span); an empty cell is null, not bad."""
        if pa.types.is_dictionary(values.type):
            values = values.cast(values.type.value_type)
        if pa.types.is_temporal(values.type) and not pa.types.is_time(values.type):
            return self._within(values.cast(pa.date32(), safe=False), pc.is_valid(values))
        if not (pa.types.is_string(values.type) or pa.types.is_large_string(values.type)):
            values = _serial_text(values)
        return self._parse_text(values.cast(pa.string()))

    def problem(self, text: str) -> Problem:
        """Return why `text` was not taken."""
        read = read_date(text, self.order)
        if isinstance(read, Problem):
            return read
        if read < self.earliest:
            return Problem(DATE_TOO_EARLY, _CURE, {"earliest": f"{self.earliest:%d.%m.%Y}"})
        return Problem(DATE_TOO_LATE, _CURE, {"latest": f"{self.latest:%d.%m.%Y}"})

    def _within(self, days: pa.Array, present: pa.Array) -> tuple[pa.Array, pa.Array]:
        span = pc.and_(pc.greater_equal(days, pa.scalar(self.earliest)), pc.less_equal(days, pa.scalar(self.latest)))
        kept = pc.if_else(pc.fill_null(span, False), days, None)
        return kept, pc.and_(present, pc.is_null(kept))

    def _parse_text(self, values: pa.Array) -> tuple[pa.Array, pa.Array]:
        trimmed = pc.utf8_trim_whitespace(values)
        present = pc.fill_null(pc.not_equal(trimmed, ""), False)
        iso = _iso_days(pc.if_else(present, trimmed, None))
        if iso is not None:
            return self._within(iso, present)
        encoded = trimmed.dictionary_encode()
        days = pa.array([self._day(text) for text in encoded.dictionary.to_pylist()], pa.date32())
        return self._within(days.take(encoded.indices), present)

    def _day(self, text: str) -> date | None:
        if text not in self._known:
            if len(self._known) > self.REMEMBERED:
                self._known.clear()
            read = read_date(text, self.order)
            self._known[text] = None if isinstance(read, Problem) else read
        return self._known[text]


def _iso_days(values: pa.Array) -> pa.Array | None:
    """The quick way, for a block where every cell is an ISO date, perhaps with a time; None otherwise."""
    days = values
    first = next((cell for cell in values[:_LOOK_AT] if cell.is_valid), None)
    # Asking Arrow costs a refusal per cell where the dates are of another form.
    if first is not None and not _ISO_START.match(first.as_py()):
        return None
    if (pc.max(pc.binary_length(values)).as_py() or 0) > _ISO_LENGTH:
        times = pc.utf8_slice_codeunits(values, _ISO_LENGTH).dictionary_encode().dictionary
        if not pc.all(pc.match_substring_regex(times, f"^{_TIME}$")).as_py():
            return None
        days = pc.utf8_slice_codeunits(values, 0, _ISO_LENGTH)
    try:
        return days.cast(pa.date32())
    except pa.ArrowInvalid:
        return None


def _serial_text(values: pa.Array) -> pa.Array:
    return (
        values.cast(pa.string())
        if not pa.types.is_floating(values.type)
        else pc.floor(values).cast(pa.int64(), safe=False).cast(pa.string())
    )
