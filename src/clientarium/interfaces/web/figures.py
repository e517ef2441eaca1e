"""How numbers, money, shares and dates look on a screen: pure functions of a value and a language.

Numbers have narrow no-break thousands, a real minus and the language's decimal mark; money is shortened to three
significant digits («1,24 млн») where the exact value is one hover away.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

Figure = int | float | Decimal

THIN_SPACE = "\u202f"
HARD_SPACE = "\u00a0"
MINUS = "\u2212"
NOTHING = "—"
DECIMAL_MARK = {"ru": ",", "en": "."}
STEPS = (  # (from which absolute value, divisor, word by language)
    (Decimal(10) ** 9, {"ru": "млрд", "en": "bn"}),
    (Decimal(10) ** 6, {"ru": "млн", "en": "m"}),
    (Decimal(10) ** 3, {"ru": "тыс.", "en": "k"}),
)
SIGNIFICANT_DIGITS = 3
ROUNDING_LIMIT = Decimal("999.5")  # from here on, three digits of a step read as one thousand of it


def number(value: Figure | None, *, places: int = 0, language: str = "ru") -> str:
    """`1234.5` → «1 235»; None → «—»."""
    if value is None:
        return NOTHING
    rounded = _decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{places}f}".replace(",", THIN_SPACE).replace(".", _mark(language))
    return f"{MINUS}{text}" if rounded < 0 else text


def exact(value: Figure | None, *, language: str = "ru") -> str:
    """The value whole, to the kopeck, without trailing zeros of a whole number."""
    if value is None:
        return NOTHING
    whole = _decimal(value)
    return number(whole, places=0 if whole == whole.to_integral_value() else 2, language=language)


def money(value: Figure | None, *, language: str = "ru") -> str:
    """`1240000` → «1,24 млн», `12300` → «12,3 тыс.», `987` → «987»."""
    if value is None:
        return NOTHING
    amount = _decimal(value)
    for size, words in STEPS:
        if abs(amount) >= size * ROUNDING_LIMIT / 1000:
            word = words.get(language, words["en"])
            return f"{number(amount / size, places=_places(amount / size), language=language)}{HARD_SPACE}{word}"
    return number(amount, language=language)


def share(value: Figure | None, *, places: int = 0, language: str = "ru") -> str:
    """`0.099` → «10 %»; a share that is not nought but rounds to it is «<1 %»."""
    if value is None:
        return NOTHING
    percent = _decimal(value) * 100
    least = Decimal(1).scaleb(-places)
    if 0 < percent < least / 2:
        return f"<{number(least, places=places, language=language)}{HARD_SPACE}%"
    return f"{number(percent, places=places, language=language)}{HARD_SPACE}%"


def signed(text: str, value: Figure | None) -> str:
    """`text` with a plus in front where `value` is above nought."""
    return f"+{text}" if value is not None and value > 0 else text


def signed_money(value: Figure | None, *, language: str = "ru") -> str:
    """`12300` → «+12,3 тыс.»."""
    return signed(money(value, language=language), value)


def change(now: Figure | None, before: Figure | None, *, language: str = "ru") -> str:
    """Relative change as «+12 %»; «—» where there was nothing to compare with."""
    if now is None or before is None or before <= 0:
        return NOTHING
    relative = _decimal(now) / _decimal(before) - 1
    return signed(share(relative, language=language), round(relative, 2))


def day(value: date | None) -> str:
    """dd.mm.yyyy."""
    return NOTHING if value is None else value.strftime("%d.%m.%Y")


def age_hours(then: datetime, *, now: datetime) -> int:
    """Whole hours between two moments, never below nought."""
    return max(0, int((now - then).total_seconds() // 3600))


def _decimal(value: Figure) -> Decimal:
    return value if isinstance(value, Decimal) else Decimal(str(value))


def _mark(language: str) -> str:
    return DECIMAL_MARK.get(language, ".")


def _places(scaled: Decimal) -> int:
    """Digits after the mark that leave three significant ones; none for a whole number of steps."""
    whole_digits = len(str(int(abs(scaled)))) if abs(scaled) >= 1 else 1
    places = max(0, SIGNIFICANT_DIGITS - whole_digits)
    while places and round(scaled, places) == round(scaled, places - 1):
        places -= 1
    return places
