"""Which pairs of records are worth comparing: those that share a key few others have.

Keys of a field: the whole value, each of its words, each two of its words; and for each two fields the beginnings of
their words together, which forgives errors in the rest. A key shared by too many tells nothing; how many is too many
follows from how many pairs one kind of key may give.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from clientarium.core.identity.matching.prepared import WORDY_ROLES, Codes, PreparedField, different
from clientarium.core.identity.matching.roles import Role

LARGEST_BLOCK = 30
# Small bases can afford every pair of a kind of key; large ones about as many as they have records.
_LEAST_BUDGET = 200_000
_EXACT_SHARE = 1.0
_LOOSE_SHARE = 0.25
_MOST_WORDS = 6
_BEGINNING = 4
_LARGE = 200_000

Keys = tuple[Codes, Codes]


def candidate_places(fields: Sequence[PreparedField], count: int, *, is_new: NDArray[np.bool_] | None = None) -> Codes:
    """Return pairs x 2 of record places (first < second), each once; with `is_new` only new against old."""
    found: Codes = np.zeros(0, np.int64)
    waiting: list[Codes] = []
    for (records, keys), share in _kinds_of_keys(fields, count):
        budget = int(max(_LEAST_BUDGET, share * count))
        waiting.append(_pairs(records, keys, count=count, budget=budget, is_new=is_new))
        if sum(map(len, waiting)) > len(found) + _LEAST_BUDGET:
            found, waiting = different(np.concatenate([found, *waiting])), []
    found = different(np.concatenate([found, *waiting]))
    return np.stack([found // max(count, 1), found % max(count, 1)], axis=1)


def _kinds_of_keys(fields: Sequence[PreparedField], count: int) -> Iterator[tuple[Keys, float]]:
    """Yield (records, keys) of each kind, and the pairs a record may give by it."""
    is_large = count > _LARGE
    beginnings: list[Codes] = []
    for field in fields:
        yield _flat(field.codes), _EXACT_SHARE
        words = _rarest_words(field, most=4 if is_large else _MOST_WORDS)
        if field.role in WORDY_ROLES:
            yield _flat(_of_records(field, words)), _LOOSE_SHARE
            yield _two_words(field, words), _LOOSE_SHARE
        beginnings.append(_beginnings(field, width=1 if is_large else 3))
    for place, one in enumerate(beginnings):
        for other in beginnings[place + 1 :]:
            yield _joined(one, other), _LOOSE_SHARE


def _flat(codes: Codes) -> Keys:
    records, columns = np.nonzero(codes >= 0)
    return records, codes[records, columns]


def _of_records(field: PreparedField, of_values: Codes) -> Codes:
    """Spread what is known of values to the records that hold them (the first value of each)."""
    first = field.codes[:, 0]
    spread = of_values[np.maximum(first, 0)] if len(of_values) else np.full((len(first), 1), -1, np.int64)
    spread[first < 0] = -1
    return spread


def _rarest_words(field: PreparedField, *, most: int) -> Codes:
    """Return values x most: codes of the rarest different words of each value, the rarest first."""
    codes = np.full((len(field.values), most), -1, np.int64)
    if field.role not in WORDY_ROLES:
        return codes
    places: dict[str, int] = {}
    found = [[places.setdefault(word, len(places)) for word in set(value.split(" "))] for value in field.values]
    seen = np.zeros(len(places), np.int64)
    for words, records in zip(found, field.counts.tolist(), strict=True):
        seen[words] += records
    seen_list = seen.tolist()
    for place, words in enumerate(found):
        kept = sorted(words, key=lambda word: (seen_list[word], word))[:most]
        codes[place, : len(kept)] = kept
    return codes


def _two_words(field: PreparedField, words: Codes) -> Keys:
    together = [
        np.where((words[:, one] >= 0) & (words[:, other] >= 0), _hashed(np.minimum(words[:, one], words[:, other]),
        np.maximum(words[:, one], words[:, other])), -1)
        for one in range(words.shape[1]) for other in range(one + 1, words.shape[1])
    ]  # fmt: skip
    return _flat(_of_records(field, np.stack(together, axis=1)))


def _beginnings(field: PreparedField, *, width: int) -> Codes:
    """Return records x width: codes of the first letters of the rarest words (the last figures of a phone)."""
    places: dict[str, int] = {}
    if field.role in WORDY_ROLES:
        of_values = np.full((len(field.values), width), -1, np.int64)
        for place, value in enumerate(field.values):
            kept = sorted({word[:_BEGINNING] for word in value.split(" ")}, key=lambda word: (-len(word), word))[:width]
            of_values[place, : len(kept)] = [places.setdefault(word, len(places)) for word in kept]
        return _of_records(field, of_values)
    part = slice(-_BEGINNING, None) if field.role is Role.PHONE else slice(_BEGINNING)
    codes = np.array([places.setdefault(value[part], len(places)) for value in field.values] or [-1], np.int64)
    first = field.codes[:, :width]
    return np.where(first >= 0, codes[np.maximum(first, 0)], -1)


def _joined(one: Codes, other: Codes) -> Keys:
    both = [np.where((left >= 0) & (right >= 0), _hashed(left, right), -1) for left in one.T for right in other.T]
    return _flat(np.stack(both, axis=1))


def _hashed(one: Codes, other: Codes) -> Codes:
    """Return one code of two (both under 2^31)."""
    return one << 31 | other


def _pairs(records: Codes, keys: Codes, *, count: int, budget: int, is_new: NDArray[np.bool_] | None) -> Codes:
    """Return first * count + second of the pairs within blocks that are small enough."""
    order = np.argsort(keys, kind="stable")
    keys, records = keys[order], records[order]
    starts = np.nonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))[0] if len(keys) else np.zeros(0, np.int64)
    sizes = np.diff(np.concatenate([starts, [len(keys)]]))
    is_useful = (sizes > 1) & (sizes <= LARGEST_BLOCK)
    if is_new is not None and len(starts):
        new = np.add.reduceat(is_new[records].astype(np.int64), starts)
        is_useful &= (new > 0) & (new < sizes)
    starts, sizes = starts[is_useful], sizes[is_useful]
    blocks = np.bincount(sizes, minlength=LARGEST_BLOCK + 1)
    given = np.cumsum(blocks * np.arange(len(blocks)) * (np.arange(len(blocks)) - 1) // 2)
    found = [
        _pairs_of_equal(records[starts[sizes == size][:, None] + np.arange(size)], count)
        for size in np.unique(sizes).tolist() if given[size] <= budget or size == 2
    ]  # fmt: skip
    if not found:
        return np.zeros(0, np.int64)
    pairs = np.concatenate(found)
    if is_new is not None:
        pairs = pairs[is_new[pairs // count] != is_new[pairs % count]]
    return pairs


def _pairs_of_equal(blocks: Codes, count: int) -> Codes:
    one, other = np.triu_indices(blocks.shape[1], 1)
    left, right = blocks[:, one].ravel(), blocks[:, other].ravel()
    is_two = left != right
    pairs: Codes = np.minimum(left, right)[is_two] * count + np.maximum(left, right)[is_two]
    return pairs
