"""One Latin spelling for Cyrillic and Latin letters, so that «Комфорт», Komfort and Comfort meet.

The Cyrillic side follows the common ground of ГОСТ 7.79-2000 (B), ГОСТ Р 52535.1-2006 and the passport rules of 2014;
where these differ (kh/h, ts/c/tz, shch/sch, y/i/j, yu/iu/ju) both sides are brought to one of them. It is a key for
comparing, not a spelling to show.
"""

import re
import unicodedata
from functools import lru_cache

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "h", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "", "ы": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
    "і": "i", "ї": "i", "є": "e", "ґ": "g", "ў": "u", "қ": "k", "ғ": "g", "ң": "n", "ө": "o", "ұ": "u", "ү": "u",
    "һ": "h", "ә": "a",
}  # fmt: skip
_TO_LATIN = str.maketrans(_CYRILLIC)
# Letters drawn alike: a word that mixes both alphabets was typed with the wrong keyboard in places.
_LOOK_ALIKE = str.maketrans("acekmotpxyhb", "асекмотрхунв")
_LATIN_SPELLINGS = (
    (re.compile(r"s(?:h?ch|hh|c(?=h))"), "sh"),
    (re.compile(r"kh"), "h"),
    (re.compile(r"tz|ts|cz"), "\x01"),
    (re.compile(r"ch"), "\x02"),
    (re.compile(r"ck|c(?![eiy])|q"), "k"),
    (re.compile(r"c"), "\x01"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"w"), "v"),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"ie(?=[aeiou])|io(?=[^aeiou]|$)"), "e"),
    (re.compile("\x01"), "ts"),
    (re.compile("\x02"), "ch"),
    (re.compile(r"([a-z])\1+"), r"\1"),
)
_CYRILLIC_LETTER = re.compile("[Ѐ-ӿ]")
_LATIN_LETTER = re.compile("[a-z]")


# Words of a base repeat: a million names have some hundred thousand of them.
@lru_cache(maxsize=1 << 18)
def latin_key(word: str) -> str:
    """Return the word in small Latin letters in the one spelling; figures stay; marks above letters go."""
    small = word.casefold()
    if _CYRILLIC_LETTER.search(small):
        if _LATIN_LETTER.search(small):
            small = small.translate(_LOOK_ALIKE)
        small = small.translate(_TO_LATIN)
    if not small.isascii():
        small = "".join(letter for letter in unicodedata.normalize("NFKD", small) if not unicodedata.combining(letter))
    for spelling, one in _LATIN_SPELLINGS:
        small = spelling.sub(one, small)
    return small
