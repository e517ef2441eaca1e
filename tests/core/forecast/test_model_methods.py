"""Published models as methods: fitted once, whole answers for bases with nothing to fit."""

import numpy as np
import pytest

from clientarium.core.forecast.count_rules import LastWindow
from clientarium.core.forecast.counting import COUNT_METHODS, STATUS_METHODS, count_method, paired_name, status_method
from clientarium.core.forecast.model_methods import MODELS, NOTHING_TO_FIT, ModelMethod, fitted
from tests.core.forecast.counted_clients import base_of, simulated_base
from tests.core.forecast.real_data import CDNOW_HOLDOUT_END, GROCERY_HOLDOUT_END, cdnow, grocery, holdout


@pytest.mark.parametrize("name", MODELS)
def test_a_base_without_repeat_orders_gets_its_own_pace(name):
    base = base_of([(1, 0), (2, 10), (3, 40)], days=51)
    found = ModelMethod(name).forecast(base, [100])
    # half an order over 50 + 40 + 10 client-days
    assert np.allclose(found.expected[100], 0.5)
    assert found.basis == NOTHING_TO_FIT
    assert ModelMethod(name).p_alive(base).tolist() == [0.5, 0.5, 0.5]
    assert np.allclose(ModelMethod(name).p_order_within(base, 100), 1 - np.exp(-0.5))


def test_a_base_of_one_day_promises_nothing():
    base = base_of([(1, 0), (2, 0)], days=1)
    assert ModelMethod("mbg_cnbd_k").forecast(base, [30]).expected[30].tolist() == [0.0, 0.0]


def test_a_model_is_fitted_once_for_the_same_histories():
    base = simulated_base(60)
    assert fitted("mbg_nbd", base) is fitted("mbg_nbd", base)
    assert fitted("mbg_nbd", base) is not fitted("mbg_nbd", base.cut(base.until))


def test_earlier_cuts_keep_the_regularity_of_the_whole():
    base = simulated_base(150)
    like = ModelMethod("mbg_cnbd_k").refitted_like(base)
    assert like.k == fitted("mbg_cnbd_k", base).k
    assert ModelMethod("pareto_nbd").refitted_like(base) == ModelMethod("pareto_nbd")


def test_pareto_on_cdnow_misses_as_published():
    """SCIENCE.md 3.2: MAE .7545 of its mean, RMSE 1.603; its median misses far less and cannot be added up."""
    known = cdnow()
    came = holdout("cdnow_sample.csv", known, CDNOW_HOLDOUT_END)
    found = ModelMethod("pareto_nbd").forecast(known, [273])
    assert np.abs(came - found.expected[273]).mean() == pytest.approx(0.7545, abs=5e-5)
    assert np.sqrt(((came - found.expected[273]) ** 2).mean()) == pytest.approx(1.603, abs=5e-4)
    assert np.abs(came - found.typical[273]).mean() == pytest.approx(0.661, abs=5e-4)


def test_nbd_on_grocery_misses_as_published():
    """SCIENCE.md 1.5: Σ 6,355, MAE 2.609."""
    known = grocery()
    came = holdout("grocery_elog.csv", known, GROCERY_HOLDOUT_END)
    expected = ModelMethod("nbd").forecast(known, [364]).expected[364]
    assert expected.sum() == pytest.approx(6355, abs=1)
    assert np.abs(came - expected).mean() == pytest.approx(2.609, abs=5e-4)


def test_names_lead_to_methods_and_back():
    assert all(count_method(name).name == name for name in COUNT_METHODS)
    assert all(status_method(name).name == name for name in STATUS_METHODS)
    assert count_method("bg_nbd+boosted").name == "bg_nbd+boosted"
    assert [paired_name("boosted", "boosted"), paired_name("bg_nbd", "bg_nbd")] == ["boosted", "bg_nbd+bg_nbd"]
    with pytest.raises(KeyError):
        count_method("bg_nbd+nothing")


def test_a_pair_takes_typical_of_one_and_the_total_of_the_recalibrated_model():
    base = simulated_base(200)
    found = count_method("last_window+pareto_nbd").forecast(base, [91])
    total = count_method("recalibrated").forecast(base, [91]).expected[91].sum()
    assert found.typical[91].tolist() == LastWindow().forecast(base, [91]).expected[91].tolist()
    assert found.expected[91].sum() == pytest.approx(total)
    pareto = ModelMethod("pareto_nbd").forecast(base, [91]).expected[91]
    assert np.allclose(found.expected[91], pareto * total / pareto.sum())


def test_blends_are_the_averages_they_say():
    base = simulated_base(80)
    model = ModelMethod("mbg_cnbd_k")
    expected, alive = model.forecast(base, [91]).expected[91], model.p_alive(base)
    recent = LastWindow().forecast(base, [91]).expected[91]
    assert np.allclose(count_method("window_blend").forecast(base, [91]).expected[91], (recent * alive + expected) / 2)
    three = (recent + recent * alive + expected) / 3
    assert np.allclose(count_method("three_way").forecast(base, [91]).expected[91], three)
