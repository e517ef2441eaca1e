"""Any column as trimmed text, and the key by which a file calls a client."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# Every blank Excel and 1C put between words: tab, line breaks, no-break, figure, thin and narrow no-break spaces.
BLANKS = r"[\s\x{00a0}\x{2007}\x{2009}\x{202f}\x{3000}\x{feff}]+"
ZERO_TAIL = r"^([+-]?\d+)\.0+$"


def as_text(values: pa.Array) -> pa.Array:
    """Return `values` as strings trimmed of blanks, with null for an empty cell; whole floats lose their `.0`."""
    if pa.types.is_dictionary(values.type):
        values = values.cast(values.type.value_type)
    if pa.types.is_floating(values.type):
        values = _float_text(values)
    if pa.types.is_boolean(values.type):
        values = pc.if_else(values, "true", "false")
    if values.type != pa.string():
        values = values.cast(pa.string())
    return empty_to_null(values)


def empty_to_null(values: pa.Array) -> pa.Array:
    trimmed = pc.utf8_trim_whitespace(values)
    return pc.if_else(pc.equal(trimmed, ""), None, trimmed)


def _float_text(values: pa.Array) -> pa.Array:
    """12346.0 is how a spreadsheet keeps the code 12346."""
    whole = pc.and_(pc.is_finite(values), pc.and_(pc.equal(pc.floor(values), values), pc.less(pc.abs(values), 1e15)))
    integers = pc.if_else(whole, values, None).cast(pa.int64(), safe=False).cast(pa.string())
    return pc.if_else(pc.fill_null(whole, False), integers, values.cast(pa.string()))


def may_hold(values: pa.Array, mark: bytes) -> bool:
    """False when the byte is surely nowhere in the strings: one quick look at their memory, not at every cell."""
    data = values.buffers()[-1]
    return data is not None and bool((np.frombuffer(data, np.uint8) == ord(mark)).any())


def collapse_blanks(values: pa.Array) -> pa.Array:
    """Return the strings with every run of blanks as one space."""
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(values, BLANKS, " "))


def client_keys(code: pa.Array | None, name: pa.Array | None) -> pa.Array | None:
    """Return the key of each row's client: its code if there is one, its name with blanks collapsed otherwise."""
    keys = None if code is None else _once_per_text(code, _code_keys)
    names = None if name is None else _once_per_text(name, collapse_blanks)
    both = [one for one in (keys, names) if one is not None]
    return pc.coalesce(*both) if both else None


def _code_keys(codes: pa.Array) -> pa.Array:
    return pc.replace_substring_regex(collapse_blanks(codes), ZERO_TAIL, r"\1")


def _once_per_text(values: pa.Array, change: Callable[[pa.Array], pa.Array]) -> pa.Array:
    """Return `change` of the strings, worked out once for each different one."""
    encoded = values.dictionary_encode()
    return change(encoded.dictionary).take(encoded.indices)
