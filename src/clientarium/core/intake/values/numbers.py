"""Numbers as people and programs write them: 1 234,56 · 1,234.56 · (12) · −5 · 1.2E+3 · 1 200 ₽."""

import re
from decimal import Decimal, InvalidOperation

import pyarrow as pa
import pyarrow.compute as pc

from clientarium.core.ground import N_
from clientarium.core.intake.values.problem import Problem
from clientarium.core.intake.values.texts import may_hold

MONEY = pa.decimal128(18, 4)
_WIDE = pa.decimal128(38, 10)
_SCALE = Decimal("0.0001")
# A line of sale above a million million in any currency is a typing error, and products of two such still fit DECIMAL.
LARGEST = 10**12

_BLANK = r"[\s\x{00a0}\x{2007}\x{2009}\x{202f}'’]+"
_MONEY_SIGN = r"(?i)(₽|€|\$|£|руб\.?|р\.|rub|usd|eur)"
_GROUPED = {
    ",": r"^[+-]?(\d{1,9}|\d{1,3}(\.\d{3})+|\d{10,13})?(,\d{1,10})?$",
    ".": r"^[+-]?(\d{1,9}|\d{1,3}(,\d{3})+|\d{10,13})?(\.\d{1,10})?$",
}
_OTHER = {",": ".", ".": ","}

NOT_A_NUMBER = N_("Not a number")
NUMBER_TOO_LARGE = N_("The number is too large to be true")
FORMULA = N_("A formula instead of its result")


def parse_numbers(values: pa.Array, mark: str) -> tuple[pa.Array, pa.Array]:
    """Return (MONEY array, rows that hold something else than a number); an empty cell is null and not bad."""
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        return _parse_text(values.cast(pa.string()), mark)
    if pa.types.is_null(values.type):
        return pa.nulls(len(values), MONEY), pc.is_valid(values)
    if pa.types.is_temporal(values.type) or pa.types.is_boolean(values.type):
        return pa.nulls(len(values), MONEY), pc.is_valid(values)
    return _parse_typed(values)


def _parse_typed(values: pa.Array) -> tuple[pa.Array, pa.Array]:
    fits = pc.less(pc.abs(values.cast(pa.float64(), safe=False)), float(LARGEST))
    if pa.types.is_floating(values.type):
        fits = pc.and_(fits, pc.is_finite(values))
        values = pc.round(pc.if_else(fits, values, None), 4)
    else:
        values = pc.if_else(fits, values, None)
        values = pc.round(values, 4) if pa.types.is_decimal(values.type) else values.cast(pa.decimal128(38, 4))
    return values.cast(MONEY), pc.fill_null(pc.invert(fits), False)


def _parse_text(values: pa.Array, mark: str) -> tuple[pa.Array, pa.Array]:
    trimmed = pc.utf8_trim_whitespace(values)
    trimmed = pc.if_else(pc.equal(trimmed, ""), None, trimmed)
    plain = _plain(trimmed, mark)
    if plain is not None:
        return plain, pa.repeat(pa.scalar(False), len(values))
    cleaned = pc.replace_substring(pc.replace_substring_regex(trimmed, _BLANK, ""), "−", "-")
    good = pc.fill_null(
        pc.and_(pc.match_substring_regex(cleaned, _GROUPED[mark]), pc.greater(pc.utf8_length(cleaned), 0)), False
    )
    good = pc.and_(good, pc.match_substring_regex(pc.coalesce(cleaned, pa.scalar("")), r"\d"))
    canonical = pc.replace_substring(pc.replace_substring(cleaned, _OTHER[mark], ""), ",", ".")
    numbers = pc.round(pc.if_else(good, canonical, None).cast(_WIDE), 4)
    small = pc.fill_null(pc.less(pc.abs(numbers), pa.scalar(Decimal(LARGEST), pa.decimal128(38, 10))), False)
    result = pc.if_else(small, numbers, None).cast(MONEY)
    return _one_by_one(result, trimmed, mark, pc.and_(pc.is_valid(trimmed), pc.invert(pc.and_(good, small))))


def _plain(trimmed: pa.Array, mark: str) -> pa.Array | None:
    """The quick way, for a block where every cell is a plain number of at most four decimals; None otherwise."""
    if mark == ",":
        if may_hold(trimmed, b"."):
            return None
        trimmed = pc.replace_substring(trimmed, ",", ".")
    try:
        numbers = trimmed.cast(MONEY)
    except pa.ArrowInvalid:
        return None
    largest = pc.max(pc.abs(numbers)).as_py()
    return numbers if largest is None or largest < LARGEST else None


def _one_by_one(result: pa.Array, texts: pa.Array, mark: str, left: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Read the few cells the regular expression did not take with the slow reader."""
    rows = pc.indices_nonzero(left).to_pylist()
    if not rows:
        return result, left
    read = {row: read_number(texts[row].as_py(), mark) for row in rows}
    found = [read.get(row) if isinstance(read.get(row), Decimal) else None for row in range(len(texts))]
    bad = pa.array([isinstance(read.get(row), Problem) for row in range(len(texts))])
    return pc.coalesce(result, pa.array(found, MONEY)), bad


def read_number(text: str, mark: str) -> Decimal | Problem:
    """Return the number written in one cell, or why it is none; the same answers as the quick way, in plain Python."""
    if text.startswith("="):
        return Problem(FORMULA, N_("Save the file with values, not formulas."))
    cleaned = re.sub(r"[\s\u00a0\u2007\u2009\u202f'’]+", "", text).replace("−", "-")
    cleaned = re.sub(_MONEY_SIGN, "", cleaned).removesuffix("%")
    bracketed = re.fullmatch(r"\((.+)\)", cleaned)
    cleaned = "-" + bracketed[1] if bracketed else cleaned
    try:
        number = Decimal(_with_point(cleaned, mark))
    except InvalidOperation:
        return Problem(NOT_A_NUMBER, N_("Put a number into this cell or leave it empty."))
    if not number.is_finite():
        return Problem(NOT_A_NUMBER, N_("Put a number into this cell or leave it empty."))
    if abs(number) >= LARGEST:
        return Problem(NUMBER_TOO_LARGE, N_("Check the number; nothing above a million million is taken."))
    return number.quantize(_SCALE)


def _with_point(text: str, mark: str) -> str:
    """Return `text` with a point for the decimal mark and without thousands marks; not a number if they do not fit."""
    if "_" in text:
        return "?"
    other = _OTHER[mark]
    grouped = re.fullmatch(rf"([+-]?\d{{1,3}}(?:\{other}\d{{3}})+)(\{mark}\d+)?", text)
    if grouped:
        return grouped[1].replace(other, "") + (grouped[2] or "").replace(mark, ".")
    return text.replace(",", ".") if text.count(",") + text.count(".") <= 1 else "?"
