"""How far the base's gaps fall from what was typical: cumulative tables that count the gaps not finished yet.

Assumptions. Residuals of finished gaps are seen; of a gap still open only that it is longer than the silence. Leaving
open gaps out makes every answer too early. They are counted by Kaplan & Meier (1958) on a grid, each with the chance
that its client will come back at all: S(ε) = Π_{e <= ε} (1 − d_e / r_e), d finished at e, r finished or open at or
beyond e. Both counts are smeared by a normal kernel of Silverman's width first. What never falls to zero has left.
"""

from dataclasses import dataclass

import numpy as np
from scipy import special

from clientarium.core.forecast.date_distribution import KNOWN_CLASSES, RESIDUAL_REACH, RESIDUAL_STEP, Cells
from clientarium.core.forecast.gap_states import Flags, Numbers
from clientarium.core.forecast.histories import Indices

LEAST_OF_A_CLASS = 60
"""Fewer finished gaps than this are joined by those of the neighbouring classes."""

NARROWEST, WIDEST = 0.02, 9.0
GRID = np.arange(-RESIDUAL_REACH, RESIDUAL_REACH + RESIDUAL_STEP / 2, RESIDUAL_STEP)
GRID_EDGES = np.concatenate([GRID - RESIDUAL_STEP / 2, [GRID[-1] + RESIDUAL_STEP / 2]])


@dataclass(frozen=True, eq=False)
class Residuals:
    """Residuals ε of m gaps. value: float64[m]; row: the table each belongs to, int64[m]; weight: float64[m]."""

    value: Numbers
    row: Indices
    weight: Numbers

    def part(self, chosen: Flags) -> "Residuals":
        return Residuals(self.value[chosen], self.row[chosen], self.weight[chosen])


def residuals_of(value: Numbers, row: Indices | None = None, weight: Numbers | None = None) -> Residuals:
    return Residuals(
        value,
        np.zeros(value.size, np.int64) if row is None else row,
        np.ones(value.size) if weight is None else weight,
    )


def residual_tables(
    finished: Residuals, unfinished: Residuals | None = None, *, rows: int = KNOWN_CLASSES.size
) -> Cells:
    """F(ε) on GRID of each row, float32[rows, steps], the last is 1."""
    tables = []
    for row in range(rows):
        reach = 0
        chosen = finished.row == row
        while chosen.sum() < LEAST_OF_A_CLASS and reach < rows:
            reach += 1
            chosen = np.abs(finished.row - row) <= reach
        still = unfinished.part(np.abs(unfinished.row - row) <= reach) if unfinished else None
        tables.append(_table(finished.part(chosen), still))
    return np.array(tables, np.float32)


def _table(finished: Residuals, unfinished: Residuals | None) -> Numbers:
    kernel = _kernel(finished.value)
    ended = _smeared(finished, kernel)
    open_ = _smeared(unfinished, kernel) if unfinished and unfinished.value.size else np.zeros(GRID.size)
    at_risk = np.cumsum((ended + open_)[::-1])[::-1]
    survived = np.cumprod(1 - np.clip(ended / np.maximum(at_risk, 1e-9), 0.0, 1.0))
    came = 1 - survived
    return np.asarray(came / max(float(came[-1]), 1e-12))


def _kernel(values: Numbers) -> Numbers:
    """A normal kernel in steps of the grid; its width after Silverman (1986), 0.9·min(sd, IQR/1.349)·m^(−1/5)."""
    middle = float(np.subtract(*np.quantile(values, [0.75, 0.25]))) / 1.349
    spreads = [spread for spread in (float(np.std(values)), middle) if spread > 0]
    width = float(np.clip(0.9 * min(spreads, default=0.0) * values.size**-0.2, NARROWEST, WIDEST))
    reach = int(np.ceil(4 * width / RESIDUAL_STEP))
    kernel = np.diff(special.ndtr((np.arange(-reach, reach + 2) - 0.5) * RESIDUAL_STEP / width))
    return np.asarray(kernel / kernel.sum())


def _smeared(residuals: Residuals, kernel: Numbers) -> Numbers:
    clipped = np.clip(residuals.value, GRID[0], GRID[-1])
    counts = np.histogram(clipped, GRID_EDGES, weights=residuals.weight)[0]
    reach = kernel.size // 2
    return np.asarray(np.maximum(np.convolve(counts, kernel)[reach : reach + GRID.size], 0.0))
