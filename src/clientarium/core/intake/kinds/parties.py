"""Who is in a row: the client with what the row says of him, and the seller."""

import hashlib
import re

import pyarrow as pa
import pyarrow.compute as pc

from clientarium.core.ground import N_
from clientarium.core.identity import check_inn
from clientarium.core.intake.blocks import Block
from clientarium.core.intake.kinds.converted import Context, constant, first_filled
from clientarium.core.intake.values import Problem, client_keys

ANONYMOUS_KEY = "—"
# A name in the base like any other, so it is data, not a text of the program.
ANONYMOUS_NAME = "Розничный покупатель"
TOTAL_ROW = N_("a row of totals")
_TOTAL_NAMES = pa.array(
    [form(word) + end for word in ("итого", "итог", "всего", "total", "grand total", "subtotal")
     for form in (str.lower, str.capitalize, str.upper) for end in ("", ":")]
)  # fmt: skip
NO_CLIENT_SKIPPED = N_("no client in the row")
_NO_CLIENT = Problem(
    N_("There is no client in the row"), N_("Fill in the client, or choose to skip such rows or count them as retail.")
)
# An ИНН of a firm has 10 figures, that of a person 12.
_LOST_ZERO = (9, 11)
CARD_TEXTS = ("inn", "kpp", "city", "segment")
CARD_LISTS = ("phones", "emails")
# A key of a few letters and figures without blanks is a code; anything else may be a person's name.
_CODE = re.compile(r"[\w./-]*\d[\w./-]*")


def client_of(block: Block, context: Context) -> tuple[pa.Array, pa.Array]:
    """Return (keys, names) of the clients; rows without one are refused, skipped or given to a retail customer."""
    code, name = block.text("client_code"), block.text("client")
    keys = client_keys(code, name)
    keys = pa.nulls(len(block), pa.string()) if keys is None else keys
    names = keys if code is None else first_filled(None if name is None else client_keys(None, name), code)
    _skip_totals(block, names)
    missing = pc.is_null(keys)
    if not pc.any(missing).as_py():
        return keys, names
    if context.no_client == "anonymous":
        named = constant(ANONYMOUS_NAME, len(block))
        return pc.fill_null(keys, ANONYMOUS_KEY), pc.if_else(missing, named, names)
    if context.no_client == "skip":
        block.skip(missing, NO_CLIENT_SKIPPED)
    else:
        block.require(keys, "client_code" if code is not None else "client", _NO_CLIENT)
    return keys, names


def _skip_totals(block: Block, names: pa.Array) -> None:
    """A row whose client is called «Итого» sums the rows above it."""
    if pc.any(pc.is_in(names, _TOTAL_NAMES)).as_py():
        block.skip(pc.is_in(names, _TOTAL_NAMES), TOTAL_ROW)


def card_columns(block: Block, keys: pa.Array, names: pa.Array) -> dict[str, pa.Array]:
    """Return what the rows say of their clients; several cells of phones are joined by line breaks."""
    columns = {"client_key": keys, "client_name": names}
    code = block.text("client_code")
    columns["code"] = pa.nulls(len(block), pa.string()) if code is None else client_keys(code, None)
    for meaning in CARD_TEXTS:
        text = block.text(meaning)
        columns[meaning] = pa.nulls(len(block), pa.string()) if text is None else text
    columns["inn"] = _with_lost_zeros(columns["inn"])
    for meaning in CARD_LISTS:
        columns[meaning] = _joined([block.text_under(header) for header in block.headers_of(meaning)], len(block))
    return columns


def _with_lost_zeros(texts: pa.Array) -> pa.Array:
    """An ИНН kept as a number has lost its first zero: it is given back where the check digits then agree."""
    if texts.null_count == len(texts):
        return texts
    encoded = texts.dictionary_encode()
    padded = [(check_inn(text) if len(text) in _LOST_ZERO else None) or text for text in encoded.dictionary.to_pylist()]
    return pa.array(padded, pa.string()).take(encoded.indices)


def _joined(texts: list[pa.Array], rows: int) -> pa.Array:
    if not texts:
        return pa.nulls(rows, pa.string())
    if len(texts) == 1:
        return texts[0]
    # null_handling="skip" drops rows that are null in every text (pyarrow 26), so nulls are joined as empty lines.
    joined = pc.utf8_trim_whitespace(pc.binary_join_element_wise(*(pc.fill_null(text, "") for text in texts), "\n"))
    return pc.if_else(pc.equal(joined, ""), None, joined)


def sellers_of(block: Block) -> tuple[pa.Array | None, pa.Array | None]:
    """Return (keys, names) of the sellers. Names of people stay out of the ledger: a name's key is its hash."""
    names = block.text("seller")
    if names is None:
        return None, None
    encoded = names.dictionary_encode()
    keys = pa.array([seller_key(name) for name in encoded.dictionary.to_pylist()], pa.string())
    return keys.take(encoded.indices), names


def seller_key(name: str) -> str:
    """Return a code as it is, and for a name a key that does not show it and is the same in every file."""
    text = re.sub(r"\s+", " ", name).strip()
    if _CODE.fullmatch(text):
        return re.sub(r"^(\d+)\.0+$", r"\1", text)
    return "s-" + hashlib.sha256(text.casefold().replace("ё", "е").encode()).hexdigest()[:12]
