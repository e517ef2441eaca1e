"""Residuals with the gaps still open: Kaplan and Meier by hand."""

import numpy as np
import pytest

from clientarium.core.forecast.date_distribution import RESIDUAL_STEP
from clientarium.core.forecast.residual_tables import GRID, residual_tables, residuals_of

FAR = 1.0
"""Between the values below and further than the smearing reaches: 0.9·sd 2.5·m^(−1/5) is under 0.35."""

MANY = 10_000


def share_by(table, value):
    return table[0, round((value + FAR - GRID[0]) / RESIDUAL_STEP)]


def test_finished_gaps_alone_are_their_shares():
    table = residual_tables(residuals_of(np.array([-3.0, 0.0, 0.0, 3.0]).repeat(MANY)), rows=1)
    assert [share_by(table, value) for value in (-3.0, 0.0, 3.0)] == pytest.approx([0.25, 0.75, 1.0], abs=0.01)


def test_open_gaps_are_counted_as_kaplan_and_meier_do():
    """Finished at -3, 0, 3; one open at -1.5 and one at 1.5: S = 4/5, then 4/5·2/3, then 0."""
    finished = residuals_of(np.array([-3.0, 0.0, 3.0]).repeat(MANY))
    still = residuals_of(np.array([-1.5, 1.5]).repeat(MANY))
    table = residual_tables(finished, still, rows=1)
    assert [share_by(table, value) for value in (-3.0, 0.0)] == pytest.approx([1 / 5, 1 - 4 / 5 * 2 / 3], abs=0.01)
    assert table[0, -1] == 1.0


def test_open_gap_of_someone_who_left_weighs_nothing():
    finished = residuals_of(np.array([-1.0, 0.0, 1.0]).repeat(400))
    gone = residuals_of(np.array([-0.5, 0.5]), weight=np.zeros(2))
    assert np.array_equal(residual_tables(finished, gone, rows=1), residual_tables(finished, rows=1))


def test_small_class_borrows_from_its_neighbours():
    finished = residuals_of(np.linspace(-1, 1, 101), np.array([0] * 100 + [1]))
    tables = residual_tables(finished, rows=2)
    assert np.isfinite(tables).all() and (np.diff(tables, axis=1) >= 0).all()
    assert tables[1, GRID.size // 2] == pytest.approx(0.5, abs=0.05)


def test_one_single_gap_makes_a_distribution():
    assert np.isfinite(residual_tables(residuals_of(np.array([0.0])))).all()
