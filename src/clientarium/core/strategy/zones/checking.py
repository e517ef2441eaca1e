"""Whether chance alone would have found it: shuffling, with the whole search or with a half of the clients kept back.

Thousands of segments are compared, so the best of them looks good in any base. Two honest answers, both the
max-statistic of Westfall & Young (1993), which keeps the chance of even one false finding at 5 %:

- few clients: the clients' figures are dealt out anew and the whole search is done again, many times; a segment counts
  if it stands further out than the best of at least 95 % of those searches;
- many: segments are looked for among one half of the clients, and the few found are tried on the other half, which
  had no part in finding them; there the figures are shuffled, and each must beat the furthest of all that are tried.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from clientarium.core.strategy.zones.search import Space, furthest, ranks

if TYPE_CHECKING:
    import numpy as np

CHECK_SHUFFLES = 999

SHUFFLED_AT_ONCE = 50

SHUFFLED_CLIENTS = 50_000
"""A furthest |z| is measured in standard errors: how far chance reaches does not depend on how many more there are."""

Step = Callable[[int, int], None]


def chance_maxima(
    spaces: Sequence[Space], scores: "np.ndarray", *, rng: "np.random.Generator", step: Step, shuffles: int
) -> "np.ndarray":
    """The furthest |z| of the whole search in each shuffle, whichever of `spaces` it is met in."""
    import numpy as np  # noqa: PLC0415 -- slow import

    found = np.zeros(shuffles)
    for number in range(shuffles):
        step(number, shuffles)
        dealt = rng.permutation(scores)
        found[number] = max(furthest(space, dealt) for space in spaces)
    return found


def checked_maxima(
    masks: Sequence["np.ndarray"],
    scores: "np.ndarray",
    *,
    rng: "np.random.Generator",
    step: Step,
    shuffles: int = CHECK_SHUFFLES,
) -> "np.ndarray":
    """The furthest |z| among the segments `masks` in each shuffle of `scores`, of SHUFFLED_CLIENTS by lot at most."""
    import numpy as np  # noqa: PLC0415 -- slow import

    if len(scores) > SHUFFLED_CLIENTS:
        some = np.sort(rng.choice(len(scores), SHUFFLED_CLIENTS, replace=False))
        masks, scores = [mask[some] for mask in masks], ranks(scores[some])
    chosen = np.stack(masks).astype(np.float32)
    spread = spreads(chosen.sum(axis=1, dtype=np.float64), size=len(scores))
    shuffled, found = scores.astype(np.float32), []
    for start in range(0, shuffles, SHUFFLED_AT_ONCE):
        step(start, shuffles)
        count = min(SHUFFLED_AT_ONCE, shuffles - start)
        dealt = np.stack([rng.permutation(shuffled) for _ in range(count)], axis=1)
        found.append(np.abs((chosen @ dealt) / spread[:, None]).max(axis=0))
    return np.concatenate(found)


def spreads(counts: "np.ndarray", *, size: int) -> "np.ndarray":
    """The standard errors of sums of `counts` scores drawn by lot out of `size`."""
    import numpy as np  # noqa: PLC0415 -- slow import

    return np.sqrt(np.maximum(counts * (1 - counts / size) * size / max(size - 1, 1), 1e-12))


def adjusted_p(z: float, maxima: "np.ndarray") -> float:
    """How often chance reaches as far anywhere, the observed once included."""
    return float((1 + (maxima >= abs(z)).sum()) / (len(maxima) + 1))


def threshold_of(maxima: "np.ndarray", *, false_share: float) -> float:
    """The |z| that chance passes in no more than `false_share` of the shuffles."""
    import numpy as np  # noqa: PLC0415 -- slow import

    ordered = np.sort(maxima)[::-1]
    allowed = int(false_share * (len(maxima) + 1)) - 1
    return float(ordered[max(allowed, 0)]) if len(ordered) else 0.0
