"""Did the calls help? Shares of clients who ordered soon after, side by side, with honest intervals.

1. Three groups: called on time (inside the window expected then), called off time, and regular clients who stood in the
   list but were left without a call (the random group). Only the last comparison is an experiment; the one between on
   time and off time also tells that people order at their time, and the answer says so.
2. A client counts once in a group, by his first moment whose window has passed: moments of one client are not
   independent, and a moment still running knows nothing.
3. Share of a group: k/n with Wilson's score interval (Wilson 1927):
       (p̂ + z²/2n ± z·√(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n)
4. Difference of two shares p₁ − p₂ with Newcombe's hybrid score interval (Newcombe 1998, method 10), l and u the bounds
   of 3:  lower = d − √((p̂₁−l₁)² + (u₂−p̂₂)²),  upper = d + √((u₁−p̂₁)² + (p̂₂−l₂)²)
5. "Not enough data yet": a group under FEWEST clients, or with under FEWEST_EACH who ordered or who did not.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import sqrt

Z_95 = 1.959963984540054
"""The normal quantile of a 95 % interval."""

FEWEST = 30
"""Under thirty clients an interval is wider than any difference calls could make."""

FEWEST_EACH = 5
"""The usual rule for comparing shares: at least five of each outcome."""


class Group(StrEnum):
    ON_TIME = "on_time"
    OFF_TIME = "off_time"
    NO_CALL = "no_call"


@dataclass(frozen=True)
class Moment:
    """A client was called, or would have been, on a day; `ordered`: within the window after it, None: still running."""

    client_id: int
    on: date
    group: Group
    ordered: bool | None


@dataclass(frozen=True)
class Share:
    """`ordered` of `clients`; `low` and `high` bound the share with 95 %; None of an empty group."""

    clients: int
    ordered: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Difference:
    """Share of `of` minus share of `against`, in parts of one. `is_enough` False: `missing` says what lacks.

    `missing`: few_clients, few_outcomes, no_group. `is_certain`: the interval leaves zero out.
    """

    of: Group
    against: Group
    difference: float | None
    low: float | None
    high: float | None
    missing: str = ""

    @property
    def is_enough(self) -> bool:
        return not self.missing

    @property
    def is_certain(self) -> bool:
        return self.is_enough and self.low is not None and self.high is not None and (self.low > 0 or self.high < 0)


@dataclass(frozen=True)
class Effect:
    """`running`: moments whose window has not passed yet. `by_call` is the experiment, `by_time` the comparison."""

    shares: dict[Group, Share]
    by_call: Difference
    by_time: Difference
    running: int


def effect_of_calls(moments: Iterable[Moment]) -> Effect:
    """Shares and differences of the three groups. Same moments in any order, same answer."""
    counted: dict[tuple[Group, int], bool] = {}
    running = 0
    for moment in sorted(moments, key=lambda one: (one.on, one.client_id, one.group)):
        if moment.ordered is None:
            running += 1
        else:
            counted.setdefault((moment.group, moment.client_id), moment.ordered)
    shares = {
        group: wilson(
            sum(ordered for (of, _), ordered in counted.items() if of is group), sum(of is group for of, _ in counted)
        )
        for group in Group
    }
    return Effect(
        shares=shares,
        by_call=newcombe(shares, of=Group.ON_TIME, against=Group.NO_CALL),
        by_time=newcombe(shares, of=Group.ON_TIME, against=Group.OFF_TIME),
        running=running,
    )


def wilson(ordered: int, clients: int) -> Share:
    """Equation 3."""
    if clients == 0:
        return Share(0, 0, None, None, None)
    share, z2 = ordered / clients, Z_95**2
    middle = share + z2 / (2 * clients)
    half = Z_95 * sqrt(share * (1 - share) / clients + z2 / (4 * clients**2))
    low, high = (middle - half) / (1 + z2 / clients), (middle + half) / (1 + z2 / clients)
    return Share(clients, ordered, share, max(0.0, low), min(1.0, high))


def newcombe(shares: dict[Group, Share], *, of: Group, against: Group) -> Difference:
    """Equation 4, given even where there is not enough, with what is missing."""
    first, second = shares[of], shares[against]
    if None in (first.share, second.share):
        return Difference(of, against, None, None, None, "no_group")
    assert first.share is not None and first.low is not None and first.high is not None
    assert second.share is not None and second.low is not None and second.high is not None
    difference = first.share - second.share
    low = difference - sqrt((first.share - first.low) ** 2 + (second.high - second.share) ** 2)
    high = difference + sqrt((first.high - first.share) ** 2 + (second.share - second.low) ** 2)
    return Difference(of, against, difference, low, high, _missing(first, second))


def _missing(*shares: Share) -> str:
    if any(share.clients < FEWEST for share in shares):
        return "few_clients"
    few = any(min(share.ordered, share.clients - share.ordered) < FEWEST_EACH for share in shares)
    return "few_outcomes" if few else ""
