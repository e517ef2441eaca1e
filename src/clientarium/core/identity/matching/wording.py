"""Whether two folded names can be the same words written differently: no word of one is missing in the other."""

from itertools import permutations

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA

from clientarium.core.identity.matching.prepared import Codes, PreparedField

# A word of five letters forgives one slip, of ten three; shorter words forgive none.
_WORD_SHARE = 0.7
_FORGIVING = 5
# The whole without blanks: words run together or torn apart.
_WHOLE_SHARE = 0.85
_LETTERS_LOST = 2
_MOST_WORDS = 4


def same_wording(field: PreparedField, places: Codes) -> NDArray[np.bool_]:
    """Tell for each pair of records (pairs x 2) whether the field's texts are the same words; no where one is empty."""
    left, right = field.codes[places[:, 0], 0].tolist(), field.codes[places[:, 1], 0].tolist()
    return np.array(
        [
            one >= 0 and other >= 0 and is_same_wording(field.values[one], field.values[other])
            for one, other in zip(left, right, strict=True)
        ],
        bool,
    )


def is_same_wording(one: str, other: str) -> bool:
    """Tell whether names (words parted by blanks, in any order) differ by slips, initials or blanks only."""
    left, right = one.split(" "), other.split(" ")
    if left == right:
        return True
    rest = [word for word in right if word not in left]
    odd = [word for word in left if word not in right]
    if len(odd) == len(rest) and _are_paired(odd, rest, has_whole_word=len(odd) < len(left)):
        return True
    return _is_same_without_blanks(left, right)


def _is_same_without_blanks(left: list[str], right: list[str]) -> bool:
    letters = [sum(map(len, words)) for words in (left, right)]
    if (
        len(left) == len(right)
        or max(len(left), len(right)) > _MOST_WORDS
        or abs(letters[0] - letters[1]) > _LETTERS_LOST
    ):
        return False
    return any(
        OSA.normalized_similarity("".join(one), "".join(other)) >= _WHOLE_SHARE
        for one in permutations(left)
        for other in permutations(right)
    )


def _are_paired(odd: list[str], rest: list[str], *, has_whole_word: bool) -> bool:
    """Pair words with their likeliest mates; initials count only beside a word written whole or with a slip."""
    free = list(rest)
    for word in sorted(odd, key=len, reverse=True):
        mate = max(free, key=lambda mate: (_is_slip(word, mate), word[0] == mate[0], -len(mate)))
        if _is_slip(word, mate):
            has_whole_word = True
        elif not (has_whole_word and min(len(word), len(mate)) == 1 and word[0] == mate[0]):
            return False
        free.remove(mate)
    return True


def _is_slip(word: str, mate: str) -> bool:
    if word.isdecimal() or mate.isdecimal():
        return word == mate
    if max(len(word), len(mate)) < _FORGIVING:
        return word == mate
    return OSA.normalized_similarity(word, mate) >= _WORD_SHARE
