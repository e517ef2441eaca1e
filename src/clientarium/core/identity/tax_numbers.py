"""ИНН, КПП, ОГРН and the Kazakh БИН: what they look like and their check digits.

ИНН and КПП by приказ ФНС ЕД-7-14/559@, ОГРН by приказ Минфина 165н. Counted here and not by python-stdnum 2.2: that one
forgets to take the last figure of the remainder for ОГРНИП and refuses three of thirteen, and a million ИНН take it
half a minute.
"""

import re
from operator import mul

# Two figures of the region's tax office, two of the office, two of the reason (letters allowed), three of the order.
_KPP = re.compile(r"\d{4}[\dA-Z]{2}\d{3}")
_SPREADSHEET_TAIL = re.compile(r"\.0+$")
_LENGTHS = (10, 12)
_INN_WEIGHTS = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_OGRN_DIVISORS = {13: 11, 15: 13}


def check_inn(text: str) -> str | None:
    """Return the ИНН in 10 or 12 figures if its check digits are right, None otherwise.

    A leading zero a spreadsheet has eaten is put back when the check digits say it was there.
    """
    figures = re.sub(r"\s", "", _SPREADSHEET_TAIL.sub("", text.strip()))
    if not figures.isascii() or not figures.isdecimal():
        return None
    padded = figures.zfill(len(figures) + 1) if len(figures) + 1 in _LENGTHS else figures
    return padded if len(padded) in _LENGTHS and padded.strip("0") and _has_inn_checks(padded) else None


def _has_inn_checks(figures: str) -> bool:
    """A firm's last figure, a person's last two: each the weighed sum of all before it, % 11 % 10."""
    numbers = [int(one) for one in figures]
    checked = (9,) if len(figures) == 10 else (10, 11)
    return all(sum(map(mul, _INN_WEIGHTS[11 - place :], numbers)) % 11 % 10 == numbers[place] for place in checked)


def check_kpp(text: str) -> str | None:
    """Return the КПП if it has the form of one (it has no check digit), None otherwise."""
    figures = re.sub(r"\s", "", _SPREADSHEET_TAIL.sub("", text.strip())).upper()
    padded = figures.zfill(9) if figures.isdecimal() and len(figures) == 8 else figures
    return padded if _KPP.fullmatch(padded) else None


def check_ogrn(text: str) -> str | None:
    """Return the ОГРН (13 figures) or ОГРНИП (15) if its check digit is right, None otherwise."""
    figures = re.sub(r"\s", "", _SPREADSHEET_TAIL.sub("", text.strip()))
    if len(figures) not in _OGRN_DIVISORS or not figures.isascii() or not figures.isdecimal():
        return None
    remainder = int(figures[:-1]) % _OGRN_DIVISORS[len(figures)]
    return figures if remainder % 10 == int(figures[-1]) else None


def check_bin(text: str) -> str | None:
    """Return the БИН or ИИН of Kazakhstan (12 figures, year and month first) if its check digit is right.

    It stands in columns headed ИНН, where it is no error. Weights 1…11; if that leaves 10, 3…11 1 2.
    """
    figures = re.sub(r"\s", "", _SPREADSHEET_TAIL.sub("", text.strip()))
    if len(figures) != 12 or not figures.isascii() or not figures.isdecimal() or not 1 <= int(figures[2:4]) <= 12:
        return None
    for weights in ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)):
        remainder = sum(weight * int(one) for weight, one in zip(weights, figures, strict=False)) % 11
        if remainder < 10:
            return figures if remainder == int(figures[-1]) else None
    return None
