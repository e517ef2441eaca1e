"""Encoding and delimiter of a text table, told from its beginning."""

import codecs
import csv
import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from charset_normalizer import from_bytes

from clientarium.core.ground import N_, Message

SAMPLE_BYTES = 256 * 1024
_ENCODING_BYTES = 16 * 1024 * 1024
DELIMITERS = (";", "\t", ",", "|")
# In a file of UTF-8 a few lines of another encoding are broken lines, not another encoding of the whole.
_BROKEN_SHARE = 0.05
_WORD = re.compile(rb"[\x80-\xff]+")
_CYRILLIC = ("cp1251", "koi8-r", "cp866", "mac-cyrillic")


@dataclass(frozen=True)
class Dialect:
    """`has_quotes` false lets the reader go without quoting; `sample` is the decoded beginning."""

    encoding: str
    delimiter: str
    has_quotes: bool
    sample: str
    doubts: tuple[Message, ...] = ()


def dialect_of(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Dialect:
    """Return the dialect of the file; what a layout remembers comes second to a byte order mark."""
    with path.open("rb") as file:
        start = file.read(_ENCODING_BYTES)
    found, doubts = _encoding_of(start, hint=encoding)
    sample = start[:SAMPLE_BYTES].decode(found, errors="replace").removeprefix("\ufeff")
    if len(start) > SAMPLE_BYTES:
        sample = sample[: sample.rfind("\n") + 1] or sample
    chosen = delimiter if delimiter and delimiter in sample else _delimiter_of(sample)
    return Dialect(found, chosen, _has_quotes(path), sample, doubts)


def _encoding_of(start: bytes, *, hint: str | None) -> tuple[str, tuple[Message, ...]]:
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if start.startswith(mark):
            return name, ()
    broken = _broken_utf8_share(start)
    if broken == 0:
        return "utf-8", ()
    if broken < _BROKEN_SHARE:
        return "utf-8", (Message(N_("Some lines are not in UTF-8 like the rest of the file; they are refused."), {}),)
    if hint and hint != "utf-8":
        return hint, ()
    return _single_byte_encoding(start), ()


def _broken_utf8_share(start: bytes) -> float:
    """Return the share of broken lines among those that hold more than ASCII."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(start)
    except UnicodeDecodeError:
        lines = [line for line in start.splitlines() if not line.isascii()]
        broken = sum(1 for line in lines[:-1] or lines if not _is_utf8(line))
        return broken / max(len(lines), 1)
    return 0.0


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _single_byte_encoding(start: bytes) -> str:
    """Russian files first: cp1251 unless the letters read as nonsense there and as words elsewhere."""
    letters = b"\n".join(line for line in start[:SAMPLE_BYTES].splitlines() if not line.isascii())
    # Each word once: codes like «РТ-000123» repeated down a column would outvote the words of the header.
    words = b"\n".join(sorted(set(_WORD.findall(letters))))
    scores = {name: _russian_score(words.decode(name, errors="replace")) for name in _CYRILLIC}
    best = max(_CYRILLIC, key=lambda name: scores[name])
    if scores[best] > 0:
        return "cp1251" if scores["cp1251"] >= scores[best] else best
    guessed = from_bytes(letters[:65536]).best()
    return guessed.encoding if guessed and guessed.encoding != "ascii" else "cp1251"


def _russian_score(text: str) -> float:
    """Frequent small letters count for, letters no Russian text mixes into words count against."""
    if not text:
        return 0.0
    usual = sum(text.count(letter) for letter in "оеаинтсрвлк")
    capitals_inside = sum(1 for one, two in pairwise(text) if one.islower() and two.isupper())
    odd = sum(
        1
        for letter in text
        if not letter.isascii() and not ("а" <= letter.casefold() <= "я" or letter in "ёЁ№«»—–…\u00a0₽°")
    )
    return (usual - 3 * odd - 2 * capitals_inside) / len(text)


def _delimiter_of(sample: str) -> str:
    """Return the delimiter under which most rows have the same number of fields, more than one."""
    scores = {delimiter: _delimiter_score(sample, delimiter) for delimiter in DELIMITERS}
    best = max(DELIMITERS, key=lambda delimiter: scores[delimiter])
    return best if scores[best] > 0 else ","


def _delimiter_score(sample: str, delimiter: str) -> float:
    widths = [len(row) for row in csv.reader(sample.splitlines(keepends=True)[:500], delimiter=delimiter) if row]
    if not widths:
        return 0.0
    width, rows = max(Counter(widths).items(), key=lambda one: (one[0] > 1, one[1]))
    # Decimal commas give a comma file's look to a file of `;`: the steadier split wins, then the earlier in the list.
    return 0.0 if width == 1 else rows / len(widths)


def _has_quotes(path: Path) -> bool:
    with path.open("rb") as file:
        while chunk := file.read(1 << 24):
            if b'"' in chunk:
                return True
    return False
