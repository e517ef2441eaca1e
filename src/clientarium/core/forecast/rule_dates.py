"""A plain rule as a method of dates: its point, and around it what the base's own misses were (conformal ratios).

Assumptions. The rule's point m is right up to a factor whose distribution is the same for every client:
ln gap = ln m + ε with ε from the base's own past (SCIENCE.md 3.3, "pooled-ratio conformal"). Weekdays and
silence are not looked into by the rule; given silence, F of the ratios is cut off below it, as everywhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from clientarium.core.forecast.date_distribution import Cells, middle_day, share_by, spread_cells
from clientarium.core.forecast.date_learning import (
    MOST_GAPS_TO_LEARN,
    Windows,
    calibrated,
    known_gaps,
    silent_states,
)
from clientarium.core.forecast.date_rules import DATE_RULES, GapBase, learn_gap_base
from clientarium.core.forecast.gap_states import DAYS_IN_WEEK, GapStates, Numbers
from clientarium.core.forecast.histories import Histories, Indices
from clientarium.core.forecast.leaving import Leaving, fit_leaving
from clientarium.core.forecast.methods import ORDER_WITHIN_DAYS
from clientarium.core.forecast.next_order import NextOrders, answer, nothing_known
from clientarium.core.forecast.residual_tables import residual_tables, residuals_of


@dataclass(frozen=True, eq=False)
class LearntRule:
    """The rule `rule` of DATE_RULES with its base and the ratios it missed by, float32[1, steps] cumulative."""

    rule: str
    base: GapBase
    residuals: Cells
    leaving: Leaving
    windows: Windows

    def cells(self, states: GapStates) -> Cells:
        return _cells(DATE_RULES[self.rule](states, self.base), self.residuals)

    def weights(self, states: GapStates) -> Cells:
        return _even(states.size)

    def point(self, states: GapStates, cells: Cells, weights: Cells, silence: Indices) -> Numbers:
        """The rule's own answer, whole days after the last purchase; once it has passed, the middle of what is left."""
        told = np.maximum(np.round(DATE_RULES[self.rule](states, self.base)), 1.0)
        return np.where(told > silence, told, middle_day(cells, weights, silence))


@dataclass(frozen=True)
class RuleDates:
    """DateMethod: one of DATE_RULES by its name."""

    name: str

    def forecast(self, histories: Histories, horizons: Sequence[int] = ORDER_WITHIN_DAYS) -> NextOrders:
        learnt = learn_rule(histories, self.name)
        if learnt is None:
            return nothing_known(histories.size, horizons)
        return answer(histories, learnt, horizons)


def learn_rule(histories: Histories, rule: str) -> LearntRule | None:
    """None where no client has bought twice."""
    base = learn_gap_base(histories)
    return _learnt(histories, rule, base) if base else None


def learn_rules(histories: Histories) -> Mapping[str, LearntRule]:
    """Every rule by name, empty where no client has bought twice."""
    base = learn_gap_base(histories)
    return {rule: _learnt(histories, rule, base) for rule in DATE_RULES} if base else {}


def _learnt(histories: Histories, rule: str, base: GapBase) -> LearntRule:
    states, actual = known_gaps(histories, MOST_GAPS_TO_LEARN)
    points = DATE_RULES[rule](states, base)
    missed = np.log(actual) - np.log(np.maximum(points, 0.5))
    residuals = residual_tables(residuals_of(missed), rows=1)
    now = silent_states(histories)
    gone = share_by(_cells(DATE_RULES[rule](now, base), residuals), now.silence.astype(np.int64), _even(now.size))
    leaving = fit_leaving(now.known.astype(np.float64), np.clip(1 - gone, 0.0, 1.0))
    return LearntRule(rule, base, residuals, leaving, calibrated(_cells(points, residuals), _even(actual.size), actual))


def _cells(points: Numbers, residuals: Cells) -> Cells:
    return spread_cells(
        np.log(np.maximum(points, 0.5)), np.ones(points.size), residuals, np.zeros(points.size, np.int64)
    )


def _even(size: int) -> Cells:
    return np.ones((size, DAYS_IN_WEEK), np.float32)
