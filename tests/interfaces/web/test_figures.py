"""How numbers look: the same cases a reader of the screens would check."""

from datetime import date
from decimal import Decimal

import pytest

from clientarium.interfaces.web import figures

THIN, HARD, MINUS = figures.THIN_SPACE, figures.HARD_SPACE, figures.MINUS


@pytest.mark.parametrize(
    ("value", "ru", "en"),
    [
        (None, "—", "—"),
        (0, "0", "0"),
        (987, "987", "987"),
        (999.4, "999", "999"),
        (999.5, f"1{HARD}тыс.", f"1{HARD}k"),
        (12300, f"12,3{HARD}тыс.", f"12.3{HARD}k"),
        (999_499, f"999{HARD}тыс.", f"999{HARD}k"),
        (999_500, f"1{HARD}млн", f"1{HARD}m"),
        (Decimal("1240000.5"), f"1,24{HARD}млн", f"1.24{HARD}m"),
        (-1_200_000_000, f"{MINUS}1,2{HARD}млрд", f"{MINUS}1.2{HARD}bn"),
        (1_234_000_000_000, f"1{THIN}234{HARD}млрд", f"1,234{HARD}bn".replace(",", THIN)),
    ],
)
def test_money(value: object, ru: str, en: str) -> None:
    assert (figures.money(value), figures.money(value, language="en")) == (ru, en)


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        (None, 0, "—"),
        (0.26, 0, f"26{HARD}%"),
        (0.0987, 1, f"9,9{HARD}%"),
        (0.0003, 0, f"<1{HARD}%"),
        (0.0003, 1, f"<0,1{HARD}%"),
        (0, 0, f"0{HARD}%"),
        (-0.024, 0, f"{MINUS}2{HARD}%"),
    ],
)
def test_share(value: float | None, places: int, text: str) -> None:
    assert figures.share(value, places=places) == text


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (112, 100, f"+12{HARD}%"),
        (88, 100, f"{MINUS}12{HARD}%"),
        (100, 100, f"0{HARD}%"),
        (5, 0, "—"),
        (5, None, "—"),
        (None, 5, "—"),
        (5, -3, "—"),
    ],
)
def test_change(now: int | None, before: int | None, text: str) -> None:
    assert figures.change(now, before) == text


def test_whole_numbers_and_exact_values() -> None:
    assert figures.number(2514) == f"2{THIN}514"
    assert figures.number(-0.4) == "0"
    assert figures.number(2.5) == "3"
    assert figures.exact(Decimal("1240000.5000")) == f"1{THIN}240{THIN}000,50"
    assert figures.exact(Decimal("12.0000")) == "12"
    assert figures.signed_money(Decimal(1500)) == f"+1,5{HARD}тыс."
    assert figures.day(date(2026, 10, 31)) == "31.10.2026"
