"""Averages of a rule and a model: two lines of arithmetic that often beat both (SCIENCE.md 3.2).

Symbols: w orders of the last equal window, p P(alive), m the model's expected orders.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from clientarium.core.forecast.count_rules import last_window
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.methods import CountForecast, CountMethod, expected_of
from clientarium.core.forecast.model_methods import REGULAR_MODEL, ModelMethod
from clientarium.core.forecast.recalibration import Recalibrated, scaled_to


@dataclass(frozen=True)
class WindowBlend:
    """(w·p + m)/2."""

    model: ModelMethod = REGULAR_MODEL
    name: str = "window_blend"

    def forecast(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        found, alive = self.model.forecast(histories, horizons), self.model.p_alive(histories)
        blended = {h: (last_window(histories, h) * alive + found.expected[h]) / 2 for h in horizons}
        return CountForecast(blended, basis=found.basis)


@dataclass(frozen=True)
class ThreeWay:
    """(w + w·p + m)/3."""

    model: ModelMethod = REGULAR_MODEL
    name: str = "three_way"

    def forecast(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        found, alive = self.model.forecast(histories, horizons), self.model.p_alive(histories)
        blended = {h: (last_window(histories, h) * (1 + alive) + found.expected[h]) / 3 for h in horizons}
        return CountForecast(blended, basis=found.basis)


@dataclass(frozen=True)
class Paired:
    """The typical count of one method beside the expected one of another: each does what it is good at.

    The expected counts are scaled to the total of `Recalibrated`: whoever is best at telling clients apart, how much
    all of them will order together is told by one.
    """

    typical: CountMethod
    means: CountMethod

    @property
    def name(self) -> str:
        return f"{self.typical.name}+{self.means.name}"

    def expected(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        """The same without the typical counts."""
        means = expected_of(self.means, histories, horizons)
        totals = expected_of(Recalibrated(), histories, horizons).expected
        return CountForecast(
            {h: scaled_to(means.expected[h], float(totals[h].sum())) for h in horizons}, None, means.basis
        )

    def forecast(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        told, shown = self.expected(histories, horizons), self.typical.forecast(histories, horizons)
        return CountForecast(told.expected, shown.typical or shown.expected, told.basis or shown.basis)
