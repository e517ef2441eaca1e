"""Trees upon a model: errors on real bases, refusal to learn from too little, the same answer twice."""

import numpy as np
import pytest

from clientarium.core.forecast.boosting import TOO_LITTLE, Boosted
from clientarium.core.forecast.features import UNKNOWN, features_of
from clientarium.core.forecast.model_methods import NOTHING_TO_FIT
from clientarium.core.forecast.recalibration import Recalibrated
from clientarium.core.forecast.slices import cuts_of, evenly_chosen, same_season_cuts, slices_of, window_for
from tests.core.forecast.counted_clients import FIRST_DAY, base_of, simulated_base
from tests.core.forecast.real_data import CDNOW_HOLDOUT_END, GROCERY_HOLDOUT_END, cdnow, grocery, holdout


@pytest.mark.parametrize(
    ("known", "name", "end", "horizon", "best"),
    [
        (cdnow, "cdnow_sample.csv", CDNOW_HOLDOUT_END, 273, 0.7545),
        (grocery, "grocery_elog.csv", GROCERY_HOLDOUT_END, 364, 1.273),
    ],
    ids=["cdnow", "grocery"],
)
def test_errors_on_real_bases_are_not_above_the_best_known(known, name, end, horizon, best):
    """SCIENCE.md 3.2, its best columns; the total of the expected counts within a tenth."""
    histories = known()
    came = holdout(name, histories, end)
    found = Boosted().forecast(histories, [horizon])
    assert np.abs(came - found.typical[horizon]).mean() < best * 1.02
    assert abs(found.expected[horizon].sum() / came.sum() - 1) < 0.1
    assert found.basis == ""


def test_typical_counts_are_whole_and_the_total_is_the_recalibrated_one():
    base = simulated_base(300)
    found = Boosted().forecast(base, [91])
    assert (found.typical[91] == np.round(found.typical[91])).all()
    assert found.expected[91].sum() == pytest.approx(Recalibrated().forecast(base, [91]).expected[91].sum())


def test_the_same_histories_give_the_same_forecast_to_the_bit():
    first, second = (Boosted().forecast(simulated_base(300), [30, 91]) for _ in range(2))
    assert all((first.expected[h] == second.expected[h]).all() for h in (30, 91))
    assert all((first.typical[h] == second.typical[h]).all() for h in (30, 91))


def test_what_comes_after_until_changes_nothing():
    base = simulated_base(300)
    cut = base.until - 200
    later_deleted = base.cut(cut)
    with_other_future = simulated_base(300, days=700).cut(cut)
    first, second = (Boosted().forecast(one, [91]).expected[91] for one in (later_deleted, with_other_future.cut(cut)))
    assert first.size and second.size
    again = Boosted().forecast(base.cut(base.until - 100).cut(cut), [91]).expected[91]
    assert (first == again).all()


def test_a_small_base_is_answered_by_the_model_and_says_so():
    base = simulated_base(12)
    found, model = Boosted().forecast(base, [91]), Recalibrated().forecast(base, [91])
    assert found.basis == TOO_LITTLE
    assert (found.expected[91] == model.expected[91]).all()


def test_bases_of_almost_nothing_are_answered_too():
    one_day = base_of([(1, 0), (2, 0), (3, 0)], days=1)
    assert Boosted().forecast(one_day, [30]).expected[30].tolist() == [0.0, 0.0, 0.0]
    single = base_of([(1, 0), (2, 5), (3, 9)], days=40)
    assert Boosted().forecast(single, [30]).basis == NOTHING_TO_FIT
    long_silence = base_of([(1, 0), (1, 3000)], days=3100)
    assert np.isfinite(Boosted().forecast(long_silence, [365]).expected[365]).all()


def test_identical_clients_are_answered_alike():
    found = Boosted().forecast(base_of([(i, day) for i in range(600) for day in (0, 30, 60, 90)], days=100), [30])
    assert np.ptp(found.expected[30]) == 0
    assert np.ptp(found.typical[30]) == 0


def test_cuts_are_the_newest_and_those_of_the_season():
    base = base_of([(1, 0), (1, 799)], days=800)
    cuts = [FIRST_DAY + 799 - cut for cut in cuts_of(base, 80)]
    assert cuts == [80, 100, 120, 140, 160, 364, 728]
    assert same_season_cuts(base) == [base.until - 364, base.until - 728]


def test_a_short_base_is_halved():
    base = base_of([(1, 0), (1, 99)], days=100)
    assert (window_for(base, 30), window_for(base, 365)) == (30, 50)
    assert [one.window for one in slices_of(base, 365)] == [50, 50]
    assert window_for(base_of([(1, 0), (1, 3)], days=4), 30) == 0
    assert cuts_of(base, 0) == []


def test_a_sample_is_even_and_bounded():
    base = simulated_base(100)
    chosen = evenly_chosen(base, 10)
    assert chosen.size == 10
    assert evenly_chosen(base, 1000) is base


def test_features_know_no_future_and_mark_what_is_unknown():
    base = base_of([(1, 0), (1, 10), (1, 30), (2, 39)], days=40)
    nothing = (np.zeros(2), np.zeros(2), np.zeros(2))
    found = features_of(base, 10, model=nothing)
    assert found[0, :9].tolist() == pytest.approx([0.9, 3.9, 3, 20 / 39, 9 / 15, 9 / 39, 1.5, 2.0, 1 / 3])
    assert found[1, :9].tolist() == [0.0, 0.0, 1.0, 0.0, UNKNOWN, 0.0, UNKNOWN, UNKNOWN, UNKNOWN]
    assert found[:, 9:15].tolist() == [[0, 0, 0, 1, 1, 0], [1, 1, 1, 1, 1, 0]]
    assert found[:, 15].tolist() == [UNKNOWN, UNKNOWN]
