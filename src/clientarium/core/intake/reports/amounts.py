"""Numbers of a report, one by one: whatever mark and blanks they are written with, exact."""

import re
from decimal import Decimal

from clientarium.core.intake.values import Problem, read_number

_NUMBER = re.compile(r"^[-+−(]?[\d\s\u00a0\u2007\u2009\u202f'’.,]+\)?-?$")
_PLAIN = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
# Amounts are kept to the fourth decimal (facts); float tails of the program that wrote the file end here.
_SCALE = Decimal("0.0001")
_LARGEST = Decimal(10) ** 13


def amount_in(text: str) -> Decimal | None:
    """Return the number a cell shows, None for any other text; the comma of «1 234,5» is the decimal mark."""
    text = text.strip()
    if not text:
        return None
    if _PLAIN.fullmatch(text):
        return _scaled(Decimal(text))
    if not _NUMBER.match(text) or not any(map(str.isdigit, text)):
        return None
    if text.endswith("-"):
        text = "-" + text[:-1]
    mark = "," if text.rfind(",") > text.rfind(".") else "."
    if mark == "." and text.count(".") > 1:
        return None
    read = read_number(text, mark)
    return None if isinstance(read, Problem) else _scaled(read)


def _scaled(number: Decimal) -> Decimal | None:
    return number.quantize(_SCALE) if abs(number) < _LARGEST else None


def amount_text(number: Decimal) -> str:
    """Return the number so that it reads back the same: no three decimals, which could be thousands."""
    text = f"{number.normalize():f}"
    return text + "0" if len(text.partition(".")[2]) == 3 else text


def decimals_of(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(-exponent, 0) if isinstance(exponent, int) else 0
