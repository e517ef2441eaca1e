"""What a forecasting method is: the one shape of rules, published models, boosted trees and blends.

A method trains only on the histories it is given (every date in them is at or before `until`) and gives the same output
for the same input, to the bit. It answers for every client of the histories, in their order, with finite numbers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from clientarium.core.forecast.histories import Histories

Numbers = NDArray[np.float64]

ORDER_WITHIN_DAYS = (7, 30)
"""The chance of an order is told for a week and for a month ahead, unless asked otherwise."""


@dataclass(frozen=True, eq=False)
class CountForecast:
    """Orders of each of n clients in the days (until, until + h], by horizon h in days; float64[n], finite, >= 0.

    expected: the mean of what may happen: adds up to totals. typical: the median of what may happen, where the method
    knows it: misses least in a single client (its sum is usually too small). basis: in words, where a method could not
    do what its name says (a base too small) and what it did instead; empty otherwise.
    """

    expected: Mapping[int, Numbers]
    typical: Mapping[int, Numbers] | None = None
    basis: str = ""

    def __post_init__(self) -> None:
        for horizons in (self.expected, self.typical or {}):
            for orders in horizons.values():
                assert np.isfinite(orders).all() and (orders >= 0).all(), "orders are finite and not negative"

    def per_client(self, horizon: int) -> Numbers:
        """The figure to show for one client: the typical count, the expected one where the method has no other."""
        return (self.typical or self.expected)[horizon]


@dataclass(frozen=True, eq=False)
class DateForecast:
    """When the next order of each of n clients comes, float64[n].

    median, early (10 %), late (90 %): days after `until` (>= 1), given that it comes. within: for a horizon h in days
    the probability of an order in (until, until + h].
    """

    median: Numbers
    early: Numbers
    late: Numbers
    within: Mapping[int, Numbers]


class CountMethod(Protocol):
    @property
    def name(self) -> str: ...

    def forecast(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        """Orders of every client of `histories` within each of `horizons`, days."""


@runtime_checkable
class Expecting(Protocol):
    """A method of counts that can leave out the typical ones, which cost it more than the expected."""

    def expected(self, histories: Histories, horizons: Sequence[int]) -> CountForecast: ...


def expected_of(method: CountMethod, histories: Histories, horizons: Sequence[int]) -> CountForecast:
    """The expected counts of `method`, with nothing computed that is not asked for."""
    return (
        method.expected(histories, horizons) if isinstance(method, Expecting) else method.forecast(histories, horizons)
    )


class StatusMethod(Protocol):
    @property
    def name(self) -> str: ...

    def p_alive(self, histories: Histories) -> Numbers:
        """The probability that the client will ever order again, or a score in 0..1 of the same order, float64[n]."""


class DateMethod(Protocol):
    @property
    def name(self) -> str: ...

    def forecast(self, histories: Histories, horizons: Sequence[int] = ORDER_WITHIN_DAYS) -> DateForecast:
        """The next order's date of every client of `histories`, and the chance of it within each of `horizons` days."""
