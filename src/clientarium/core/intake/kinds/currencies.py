"""Currencies as files name them → ISO 4217."""

import re

import pyarrow as pa
import pyarrow.compute as pc

from clientarium.core.ground import N_
from clientarium.core.intake.blocks import Block
from clientarium.core.intake.kinds.converted import Context, constant
from clientarium.core.intake.values import Problem

_NAMES = {
    "руб": "RUB", "руб.": "RUB", "р.": "RUB", "₽": "RUB", "rur": "RUB", "643": "RUB", "рубль": "RUB",
    "российский рубль": "RUB",
    "долл": "USD", "долл.": "USD", "$": "USD", "840": "USD", "доллар сша": "USD",
    "евро": "EUR", "€": "EUR", "978": "EUR", "£": "GBP", "826": "GBP",
    "тенге": "KZT", "₸": "KZT", "398": "KZT", "бел. руб.": "BYN", "933": "BYN", "юань": "CNY", "¥": "CNY", "156": "CNY",
}  # fmt: skip
_UNKNOWN = Problem(N_("The currency is not known"), N_("Write it as RUB, USD, EUR."))


def currency_codes(block: Block, context: Context) -> pa.Array:
    """Return the code of each row's currency; the company's where the row names none."""
    texts = block.text("currency")
    if texts is None:
        return constant(context.currency, len(block))
    encoded = texts.dictionary_encode()
    codes = pa.array([_code(text) for text in encoded.dictionary.to_pylist()], pa.string()).take(encoded.indices)
    block.refuse(pc.and_(pc.is_valid(texts), pc.is_null(codes)), block.headers_of("currency")[0], lambda _: _UNKNOWN)
    return pc.fill_null(codes, context.currency)


def _code(text: str) -> str | None:
    known = _NAMES.get(text.casefold())
    return known or (text.upper() if re.fullmatch(r"[A-Za-z]{3}", text) else None)
