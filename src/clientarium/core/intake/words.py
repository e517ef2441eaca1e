"""How sure a header alone makes us of a column's meaning; the words are in `words.yaml`."""

import re
from functools import cache
from pathlib import Path

import yaml

_CAMEL = re.compile(r"(?<=[a-zа-я0-9])(?=[A-ZА-Я])|(?<=[A-Z])(?=[A-Z][a-z])")
_NUMBER_SIGN = re.compile(r"№|#")
# What the head of a table adds to the second of two equal headers.
_DOUBLED = re.compile(r" \(\d+\)$")
_NOT_WORD = re.compile(r"[^\w%]+|_")
# Units and currencies at the end of a header say nothing of its meaning.
_UNITS = frozenset(
    {"руб", "р", "rub", "usd", "eur", "₽", "тыс", "млн", "шт", "кг", "gbp", "бел", "byn", "kzt", "тг", "мин"}
)
# A phrase that only begins or ends the header leaves room for another meaning; the more words left over, the more room.
_PARTIAL = 0.7
_PARTIAL_STEP = 0.05
SURE = 0.6


@cache
def _dictionary() -> dict[str, dict[str, dict[str, float]]]:
    """kind → meaning → normal phrase → weight."""
    # The C loader reads the words in a tenth of the half second the Python one takes; every child begins with it.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    source = yaml.load((Path(__file__).parent / "words.yaml").read_text(encoding="utf-8"), loader)  # noqa: S506 -- safe
    return {
        kind: {
            meaning: {normal_header(phrase): float(weight) for weight, phrases in weights.items() for phrase in phrases}
            for meaning, weights in meanings.items()
        }
        for kind, meanings in source.items()
    }


def normal_header(header: str) -> str:
    """Return the header as words: `InvoiceDate`, `invoice_date`, `Invoice date` → `invoice date`."""
    header = _DOUBLED.sub("", header)
    spaced = _CAMEL.sub(" ", _NUMBER_SIGN.sub(" n ", header.strip())) if not header.isupper() else header
    words = _NOT_WORD.sub(" ", _NUMBER_SIGN.sub(" n ", spaced).casefold().replace("ё", "е")).split()
    while len(words) > 1 and words[-1] in _UNITS:
        words.pop()
    return " ".join(words)


def header_scores(header: str, *, kind: str) -> dict[str, float]:
    """Return meaning → confidence from the words of the header; meanings it does not hint at are left out."""
    normal = normal_header(header)
    scores = {meaning: _score(normal, phrases) for meaning, phrases in _dictionary()[kind].items()}
    return {meaning: score for meaning, score in scores.items() if score > 0}


def _score(normal: str, phrases: dict[str, float]) -> float:
    if normal in phrases:
        return phrases[normal]
    return max((weight * _part(normal, phrase) for phrase, weight in phrases.items()), default=0.0)


def _part(normal: str, phrase: str) -> float:
    """Share of confidence when the phrase stands at the beginning or the end of the header as whole words."""
    if len(phrase) < 3 or not (normal.startswith(phrase + " ") or normal.endswith(" " + phrase)):
        return 0.0
    left = len(normal.split()) - len(phrase.split())
    return max(_PARTIAL - _PARTIAL_STEP * (left - 1), 0.4)


def is_known_header(header: str) -> bool:
    """True when some kind of file has a column called just so: the mark of a header row."""
    return normal_header(header) in _phrases()


@cache
def _phrases() -> frozenset[str]:
    return frozenset(phrase for meanings in _dictionary().values() for one in meanings.values() for phrase in one)
