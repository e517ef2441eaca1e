"""Is a difference real? Leave out every twentieth client in turn and see how far the figure moves.

1. Clients fall into BUCKETS equal heaps by their number, so that one client is always whole within one heap.
2. A figure θ is computed over all heaps, and again with each heap i of g left out, θ(i).
3. Its error is s² = (g − 1)/g · Σ (θ(i) − mean θ(i))², the delete-a-group jackknife (Quenouille 1956, Tukey 1958,
   Kott 2001), and the interval θ ± t(g − 1) · s with Student's t.
4. A share of few clients is also bounded by the score interval (Wilson 1927, Newcombe 1998 method 10): where 11 of 11
   stayed, leaving some out says nothing. The wider of both stands.
5. Where many groups are judged at once, the sureness asked of each is raised by their number (Bonferroni), so that a
   chance find among all of them stays as rare as one judgement's.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import fsum, hypot, sqrt
from statistics import NormalDist

Sums = tuple[float, ...]
"""What a heap adds up to; a figure is computed from the sums of all heaps."""

BUCKETS = 20
"""Nineteen degrees of freedom: the interval is hardly wider than with more, and the sums stay few."""

FEWEST_HEAPS = 8
"""With fewer heaps that have clients the error is a guess itself."""


@dataclass(frozen=True)
class Estimate:
    """A figure and its interval: `low` and `high` None where there is too little to tell, `value` where nothing is."""

    value: float | None
    low: float | None = None
    high: float | None = None

    @property
    def is_above(self) -> bool:
        """Above nought for certain."""
        return self.low is not None and self.low > 0

    @property
    def is_below(self) -> bool:
        """Below nought for certain."""
        return self.high is not None and self.high < 0

    @property
    def is_told(self) -> bool:
        return self.low is not None


def jackknife(
    heaps: Sequence[Sums], figure: Callable[[Sums], float | None], *, sureness: float = 0.95, judged: int = 1
) -> Estimate:
    """`figure` of the sums of all `heaps` with its interval; `judged`: of how many such judgements this is one."""
    if not heaps:
        return Estimate(None)
    total = added(heaps)
    value = figure(total)
    if value is None or len(heaps) < FEWEST_HEAPS:
        return Estimate(value)
    without = [figure(tuple(all_of - part for all_of, part in zip(total, heap, strict=True))) for heap in heaps]
    known = [one for one in without if one is not None]
    if len(known) < len(heaps):
        return Estimate(value)
    middle = sum(known) / len(known)
    error = sqrt((len(known) - 1) / len(known) * sum((one - middle) ** 2 for one in known))
    half = _student(1 - (1 - sureness) / (2 * max(judged, 1)), len(known) - 1) * error
    return Estimate(value, value - half, value + half)


def wider(*estimates: Estimate) -> Estimate:
    """The same figure by several ways of telling its error: the interval that holds all of theirs."""
    if any(not one.is_told for one in estimates):
        return Estimate(estimates[0].value)
    return Estimate(
        estimates[0].value,
        min(one.low for one in estimates if one.low is not None),
        max(one.high for one in estimates if one.high is not None),
    )


def gap_of_shares(
    part: float, of: float, others: float, of_others: float, *, sureness: float = 0.95, judged: int = 1
) -> Estimate:
    """part/of − others/of_others by Newcombe's score interval, which knows that 11 of 11 is not certainty."""
    if of <= 0 or of_others <= 0:
        return Estimate(None)
    quantile = NormalDist().inv_cdf(1 - (1 - sureness) / (2 * max(judged, 1)))
    (share, low, high), (other, other_low, other_high) = (
        _score(part, of, quantile),
        _score(others, of_others, quantile),
    )
    gap = share - other
    return Estimate(gap, gap - hypot(share - low, other_high - other), gap + hypot(high - share, other - other_low))


def _score(part: float, of: float, quantile: float) -> tuple[float, float, float]:
    """A share and Wilson's bounds of it."""
    share, square = part / of, quantile**2
    middle = share + square / (2 * of)
    half = quantile * sqrt(share * (1 - share) / of + square / (4 * of**2))
    return share, max(0.0, (middle - half) / (1 + square / of)), min(1.0, (middle + half) / (1 + square / of))


def added(heaps: Sequence[Sums]) -> Sums:
    """The sums of several heaps together."""
    return tuple(fsum(column) for column in zip(*heaps, strict=True))


def _student(share: float, freedom: int) -> float:
    """The quantile of Student's t."""
    from scipy.special import stdtrit  # noqa: PLC0415 -- slow import

    return float(stdtrit(freedom, share))
