"""What winning a lost client back is worth: what he brought in his last year, times the chance that he returns.

1. Returns are counted on the base's own past: every silence that reached a mark (half a year, a year, two), and whether
   two purchases followed within twelve months. Two, because win-back counts at the second purchase (1.10.10).
2. The share of a mark is (k + 1) / (n + 2), Laplace's rule of succession: none of forty is not "never".
3. Under FEWEST silences the base knows nothing of that mark: the policy's assumption stands in, and the answer says so.
   A mark past the last measured one takes the smaller of that one's share and the assumption: chances fall with time.
4. expected = past_year x chance. He is taken to buy again as in the year before he left; growth is not assumed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from clientarium.core.strategy.effect import wilson

FEWEST = 30
"""Under thirty silences one return more or less moves the share by over three points."""


@dataclass(frozen=True)
class Silences:
    """`repeated` of `silent` silences of `from_days` and more were followed by two purchases, `returned` by one."""

    from_days: int
    silent: int
    returned: int
    repeated: int


@dataclass(frozen=True)
class ReturnChance:
    """`share` for whoever is silent for `from_days` or more; [low, high] is its 95 % interval, None if assumed."""

    from_days: int
    share: float
    low: float | None
    high: float | None
    silent: int
    returned: int
    repeated: int
    is_measured: bool


def return_chances(counts: Sequence[Silences], *, assumed: float) -> tuple[ReturnChance, ...]:
    """A chance for each mark, shortest silence first."""
    found: list[ReturnChance] = []
    for count in sorted(counts, key=lambda one: one.from_days):
        measured = count.silent >= FEWEST
        share = (count.repeated + 1) / (count.silent + 2) if measured else assumed
        if not measured and found:
            share = min(share, found[-1].share)
        interval = wilson(count.repeated, count.silent) if measured else None
        found.append(
            ReturnChance(
                from_days=count.from_days,
                share=share,
                low=interval.low if interval else None,
                high=interval.high if interval else None,
                silent=count.silent,
                returned=count.returned,
                repeated=count.repeated,
                is_measured=measured,
            )
        )
    return tuple(found)


def chance_after(days: int, chances: Sequence[ReturnChance]) -> ReturnChance:
    """The chance of who is silent for `days`: of the longest mark he has reached, else of the first."""
    reached = [chance for chance in chances if chance.from_days <= days]
    return reached[-1] if reached else chances[0]


def worth_of_return(past_year: Decimal, chance: ReturnChance) -> Decimal:
    """Money of a year; a client who brought losses is worth nothing, not less."""
    return max(Decimal(0), past_year * Decimal(repr(chance.share))).quantize(Decimal("0.01"))
