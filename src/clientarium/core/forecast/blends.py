"""Averages of a rule and a model: two lines of arithmetic that often beat both (SCIENCE.md 3.2).

Symbols: w orders of the last equal window, p P(alive), m the model's expected orders.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from clientarium.core.forecast.count_rules import last_window
from clientarium.core.forecast.histories import Histories
from clientarium.core.forecast.methods import CountForecast, CountMethod
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
    expected: CountMethod

    @property
    def name(self) -> str:
        return f"{self.typical.name}+{self.expected.name}"

    def forecast(self, histories: Histories, horizons: Sequence[int]) -> CountForecast:
        means = self.expected.forecast(histories, horizons)
        shown = self.typical.forecast(histories, horizons)
        totals = Recalibrated().forecast(histories, horizons).expected
        expected = {h: scaled_to(means.expected[h], float(totals[h].sum())) for h in horizons}
        return CountForecast(expected, shown.typical or shown.expected, means.basis or shown.basis)
