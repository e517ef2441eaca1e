"""Headers that are months: «Январь 2024», «янв.24», 01.2024, 2024-01, and the dates Excel writes for them."""

import calendar
import re
from datetime import date

from clientarium.core.intake.values.dates import CENTURY_TURN, MONTH_STEMS, SERIAL_START, SERIALS

_WORDED = re.compile(r"([^\W\d]{3,9})[.,]?[\s'.\-/]*(\d{4}|\d{2})(?:\s*(?:г\.?|года?))?", re.IGNORECASE)
_YEAR_FIRST_WORDED = re.compile(r"(\d{4})[\s.\-/]+([^\W\d]{3,9})\.?", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(\d{1,2})[.\-/](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[.\-/](\d{1,2})(?:[.\-/]0?1(?:[ T]00:00:00)?)?")
_FIRST_DAY = re.compile(r"0?1[.\-/](\d{1,2})[.\-/](\d{4})(?:\s+0?0:00:00)?")
_YEARS = range(1970, 2120)
_FULL_NAMES = (
    "январь", "февраль", "март", "апрель", "май", "июнь",
    "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


def month_of_header(header: str) -> date | None:
    """Return the first day of the month a header names, None when it names none."""
    text = header.strip().casefold()
    if found := _WORDED.fullmatch(text):
        return _first_day(found[2], _month_number(found[1]))
    if found := _YEAR_FIRST_WORDED.fullmatch(text):
        return _first_day(found[1], _month_number(found[2]))
    if found := _MONTH_FIRST.fullmatch(text) or _FIRST_DAY.fullmatch(text):
        return _first_day(found[2], int(found[1]))
    if found := _YEAR_FIRST.fullmatch(text):
        return _first_day(found[1], int(found[2]))
    return _serial_month(text)


def _month_number(word: str) -> int | None:
    """Only a month's name or its beginning counts: «Марка 24» is no March."""
    known = any(name.startswith(word) for name in _FULL_NAMES) or word in ("мая", "sept", "сент")
    return MONTH_STEMS.get(word[:3]) if known else None


def _first_day(year: str, month: int | None) -> date | None:
    number = int(year)
    if len(year) == 2:
        number += 1900 if number >= CENTURY_TURN else 2000
    return date(number, month, 1) if month and month in range(1, 13) and number in _YEARS else None


def _serial_month(text: str) -> date | None:
    """Excel keeps a month as the serial of its first day."""
    if not text.isdecimal() or int(text) not in SERIALS:
        return None
    day = date.fromordinal(SERIAL_START.toordinal() + int(text))
    return day if day.day == 1 else None


def last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])
