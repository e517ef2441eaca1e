"""One finding said once: conditions that earn their place, and descriptions of the same clients put together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientarium.core.strategy.zones.search import Segment, Space, generalisations

if TYPE_CHECKING:
    import numpy as np

SAME_FROM = 0.5
"""Jaccard: clients in both over clients in either. From a half on they are one finding."""

STILL_FAR = 2.58
"""A finding must stand out also among the clients whom further ones leave (99 %), or it is their shadow."""


@dataclass
class Kept:
    """A finding and the descriptions that say nearly the same."""

    segment: Segment
    mask: "np.ndarray"
    similar: list[Segment]


def each_condition_counts(segment: Segment, space: Space, scores: "np.ndarray", *, bar: float) -> bool:
    """Whether leaving out any one condition would lose something: its clients differ from those it leaves out."""
    inner = space.mask(segment.selectors)
    return all(
        abs(z_within(inner, space.mask(wider), scores)) >= bar
        and z_within(inner, space.mask(wider), scores) * segment.z > 0
        for wider in generalisations(segment)
    )


def z_within(inner: "np.ndarray", among: "np.ndarray", scores: "np.ndarray") -> float:
    """z of the clients `inner` among the clients `among` alone."""
    import numpy as np  # noqa: PLC0415 -- slow import

    given = scores[among]
    size, chosen = len(given), inner[among]
    count = int(chosen.sum())
    spread = float(given.std())
    if not 0 < count < size or spread == 0:
        return 0.0
    distance = float(given[chosen].sum() - count * given.mean())
    return distance / (spread * float(np.sqrt(count * (1 - count / size) * size / (size - 1))))


def merged(
    segments: Sequence[Segment], space: Space, scores: "np.ndarray", *, bar: float, most: int, most_similar: int = 3
) -> list[Kept]:
    """The findings, the furthest first; `bar`: what a further condition must bring."""
    kept: list[Kept] = []
    for segment in segments:
        if len(kept) >= most:
            break
        if len(segment.selectors) > 1 and not each_condition_counts(segment, space, scores, bar=bar):
            continue
        mask = space.mask(segment.selectors)
        same = next((one for one in kept if _says_same(segment, mask, one)), None)
        if same is None and _is_far_without(kept, segment, mask, scores):
            kept.append(Kept(segment, mask, []))
            continue
        same = same or max(kept, key=lambda one: jaccard(one.mask, mask))
        if same.segment.z * segment.z > 0 and len(same.similar) < most_similar:
            same.similar.append(segment)
    return kept


def _is_far_without(kept: Sequence[Kept], segment: Segment, mask: "np.ndarray", scores: "np.ndarray") -> bool:
    """Whether it stands out among the clients of no finding so far: next to a very good zone all others look bad."""
    import numpy as np  # noqa: PLC0415 -- slow import

    if not kept:
        return True
    left = ~np.logical_or.reduce([one.mask for one in kept])
    return bool(z_within(mask & left, left, scores) * np.sign(segment.z) >= STILL_FAR)


def _says_same(segment: Segment, mask: "np.ndarray", other: Kept) -> bool:
    """The same clients on the same side, or the rest of them on the other: “small ones badly” is “large ones well”."""
    if segment.z * other.segment.z > 0:
        return jaccard(mask, other.mask) >= SAME_FROM
    return jaccard(~mask, other.mask) >= SAME_FROM


def jaccard(one: "np.ndarray", other: "np.ndarray") -> float:
    either = int((one | other).sum())
    return int((one & other).sum()) / either if either else 0.0
