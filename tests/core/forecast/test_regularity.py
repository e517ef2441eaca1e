"""Regularity: the published figures of the grocery data, and the words."""

import numpy as np
import pytest
from scipy import special

from clientarium.core.forecast.regularity import client_shapes, rhythms, shape_of, wheat_morrison
from tests.core.forecast.real_data import whole
from tests.core.forecast.test_date_rules import histories


def clients_of(shape, *, gaps, clients=400, seed=1, period=30.0):
    drawn = np.random.default_rng(seed)
    found = [np.cumsum(np.maximum(1, np.round(drawn.gamma(shape, period / shape, gaps + 1)))) for _ in range(clients)]
    return histories([days.astype(int) for days in found], until=10**6)


def test_shape_solves_its_equation():
    shapes = np.array([0.3, 1.0, 2.0, 17.0, 400.0])
    assert shape_of(np.log(shapes) - special.digamma(shapes)) == pytest.approx(shapes, rel=1e-6)


def test_wheat_morrison_recovers_k():
    assert wheat_morrison(clients_of(3.0, gaps=2, clients=20_000, period=300.0)) == pytest.approx(3.0, rel=0.05)


@pytest.mark.parametrize(
    ("shape", "gaps", "least", "most"), [(1.0, 6, 0.0, 0.08), (1.0, 19, 0.0, 0.08), (12.0, 10, 0.95, 1.0)]
)
def test_chance_is_rarely_called_regular_and_a_habit_mostly(shape, gaps, least, most):
    share = np.mean(rhythms(clients_of(shape, gaps=gaps)).word == "regular")
    assert least <= share <= most


def test_rhythm_in_numbers_of_a_sentence():
    found = rhythms(histories([[1, 27, 57, 83, 113], [1, 8, 200, 203, 399], [1, 31], [5]]))
    assert found.word.tolist() == ["regular", "irregular", "unknown", "unknown"]
    np.testing.assert_equal(found.typical_gap_days, [28.0, 100.0, 30.0, np.nan])
    np.testing.assert_equal(found.half_width_days[[0, 2, 3]], [2.0, np.nan, np.nan])


def test_equal_gaps_are_regular():
    found = rhythms(histories([[1, 8, 15, 22, 29]]))
    assert (found.word[0], found.typical_gap_days[0], found.half_width_days[0]) == ("regular", 7.0, 1.0)


def test_too_little_is_unknown():
    assert wheat_morrison(histories([[1, 5], [2]])) is None
    assert rhythms(histories([[1, 5]]).chosen(np.array([False]))).word.size == 0


def test_grocery_has_the_published_regularity():
    """SCIENCE.md 1.5: Wheat-Morrison 1.827 (both gaps), median of clients' k 3.263, over both years."""
    both_years = whole("grocery_elog.csv")
    assert wheat_morrison(both_years) == pytest.approx(1.827, abs=1e-3)
    assert np.nanmedian(client_shapes(both_years)) == pytest.approx(3.263, abs=1e-3)
