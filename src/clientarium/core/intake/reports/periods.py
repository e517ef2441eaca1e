"""The period of a report in every spelling 1C has for it."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from clientarium.core.intake.values import Problem, read_date
from clientarium.core.intake.values.dates import MONTH_STEMS

_DAY = r"\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d{2})(?!\d)"
_TIME = r"(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?"
_DASH = r"\s*(?:-|–|—|по|\.\.\.|…)\s*"
_BETWEEN = re.compile(rf"({_DAY}){_TIME}{_DASH}({_DAY})", re.IGNORECASE)
_ONE_DAY = re.compile(rf"({_DAY})")
_WORDED_DAY = re.compile(r"(\d{1,2})\s+([а-яёa-z]{3,9})\s+(\d{4})", re.IGNORECASE)
_WORDED_MONTH = re.compile(r"(?<![\d\s])\s*\b([а-яёa-z]{3,9})\s+(\d{4})", re.IGNORECASE)
_QUARTER = re.compile(r"\b([1-4]|I{1,3}|IV)\s*-?(?:й|ый|ой)?\s*кв(?:артал|\.)?\w*\s*(\d{4})", re.IGNORECASE)
_HALF = re.compile(r"\b([12]|I{1,2})\s*-?(?:е|ое)?\s*полугодие\s*(\d{4})", re.IGNORECASE)
_NINE_MONTHS = re.compile(r"\b(\d{1,2})\s+месяц\w*\s+(\d{4})", re.IGNORECASE)
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d{2})\s*(?:г\.?|год\w*)?(?![\d.])", re.IGNORECASE)
_ROMAN = {"I": 1, "II": 2, "III": 3, "IV": 4}
_UNSET = re.compile(r"не\s+(?:установлен|задан|ограничен|указан)", re.IGNORECASE)


@dataclass(frozen=True)
class Period:
    """First and last day, both inside."""

    first_on: date
    last_on: date


def period_in(text: str) -> Period | None:
    """Return the period a text names; None for none, for «не установлен» and for one that ends before it begins."""
    text = re.sub(r"[\s\u00a0\u202f]+", " ", text)
    if _UNSET.search(text):
        return None
    if found := _BETWEEN.search(text):
        return _period(_day(found[1]), _day(found[2]))
    parts = [one for one in _parts(text) if one]
    return _period(parts[0].first_on, parts[-1].last_on) if parts else None


def _parts(text: str) -> list[Period]:
    """The periods one beside the other in a text: «Январь 2025 г. - Февраль 2026 г.»."""
    for pattern, read in (
        (_WORDED_DAY, _worded_day), (_ONE_DAY, _plain_day), (_QUARTER, _quarter), (_HALF, _half),
        (_NINE_MONTHS, _months_of_year), (_WORDED_MONTH, _worded_month), (_YEAR, _year),
    ):  # fmt: skip
        found = [period for one in pattern.finditer(text) if (period := read(one))]
        if found:
            return found
    return []


def _worded_day(found: re.Match[str]) -> Period | None:
    month = MONTH_STEMS.get(found[2][:3].casefold())
    return _safe(int(found[3]), month, int(found[1])) if month else None


def _plain_day(found: re.Match[str]) -> Period | None:
    day = _day(found[1])
    return Period(day, day) if day else None


def _quarter(found: re.Match[str]) -> Period:
    number = _ROMAN.get(found[1].upper()) or int(found[1])
    return months(int(found[2]), number * 3 - 2, 3)


def _half(found: re.Match[str]) -> Period:
    number = _ROMAN.get(found[1].upper()) or int(found[1])
    return months(int(found[2]), number * 6 - 5, 6)


def _months_of_year(found: re.Match[str]) -> Period | None:
    count = int(found[1])
    return months(int(found[2]), 1, count) if 1 <= count <= 12 else None


def _worded_month(found: re.Match[str]) -> Period | None:
    month = MONTH_STEMS.get(found[1][:3].casefold())
    return months(int(found[2]), month, 1) if month else None


def _year(found: re.Match[str]) -> Period:
    return months(int(found[1]), 1, 12)


def months(year: int, first: int, count: int) -> Period:
    """Return whole months: `count` of them from month `first`."""
    last = first + count - 1
    return Period(date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1]))


def _day(text: str) -> date | None:
    read = read_date(text, "dmy")
    return None if isinstance(read, Problem) else read


def _safe(year: int, month: int, day: int) -> Period | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return Period(found, found)


def _period(first: date | None, last: date | None) -> Period | None:
    if first is None or last is None or first > last + timedelta(days=0):
        return None
    return Period(first, last)
