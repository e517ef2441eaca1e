"""ИНН and КПП: what they look like and their check digits (приказ ФНС ЕД-7-14/559@; the sums are stdnum's)."""

import re

from stdnum.ru import inn as russian_inn

# Two figures of the region's tax office, two of the office, two of the reason (letters allowed), three of the order.
_KPP = re.compile(r"\d{4}[\dA-Z]{2}\d{3}")
_SPREADSHEET_TAIL = re.compile(r"\.0+$")
_LENGTHS = (10, 12)


def check_inn(text: str) -> str | None:
    """Return the ИНН in 10 or 12 figures if its check digits are right, None otherwise.

    A leading zero a spreadsheet has eaten is put back when the check digits say it was there.
    """
    figures = re.sub(r"\s", "", _SPREADSHEET_TAIL.sub("", text.strip()))
    if not figures.isascii() or not figures.isdecimal():
        return None
    padded = figures.zfill(len(figures) + 1) if len(figures) + 1 in _LENGTHS else figures
    valid: bool = len(padded) in _LENGTHS and russian_inn.is_valid(padded) and padded.strip("0") != ""
    return padded if valid else None


def check_kpp(text: str) -> str | None:
    """Return the КПП if it has the form of one (it has no check digit), None otherwise."""
    figures = re.sub(r"\s", "", _SPREADSHEET_TAIL.sub("", text.strip())).upper()
    padded = figures.zfill(9) if figures.isdecimal() and len(figures) == 8 else figures
    return padded if _KPP.fullmatch(padded) else None
