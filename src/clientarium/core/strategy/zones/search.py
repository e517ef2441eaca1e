"""Looking for segments of one to three conditions whose clients stand far above or below the rest.

Beam search over conjunctions, as in subgroup discovery (Klösgen 1996; Lemmerich & Becker 2018, pysubgroup). What is
compared are ranks of the clients' own figures, so that one large client makes no zone. Of a segment S of n_S out of n,
with ranks of mean μ and variance σ²:

    z(S) = (Σ_S rank − n_S μ) / √(n_S (1 − n_S / n) σ² n / (n − 1))

the distance of its sum from that of n_S clients drawn by lot, in standard errors (Wilcoxon's rank sum).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from clientarium.core.strategy.zones.features import Feature, Selector, selectors_of

if TYPE_CHECKING:
    import numpy as np

MOST_CONDITIONS = 3
BEAM = 20
"""Segments of each length that are looked into further, each with every further condition."""


@dataclass(frozen=True)
class Segment:
    """Selectors in the order of their columns, how many clients they choose, and z."""

    selectors: tuple[Selector, ...]
    clients: int
    z: float

    @property
    def text(self) -> str:
        return " and ".join(selector.text for selector in self.selectors)


class Space:
    """The clients' codes side by side, ready to be counted under any score."""

    def __init__(self, features: Sequence[Feature], *, least_clients: int) -> None:
        import numpy as np  # noqa: PLC0415 -- slow import

        self.features = tuple(features)
        self.selectors = tuple(selectors_of(features))
        self.least_clients = least_clients
        self.size = len(features[0].codes) if features else 0
        starts = np.cumsum([0, *(feature.size for feature in features)])
        self.cells = int(starts[-1])
        columns = [feature.codes.astype(np.int32) + start for feature, start in zip(features, starts, strict=False)]
        self.places = np.stack(columns, axis=1) if columns else np.zeros((0, 0), np.int32)
        self.columns = np.array([one.feature for one in self.selectors], dtype=int)
        self._low = np.array([starts[one.feature] + one.low for one in self.selectors], dtype=int)
        self._high = np.array([starts[one.feature] + one.high for one in self.selectors], dtype=int)

    def tally(self, scores: "np.ndarray", rows: "np.ndarray | None" = None) -> tuple["np.ndarray", "np.ndarray"]:
        """Clients and sum of scores under each selector, among `rows`."""
        import numpy as np  # noqa: PLC0415 -- slow import

        places = self.places if rows is None else self.places[rows]
        given = scores if rows is None else scores[rows]
        flat = places.ravel()
        counts = np.bincount(flat, minlength=self.cells)
        sums = np.bincount(flat, weights=np.repeat(given, places.shape[1]), minlength=self.cells)
        return self._ranged(counts), self._ranged(sums)

    def _ranged(self, cells: "np.ndarray") -> "np.ndarray":
        import numpy as np  # noqa: PLC0415 -- slow import

        running = np.concatenate([[0], np.cumsum(cells)])
        ranged: np.ndarray = running[self._high + 1] - running[self._low]
        return ranged

    def mask(self, selectors: Sequence[Selector]) -> "np.ndarray":
        """Whom they choose."""
        import numpy as np  # noqa: PLC0415 -- slow import

        chosen = np.ones(self.size, dtype=bool)
        for one in selectors:
            codes = self.features[one.feature].codes
            chosen &= (codes >= one.low) & (codes <= one.high)
        return chosen


def ranks(values: "np.ndarray") -> "np.ndarray":
    """Places of values, equal ones sharing theirs; centred and of variance one. All equal: zeros."""
    import numpy as np  # noqa: PLC0415 -- slow import
    from scipy.stats import rankdata  # noqa: PLC0415 -- slow import

    places = rankdata(values)
    centred = places - places.mean()
    spread = float(np.sqrt((centred**2).mean()))
    return centred / spread if spread > 0 else np.zeros(len(values))


def z_of(clients: "np.ndarray", sums: "np.ndarray", *, size: int, least: int) -> "np.ndarray":
    """The formula above for scores of mean 0 and variance 1; nought for segments too small, or of more than half."""
    import numpy as np  # noqa: PLC0415 -- slow import

    fits = (clients >= least) & (2 * clients <= size)
    spread = np.sqrt(np.maximum(clients * (1 - clients / size) * size / max(size - 1, 1), 1e-12))
    return np.where(fits, sums / spread, 0.0)


def search(space: Space, scores: "np.ndarray", *, beam: int = BEAM, depth: int = MOST_CONDITIONS) -> list[Segment]:
    """The segments met, the furthest from the rest first; `scores` come from `ranks`."""
    found = [
        Segment(tuple(space.selectors[one] for one in key), clients, z)
        for key, (clients, z) in _met(space, scores, beam=beam, depth=depth).items()
    ]
    return sorted(found, key=lambda one: (-abs(one.z), len(one.selectors), one.text))


def furthest(space: Space, scores: "np.ndarray", *, beam: int = BEAM, depth: int = MOST_CONDITIONS) -> float:
    """|z| of the first of the same search: what chance alone reaches when the scores are shuffled."""
    return max((abs(z) for _, z in _met(space, scores, beam=beam, depth=depth).values()), default=0.0)


Key = tuple[int, ...]


def _met(space: Space, scores: "np.ndarray", *, beam: int, depth: int) -> dict[Key, tuple[int, float]]:
    """Numbers of selectors → (clients, z): the far ones of one condition, then the beam's with one more, and so on."""
    seen: dict[Key, tuple[int, float]] = {}
    parents: list[Key] = [()] if space.selectors else []
    for _ in range(depth):
        met: dict[Key, tuple[int, float]] = {}
        for parent in parents:
            for chosen, clients, z in _further(space, scores, parent, most=2 * beam):
                met.setdefault(tuple(sorted((*parent, chosen))), (clients, z))
        seen.update(met)
        parents = sorted(met, key=lambda key: (-abs(met[key][1]), key))[:beam]
    return seen


def _further(space: Space, scores: "np.ndarray", parent: Key, *, most: int) -> list[tuple[int, int, float]]:
    """Selectors of other columns that choose a part of `parent`'s clients: the furthest `most` with clients and z."""
    import numpy as np  # noqa: PLC0415 -- slow import

    rows = np.flatnonzero(space.mask([space.selectors[one] for one in parent])) if parent else None
    counts, sums = space.tally(scores, rows)
    z = z_of(counts, sums, size=space.size, least=space.least_clients)
    far = np.where(counts < (space.size if rows is None else len(rows)), np.abs(z), 0.0)
    for one in parent:
        far[space.columns == space.selectors[one].feature] = 0.0
    order = np.argsort(-far, kind="stable")[:most]
    return [(int(one), int(counts[one]), float(z[one])) for one in order if far[one] > 0]


def generalisations(segment: Segment) -> list[tuple[Selector, ...]]:
    """The same without one condition."""
    count = len(segment.selectors)
    return [chosen for chosen in combinations(segment.selectors, count - 1) if chosen]
