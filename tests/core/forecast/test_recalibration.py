"""Totals put right by earlier origins: of the same season where there is a year, shrunk where there is little."""

import numpy as np
import pytest

from clientarium.core.forecast.count_rules import LastWindow
from clientarium.core.forecast.methods import CountForecast
from clientarium.core.forecast.model_methods import REGULAR_MODEL, ModelMethod
from clientarium.core.forecast.recalibration import (
    LARGEST_FACTOR,
    Recalibrated,
    learnt_factor,
    scaled_to,
    shrunk_log_factor,
    total_factor,
)
from clientarium.core.forecast.slices import slice_at
from tests.core.forecast.counted_clients import base_of, simulated_base
from tests.core.forecast.real_data import CDNOW_HOLDOUT_END, GROCERY_HOLDOUT_END, cdnow, grocery, holdout


@pytest.mark.parametrize(
    ("known", "name", "end", "horizon"),
    [(cdnow, "cdnow_sample.csv", CDNOW_HOLDOUT_END, 273), (grocery, "grocery_elog.csv", GROCERY_HOLDOUT_END, 364)],
    ids=["cdnow", "grocery"],
)
def test_totals_of_real_bases_come_within_a_tenth(known, name, end, horizon):
    """Alone the model misses them by -16 % and +13 %."""
    histories = known()
    came = holdout(name, histories, end).sum()
    alone = REGULAR_MODEL.forecast(histories, [horizon]).expected[horizon].sum()
    found = Recalibrated().forecast(histories, [horizon]).expected[horizon].sum()
    assert abs(found / came - 1) < 0.1 < abs(alone / came - 1)


def test_a_season_is_learnt_from_a_year_ago():
    """Two thirds of the orders of every January to March fall away; the coming window is one."""
    base = simulated_base(500, days=365 * 3, leaving=0.0, season=lambda day: 1 / 3 if day % 365 < 90 else 1.0)
    known = base.cut(base.until - 365)
    came = base.purchases_within(known.until, known.until + 91)[base.first <= known.until].sum()
    alone = REGULAR_MODEL.forecast(known, [91]).expected[91].sum()
    put_right = Recalibrated().forecast(known, [91]).expected[91].sum()
    assert alone / came > 2
    assert put_right / came < 1.4


def test_without_a_season_the_factor_is_near_one():
    assert total_factor(simulated_base(400), 91, base=REGULAR_MODEL) == pytest.approx(1, abs=0.15)


def test_few_orders_move_the_total_little():
    base = base_of([(1, 0), (1, 10), (2, 5), (2, 20), (3, 30), (3, 70), (3, 80), (3, 90)], days=100)
    assert 0.75 < learnt_factor(base, 30, base=REGULAR_MODEL) < 1.35
    assert learnt_factor(base, 30, base=REGULAR_MODEL) <= LARGEST_FACTOR


def test_a_base_of_days_has_nothing_to_learn_from():
    assert total_factor(base_of([(1, 0), (1, 2), (2, 1)], days=4), 30, base=REGULAR_MODEL) == 1.0


def test_an_origin_after_which_nothing_came_says_nothing():
    base = base_of([(1, 0), (1, 10), (2, 5), (2, 12)], days=60)
    assert shrunk_log_factor(slice_at(base, base.until - 30, 30), base=REGULAR_MODEL) == 0.0
    assert shrunk_log_factor(slice_at(base, base.until - 200, 30), base=REGULAR_MODEL) == 0.0


def test_typical_counts_stay():
    base = simulated_base(120)
    plain = ModelMethod("mbg_cnbd_k").forecast(base, [91])
    assert Recalibrated().forecast(base, [91]).typical[91].tolist() == plain.typical[91].tolist()


def test_scaled_to_leaves_nothing_as_it_is():
    assert scaled_to(np.array([1.0, 3.0]), 2.0).tolist() == [0.5, 1.5]
    assert scaled_to(np.zeros(2), 2.0).tolist() == [0.0, 0.0]


def test_a_forecast_of_nothing_but_numbers_is_refused():
    with pytest.raises(AssertionError):
        CountForecast({30: np.array([np.nan])})
    assert CountForecast({30: np.array([1.0])}).per_client(30).tolist() == [1.0]
    assert LastWindow().name == "last_window"
