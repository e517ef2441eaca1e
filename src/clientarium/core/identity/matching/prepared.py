"""Columns made ready for comparing: every cell as codes of its values, words and three-letter pieces of each value."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from scipy.sparse import csr_array

from clientarium.core.identity.contacts import normalise_email, normalise_phone
from clientarium.core.identity.folded_names import fold_name
from clientarium.core.identity.legal_forms import words_of
from clientarium.core.identity.matching.roles import Role
from clientarium.core.identity.transliteration import latin_key

Codes = NDArray[np.int64]
# Cells hold lists of phones and e-mails; more than this of one card are not looked at.
MOST_VALUES = 4
WORDY_ROLES = frozenset({Role.NAME, Role.ADDRESS, Role.TEXT})
_FIGURES = re.compile(r"\d+")
_NATIONAL_FIGURES = 10


@dataclass(frozen=True)
class PreparedField:
    """One column of all records.

    `codes` is records x width into `values` (-1 is nothing there); `counts` how many records hold each value;
    `pieces` (wordy roles) weighs each value's three-letter pieces by rarity; `figures` marks the numbers in it.
    """

    name: str
    role: Role
    values: tuple[str, ...]
    codes: Codes
    counts: Codes
    shown: pa.Array
    pieces: csr_array | None
    lengths: NDArray[np.float64]
    figures: csr_array | None


def prepare(name: str, role: Role, column: pa.ChunkedArray) -> PreparedField:
    """Bring a column (text, numbers, dates or lists of text) to values of one form."""
    shown = _as_text(column)
    codes, values = _coded(column, _KEYS[role])
    present = codes[codes >= 0]
    counts = np.bincount(present, minlength=len(values)).astype(np.int64)
    pieces, figures = None, None
    lengths = np.zeros(len(values))
    if role in WORDY_ROLES:
        pieces = _weighed_pieces(values, counts)
        lengths = np.sqrt(pieces.multiply(pieces).sum(axis=1))
        figures = _figures(values)
    return PreparedField(name, role, values, codes, counts, shown, pieces, lengths, figures)


def _as_text(column: pa.ChunkedArray) -> pa.Array:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_list(whole.type):
        whole = pc.binary_join(whole.cast(pa.list_(pa.string())), ", ")
    return whole.cast(pa.string())


def _coded(column: pa.ChunkedArray, keys_of: Callable[[str], Sequence[str]]) -> tuple[Codes, tuple[str, ...]]:
    whole = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    is_list = pa.types.is_list(whole.type)
    cells = (whole.flatten() if is_list else whole).cast(pa.string()).dictionary_encode()
    places: dict[str, int] = {}
    found = [
        [places.setdefault(key, len(places)) for key in dict.fromkeys(keys_of(cell))]
        for cell in cells.dictionary.to_pylist()
    ]
    width = min(max((len(one) for one in found), default=1) or 1, MOST_VALUES)
    of_cell = np.full((len(found) + 1, width), -1, np.int64)
    for place, one in enumerate(found):
        of_cell[place, : len(one[:width])] = one[:width]
    indices = cells.indices.fill_null(len(found)).to_numpy(zero_copy_only=False)
    flat = of_cell[indices] if len(indices) else np.full((0, width), -1, np.int64)
    codes = _gathered(flat, whole) if is_list else flat
    return codes, tuple(places)


def _gathered(flat: Codes, lists: pa.Array) -> Codes:
    """Put the values of each record's list into one row, the first MOST_VALUES of them."""
    sizes = pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False)
    rows = np.repeat(np.arange(len(sizes)), sizes)
    there = flat >= 0
    rows, values = np.repeat(rows, there.sum(axis=1)), flat[there]
    starts = np.searchsorted(rows, np.arange(len(sizes)))
    rank = np.arange(len(rows)) - starts[rows]
    is_kept = rank < MOST_VALUES
    codes = np.full((len(sizes), MOST_VALUES), -1, np.int64)
    codes[rows[is_kept], rank[is_kept]] = values[is_kept]
    return codes


def different(codes: Codes) -> Codes:
    """Return the different values, sorted (sorting beats the hashing of np.unique here several times)."""
    codes = np.sort(codes)
    return codes[np.concatenate([[True], codes[1:] != codes[:-1]])] if len(codes) else codes


