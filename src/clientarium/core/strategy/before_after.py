"""Did a decision about a group help? Equal periods before and after it, beside clients like them.

1. Each client of the group is paired with one outside it who was like him in the year before the decision: of the same
   category where there is such a one, and with money and hours that differ at most `WITHIN` times. One client is paired
   once; who finds no pair is left out, and how many is told.
2. The measure is the difference in differences: of each pair,
       d = (after − before of the client) − (after − before of his pair)
   The season and the market touch both and drop out; a bad year that mends by itself does, too, for both had it.
3. Effect = mean of d, a client; times the clients of the group it is the effect on the firm in the period.
4. Interval: randomisation. If the decision changed nothing, it is chance who of a pair was in the group: the signs of d
   are tossed `DRAWS` times. An effect is inside the interval if d less that effect stands such tossing at 5 %
   (Fisher 1935; Ernst 2004, «Permutation methods»). So of decisions that change nothing one in twenty seems to.
5. Too early: fewer days or pairs than the policy asks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import copysign, log
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WITHIN = 2.0
"""Pairs differ at most twofold in money and in hours: as far as «alike» can be stretched before a partner laughs."""

SMALL_PART = 0.1
"""Money and minutes are compared from this part of the group's median up: 3 roubles against 9 are no threefold."""

NEAREST = 32
"""How many of the nearest are tried for one who is still free."""

DRAWS = 2_000
CHANCE = 0.05
SEED = 1935
HALVINGS = 60
NOUGHT = 1e-9


@dataclass(frozen=True)
class Past:
    """A client in the year before the decision; `category` is what he should share with his pair."""

    client_id: int
    category: str | None
    money: float
    minutes: float
    orders: int


@dataclass(frozen=True)
class Pair:
    """`is_same`: both stood in one category."""

    client_id: int
    other_id: int
    is_same: bool


@dataclass(frozen=True)
class Moved:
    """One figure of one pair: before and after, of the client and of who is like him."""

    before: float
    after: float
    other_before: float
    other_after: float

    @property
    def difference(self) -> float:
        return (self.after - self.before) - (self.other_after - self.other_before)


@dataclass(frozen=True)
class Measured:
    """Means a client. `low` and `high` bound `difference` with 95 %."""

    before: float
    after: float
    other_before: float
    other_after: float
    difference: float
    low: float
    high: float

    @property
    def is_certain(self) -> bool:
        return self.low > 0 or self.high < 0


def pairs_of(group: Sequence[Past], others: Sequence[Past]) -> list[Pair]:
    """Assumption 1: the same category first, then any; the nearest free one within `WITHIN` times."""
    same = _paired(group, others, by_category=True)
    taken, found = {one.other_id for one in same}, {one.client_id for one in same}
    rest = _paired(
        [one for one in group if one.client_id not in found],
        [one for one in others if one.client_id not in taken],
        by_category=False,
    )
    return sorted([*same, *rest], key=lambda one: one.client_id)


def measure(moved: Sequence[Moved]) -> Measured | None:
    """Equations 2–4; None without a pair. Same pairs in any order, same answer."""
    if not moved:
        return None
    import numpy as np  # noqa: PLC0415 -- slow import

    told = sorted(moved, key=lambda one: (one.difference, one.before, one.after))
    columns = np.array([(one.before, one.after, one.other_before, one.other_after) for one in told])
    differences = np.array([one.difference for one in told])
    before, after, other_before, other_after = (float(value) for value in columns.mean(axis=0))
    low, high = interval(differences)
    return Measured(before, after, other_before, other_after, float(differences.mean()), low, high)


def interval(differences: "NDArray[np.float64]") -> tuple[float, float]:
    """Equation 4: the least and the greatest effect that tossing the signs does not refuse."""
    import numpy as np  # noqa: PLC0415 -- slow import

    count = len(differences)
    signs = np.random.default_rng(SEED).integers(0, 2, size=(DRAWS, count), dtype=np.int8) * 2 - 1
    tossed, leaning = (signs @ differences) / count, signs.mean(axis=1, dtype=np.float64)
    mean = float(differences.mean())
    spread = float(np.abs(differences - mean).max())

    def is_refused(effect: float) -> bool:
        """Whether few tosses lie as far from nought as what was seen; the seen one counts as a toss."""
        as_far = np.abs(tossed - effect * leaning) >= abs(mean - effect) - NOUGHT * max(spread, 1.0)
        return (int(as_far.sum()) + 1) / (DRAWS + 1) <= CHANCE

    return _bound(mean, -spread, is_refused), _bound(mean, spread, is_refused)


def _bound(mean: float, reach: float, is_refused: Callable[[float], bool]) -> float:
    """The furthest effect on one side that stands; with few pairs none is ever refused, and it is that side's end."""
    inside, outside = 0.0, 1.0
    while not is_refused(mean + outside * reach):
        inside, outside = outside, 2 * outside
        if outside > 2**10:
            return mean + inside * reach
    for _ in range(HALVINGS if reach else 0):
        middle = (inside + outside) / 2
        if is_refused(mean + middle * reach):
            outside = middle
        else:
            inside = middle
    return mean + inside * reach


def _paired(group: Sequence[Past], others: Sequence[Past], *, by_category: bool) -> list[Pair]:
    if not group or not others:
        return []
    import numpy as np  # noqa: PLC0415 -- slow import
    from scipy.spatial import cKDTree  # noqa: PLC0415 -- slow import

    floors = _floors(group)
    found: list[Pair] = []
    for category in sorted({one.category or "" for one in group}) if by_category else [None]:
        mine = [one for one in group if category is None or (one.category or "") == category]
        theirs = sorted((one for one in others if category is None or (one.category or "") == category), key=_number)
        if not theirs:
            continue
        places = np.array([_place(one, floors) for one in theirs])
        tree, free = cKDTree(places), np.ones(len(theirs), dtype=bool)
        # The dearest first: the fewest are like them.
        for one in sorted(mine, key=lambda past: (-past.money, past.client_id)):
            _, near = tree.query(_place(one, floors), k=min(NEAREST, len(theirs)), p=np.inf, distance_upper_bound=1.0)
            for index in np.atleast_1d(near):
                if index < len(theirs) and free[index]:
                    free[index] = False
                    found.append(Pair(one.client_id, theirs[index].client_id, one.category == theirs[index].category))
                    break
    return found


def _floors(group: Sequence[Past]) -> tuple[float, float]:

    money = median(abs(one.money) for one in group) * SMALL_PART
    minutes = median(one.minutes for one in group) * SMALL_PART
    return max(money, 1.0), max(minutes, 1.0)


def _place(one: Past, floors: tuple[float, float]) -> tuple[float, float]:
    """Logarithms to the base `WITHIN`: a distance below one is a ratio below `WITHIN`."""

    money = copysign(log(1 + abs(one.money) / floors[0], WITHIN), one.money)
    return money, log(1 + one.minutes / floors[1], WITHIN)


def _number(one: Past) -> int:
    return one.client_id
