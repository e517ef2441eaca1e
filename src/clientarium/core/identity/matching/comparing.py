"""How far two cells agree: a level per pair and field, from 0 (they differ) up to the role's last (the same)."""

import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist
from scipy.sparse import csr_array

from clientarium.core.identity.matching.prepared import WORDY_ROLES, Codes, PreparedField
from clientarium.core.identity.matching.roles import Role

Levels = NDArray[np.int8]
UNKNOWN = -1
# Shares of weighed pieces two texts have in common: of both (cosine) or of the shorter one. Where the steps lie
# matters little, since the model learns what each is worth.
_WORDY_STEPS = ((0.25, None), (0.4, 0.6), (None, 0.85), (0.6, None), (0.8, None))
_NUMBERED_STEPS = ((0.3, None), (0.5, None), (0.7, 0.9), (0.9, None))
_LETTER_STEPS = ((4, 0.8), (5, 0.88))
_INITIAL = re.compile(r"(?:^| )\S(?: |$)")
_INITIALLED = 4
_CLOSE_SHARE = 0.7
_CHUNK = 200_000


def level_count(field: PreparedField) -> int:
    if field.role is Role.ADDRESS:
        return 8
    return 7 if field.role in WORDY_ROLES else 4


def levels(field: PreparedField, left: Codes, right: Codes) -> Levels:
    """Return the level of agreement of each pair of records, UNKNOWN where one of them has nothing."""
    compare = _wordy_levels if field.role in WORDY_ROLES else _bare_levels
    chunks = [
        compare(field, left[start : start + _CHUNK], right[start : start + _CHUNK])
        for start in range(0, len(left), _CHUNK)
    ]
    return np.concatenate(chunks) if chunks else np.zeros(0, np.int8)


def _wordy_levels(field: PreparedField, left: Codes, right: Codes) -> Levels:
    """Compare texts by their pieces; texts with numbers of which none is common stay at the bottom."""
    result = np.full(len(left), UNKNOWN, np.int8)
    one, other = field.codes[left, 0], field.codes[right, 0]
    known = np.nonzero((one >= 0) & (other >= 0))[0]
    one, other = one[known], other[known]
    assert field.pieces is not None and field.figures is not None
    common = _shared(field.pieces, one, other)
    lengths = field.lengths[one], field.lengths[other]
    cosine = common / np.maximum(lengths[0] * lengths[1], 1e-12)
    of_shorter = common / np.maximum(np.minimum(*lengths) ** 2, 1e-12)
    has_figures = np.diff(field.figures.indptr) > 0
    is_apart = has_figures[one] & has_figures[other] & (_shared(field.figures, one, other) == 0)
    if field.role is Role.ADDRESS:
        found = 2 + _stepped(cosine, of_shorter, _NUMBERED_STEPS)
        found[is_apart] = cosine[is_apart] >= _NUMBERED_STEPS[0][0]
    else:
        found = _stepped(cosine, of_shorter, _WORDY_STEPS)
        _raise_by_letters(field, one, other, found)
        if field.role is Role.NAME:
            found[is_apart] = np.minimum(found[is_apart], 1)
    found[one == other] = level_count(field) - 1
    result[known] = found
    return result


def _raise_by_letters(field: PreparedField, one: Codes, other: Codes, found: Levels) -> None:
    """Raise texts that differ by a slip of the finger: in a short name it spoils half of the pieces."""
    unlike = np.nonzero((found > 0) & (found < 5) & (one != other))[0]
    texts = [[field.values[code] for code in side[unlike].tolist()] for side in (one, other)]
    alike = cpdist(texts[0], texts[1], scorer=OSA.normalized_similarity, dtype=np.float32)
    for level, share in _LETTER_STEPS:
        found[unlike] = np.maximum(found[unlike], np.where(alike >= share, level, 0)).astype(np.int8)
    if field.role is Role.NAME:
        is_short = [_is_initialled(*pair) for pair in zip(*texts, strict=True)]
        found[unlike] = np.where(is_short, _INITIALLED, found[unlike]).astype(np.int8)


def _is_initialled(one: str, other: str) -> bool:
    """Tell whether the names differ only in words cut to one letter («Иванов И. П.»), one word at least being whole."""
    left, right = one.split(" "), other.split(" ")
    if len(left) != len(right) or not _INITIAL.search(one + " " + other):
        return False
    whole = Counter(left) & Counter(right)
    rest = Counter(right) - whole
    short = [word for word in left if word not in whole]
    return any(len(word) > 1 for word in whole) and all(
        any(min(len(word), len(mate)) == 1 and word[0] == mate[0] for mate in rest) for word in short
    )


def _stepped(
    cosine: NDArray[np.float64], of_shorter: NDArray[np.float64], steps: tuple[tuple[float | None, float | None], ...]
) -> Levels:
    found = np.zeros(len(cosine), np.int8)
    for level, (of_both, of_one) in enumerate(steps, start=1):
        if of_both is not None:
            found[cosine >= of_both] = level
        if of_one is not None:
            found[of_shorter >= of_one] = level
    return found


def _shared(weights: csr_array, one: Codes, other: Codes) -> NDArray[np.float64]:
    shared: NDArray[np.float64] = np.asarray(weights[one].multiply(weights[other]).sum(axis=1)).ravel()
    return shared


def _bare_levels(field: PreparedField, left: Codes, right: Codes) -> Levels:
    """Compare figures and addresses of mail by letters: the best over the values of both cells."""
    result = np.full(len(left), UNKNOWN, np.int8)
    for one in field.codes[left].T:
        for other in field.codes[right].T:
            known = np.nonzero((one >= 0) & (other >= 0))[0]
            result[known] = np.maximum(result[known], _bare(field, one[known], other[known]))
    return result


def _bare(field: PreparedField, one: Codes, other: Codes) -> Levels:
    found = np.where(one == other, np.int8(3), np.int8(0))
    unequal = np.nonzero(one != other)[0]
    if not len(unequal):
        return found
    texts = [[field.values[code] for code in side[unequal].tolist()] for side in (one, other)]
    distance = cpdist(texts[0], texts[1], scorer=OSA.distance, dtype=np.int32)
    longest = np.maximum(*(np.fromiter(map(len, side), np.int64, len(side)) for side in texts))
    is_short = longest < 4
    close = np.where((distance <= 1) & ~is_short, 2, (1 - distance / longest >= _CLOSE_SHARE).astype(np.int64))
    found[unequal] = close.astype(np.int8)
    return found


def agreed_counts(field: PreparedField, left: Codes, right: Codes) -> Codes:
    """Return how many records hold the value both cells have (the rarest of them), 0 where they share none."""
    none = np.iinfo(np.int64).max
    rarest = np.full(len(left), none)
    for one in field.codes[left].T:
        for other in field.codes[right].T:
            same = np.nonzero((one >= 0) & (one == other))[0]
            rarest[same] = np.minimum(rarest[same], field.counts[one[same]])
    rarest[rarest == none] = 0
    return rarest