def _weighed_pieces(values: Sequence[str], counts: Codes) -> csr_array:
    """Return values x pieces: log of how rare a three-byte piece of ` value ` is among records."""
    lines = [f" {value} ".encode() for value in values]
    sizes = np.fromiter(map(len, lines), np.int64, len(lines))
    letters = np.frombuffer(b"".join(lines), np.uint8).astype(np.int64)
    ends = np.cumsum(sizes)
    rows = np.repeat(np.arange(len(lines)), sizes)
    windows = np.zeros(len(letters), np.int64)
    if len(letters) > 2:
        windows[:-2] = letters[:-2] << 16 | letters[1:-1] << 8 | letters[2:]
    is_inside = np.arange(len(letters)) + 2 < ends[rows] if len(letters) else np.zeros(0, bool)
    both = different(rows[is_inside] << 24 | windows[is_inside])
    rows, windows = both >> 24, both & 0xFFFFFF
    seen = np.bincount(windows, weights=counts[rows], minlength=1 << 24)
    columns = (np.cumsum(seen > 0) - 1)[windows]
    rarity = np.log((counts.sum() + 1) / np.maximum(seen[windows], 1)) + 0.1
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows, minlength=len(values)))])
    return csr_array((rarity, columns, starts), shape=(len(values), int(columns.max(initial=0)) + 1))


def _figures(values: Sequence[str]) -> csr_array:
    places: dict[str, int] = {}
    rows, columns = [], []
    for row, value in enumerate(values):
        for number in set(_FIGURES.findall(value)):
            rows.append(row)
            columns.append(places.setdefault(number, len(places)))
    return csr_array((np.ones(len(rows)), (rows, columns)), shape=(len(values), max(len(places), 1)))


def _name_keys(cell: str) -> list[str]:
    return [key] if (key := fold_name(cell).key) else []


def _text_keys(cell: str) -> list[str]:
    words = [key for word in words_of(cell) if (key := latin_key(word))]
    return [" ".join(sorted(words))] if words else []


def _address_keys(cell: str) -> list[str]:
    words = [latin_key(_SHORT_PLACES.get(word, word)) for word in words_of(cell)]
    return [" ".join(sorted(filter(None, words)))] if any(words) else []


def _phone_keys(cell: str) -> list[str]:
    """Return the phones of a cell, a Russian one by its ten figures (asking `phonenumbers` takes 0.2 ms each)."""
    found = []
    for part in _BETWEEN_PHONES.split(cell):
        figures = _FIGURES_ONLY.sub("", _EXTENSION.sub("", part))
        if _RUSSIAN_PHONE.fullmatch(figures):
            found.append("+7" + figures[-_NATIONAL_FIGURES:])
        elif figures:
            found += [one.normalised or figures[-_NATIONAL_FIGURES:] for one in normalise_phone(part)]
    return found


def _email_keys(cell: str) -> list[str]:
    return [one.normalised or one.raw.casefold() for one in normalise_email(cell)]


_BETWEEN_PHONES = re.compile(r"[,;/\n|]+")
_EXTENSION = re.compile(r"(?:доб|вн|ext|#).*$", re.IGNORECASE)
_RUSSIAN_PHONE = re.compile(r"[78]?[3489]\d{9}")
_SHORT_PLACES = {
    "улица": "ул", "дом": "д", "город": "г", "проспект": "пр", "просп": "пр", "пркт": "пр", "переулок": "пер",
    "площадь": "пл", "шоссе": "ш", "бульвар": "б", "бул": "б", "бр": "б", "набережная": "наб", "проезд": "прд",
    "область": "обл", "республика": "респ", "район": "рн", "строение": "стр", "корпус": "корп", "к": "корп",
    "офис": "оф", "помещение": "пом", "квартира": "кв", "литера": "лит", "микрорайон": "мкр", "поселок": "п",
    "село": "с", "деревня": "дер", "россия": "рф",
    "street": "st", "str": "st", "avenue": "ave", "av": "ave", "boulevard": "blvd", "road": "rd", "drive": "dr",
    "lane": "ln", "place": "pl", "square": "sq", "court": "ct", "highway": "hwy", "suite": "ste", "apartment": "apt",
    "north": "n", "south": "s", "east": "e", "west": "w", "between": "btw", "bet": "btw",
}  # fmt: skip
_FIGURES_ONLY = re.compile(r"\D")
_SIGNS = re.compile(r"[\W_]+")
_SPREADSHEET_TAIL = re.compile(r"\.0+$")


def _bare_keys(cell: str) -> list[str]:
    bare = _SIGNS.sub("", _SPREADSHEET_TAIL.sub("", cell.strip())).casefold()
    return [bare] if bare else []


_KEYS: dict[Role, Callable[[str], Sequence[str]]] = {
    Role.NAME: _name_keys, Role.ADDRESS: _address_keys, Role.TEXT: _text_keys, Role.PHONE: _phone_keys,
    Role.EMAIL: _email_keys, Role.ID: _bare_keys, Role.NUMBER: _bare_keys, Role.DATE: _bare_keys,
}  # fmt: skip
