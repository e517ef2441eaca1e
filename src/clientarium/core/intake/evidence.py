"""What the values of a column look like, whatever its header says."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from clientarium.core.identity import check_inn
from clientarium.core.intake.values import Problem, read_date, read_number

_PHONE = re.compile(r"\+?[78]?[\s(-]*\d{3,5}[\s)-]*\d[\d\s-]{4,9}")
_EMAIL = re.compile(r"[^@\s;,]+@[^@\s;,]+\.[^@\s;,]{2,}")
_BOOLEANS = frozenset({"true", "false", "да", "нет", "yes", "no", "1", "0", "y", "n", "возврат", "return", ""})
_SHORT_GROUP = re.compile(r"[+-]?\d{1,3}[.,]\d{3}")


@dataclass(frozen=True)
class Evidence:
    """Shares of the filled cells that read as each type; 0 filled cells prove nothing."""

    filled: int
    date: float
    number: float
    inn: float
    phone: float
    email: float
    boolean: float


def evidence_of(cells: Sequence[str]) -> Evidence:
    filled = [cell.strip() for cell in cells if cell.strip()]

    def share(test: Callable[[str], bool]) -> float:
        return sum(map(test, filled)) / len(filled) if filled else 0.0

    return Evidence(
        filled=len(filled),
        date=share(_is_date),
        number=share(_is_number),
        inn=share(lambda cell: len(cell) in (10, 12) and check_inn(cell) is not None),
        phone=share(lambda cell: bool(_PHONE.match(cell)) and sum(map(str.isdigit, cell)) >= 10),
        email=share(lambda cell: bool(_EMAIL.search(cell))),
        boolean=share(lambda cell: cell.casefold() in _BOOLEANS),
    )


def _is_date(cell: str) -> bool:
    return any(not isinstance(read_date(cell, order), Problem) for order in ("dmy", "mdy"))


def _is_number(cell: str) -> bool:
    return not isinstance(read_number(cell, ","), Problem) or not isinstance(read_number(cell, "."), Problem)


def date_order_of(cells: Sequence[str]) -> tuple[str, bool]:
    """Return (dmy or mdy, whether the cells leave no doubt)."""
    found = [re.match(r"\s*(\d{1,2})([-/.])(\d{1,2})\2\d{2,4}", cell) for cell in cells]
    pairs = [(int(one[1]), int(one[3]), one[2]) for one in found if one]
    day_first = any(first > 12 for first, _, _ in pairs)
    month_first = any(second > 12 for _, second, _ in pairs)
    if month_first and not day_first:
        return "mdy", True
    # Points between figures are the Russian and German way, where the day is always first.
    return "dmy", day_first != month_first or all(mark == "." for _, _, mark in pairs)


def decimal_mark_of(cells: Sequence[str], *, usual: str) -> tuple[str, bool]:
    """Return (the decimal mark, whether the cells leave no doubt); `usual` is taken where 1,234 is all there is."""
    texts = [re.sub(r"[^\d.,]", "", cell) for cell in cells]
    votes = {",": 0, ".": 0}
    unclear = 0
    for text in texts:
        last = max(text.rfind(","), text.rfind("."))
        if last < 0:
            continue
        mark, other = text[last], "." if text[last] == "," else ","
        if text.count(mark) > 1:
            votes[other] += 1
        elif _SHORT_GROUP.fullmatch(text):
            unclear += 1
        else:
            votes[mark] += 1
    if votes[","] == votes["."]:
        return usual, not unclear and not votes[","]
    return ("," if votes[","] > votes["."] else "."), not (votes[","] and votes["."])
