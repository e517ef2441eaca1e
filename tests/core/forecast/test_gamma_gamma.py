"""Gamma-gamma against Fader & Hardie (2013) (SCIENCE.md 1.3), and what it must not be used for."""

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from clientarium.core.forecast import histories_of
from clientarium.core.forecast.fitting import NothingToFit
from clientarium.core.forecast.gamma_gamma import GammaGamma, Spending, spending_of
from tests.core.forecast.real_data import DATA, cdnow


def summary():
    path = DATA / "cdnow_sample_summary_with_spend.csv"
    if not path.exists():
        pytest.skip(f"PUBLISHED NUMBERS NOT CHECKED: {path.resolve()} is not there")
    rows = pd.read_csv(path)
    return Spending(rows["x"].to_numpy(float), rows["zbar"].to_numpy(float))


def histories(rows):
    names = ("client_id", "day", "revenue", "margin")
    table = {name: [row[i] for row in rows] for i, name in enumerate(names)}
    table["day"] = pa.array(table["day"], pa.int32()).cast(pa.date32())
    return histories_of(pa.table(table), until=20_000)


def test_parameters_on_cdnow_are_the_published_ones():
    found = GammaGamma.fit(summary())
    values = [found.parameters.p, found.parameters.q, found.parameters.gamma]
    np.testing.assert_allclose(values, [6.25, 3.74, 15.44], rtol=2e-3)
    assert found.log_likelihood == pytest.approx(-4055.9177, abs=1e-2)
    assert (found.clients, found.converged) == (946, True)
    assert found.parameters.base_value == pytest.approx(35.17, abs=5e-3)


def test_values_of_the_first_ten_clients_are_the_published_ones():
    spending = summary()
    expected = GammaGamma(p=6.25, q=3.74, gamma=15.44).expected_value(spending)[:10]
    published = [24.65, 18.91, 35.17, 35.17, 35.17, 71.46, 18.91, 35.17, 27.28, 35.17]
    np.testing.assert_allclose(expected, published, atol=0.06)


def test_events_give_the_spend_of_the_papers():
    spending = spending_of(cdnow(), is_first_counted=False)
    values = spending.z[spending.is_told]
    assert (values.size, values.mean(), np.median(values)) == pytest.approx((946, 35.08, 27.5), abs=5e-3)
    # The likelihood to all digits: the summary file rounds the means to cents.
    found = GammaGamma.fit(spending)
    fitted = [found.parameters.p, found.parameters.q, found.parameters.gamma]
    np.testing.assert_allclose(fitted, [6.25, 3.74, 15.44], atol=5e-3)
    assert found.log_likelihood == pytest.approx(-4055.9177, abs=1e-4)


def test_roubles_and_thousands_are_one_answer():
    spending = summary()
    small, large = GammaGamma.fit(spending), GammaGamma.fit(Spending(spending.x, spending.z * 1000))
    assert large.parameters.p == pytest.approx(small.parameters.p, rel=1e-6)
    assert large.parameters.gamma == pytest.approx(1000 * small.parameters.gamma, rel=1e-6)


def test_simulated_clients_give_their_parameters_back():
    chance = np.random.default_rng(3)
    x = chance.integers(1, 12, 6_000).astype(float)
    z = chance.gamma(2.5 * x, 1 / chance.gamma(3.2, 1 / 400.0, x.size)) / x
    found = GammaGamma.fit(Spending(x, z))
    values = [found.parameters.p, found.parameters.q, found.parameters.gamma]
    np.testing.assert_allclose(values, [2.5, 3.2, 400.0], rtol=0.1)
    assert abs(Spending(x, z).dependence) < 0.05


def test_nobody_paid_is_refused_in_words():
    with pytest.raises(NothingToFit, match="there is no spend to learn"):
        GammaGamma.fit(Spending(np.array([0.0, 2.0]), np.array([0.0, -5.0])))


def test_equal_orders_have_finite_values():
    spending = Spending(np.full(50, 3.0), np.full(50, 100.0))
    found = GammaGamma.fit(spending)
    assert not found.converged
    np.testing.assert_allclose(found.parameters.expected_value(spending), 100.0, rtol=0.05)


def test_base_without_a_mean_still_answers():
    # q <= 1: levels are spread so far that their mean does not exist.
    model = GammaGamma(p=2.0, q=0.4, gamma=10.0)
    expected = model.expected_value(Spending(np.array([0.0, 1.0, 4.0]), np.array([0.0, 30.0, 30.0])))
    np.testing.assert_allclose(expected, [50.0, 2 * 40 / 1.4, 2 * 130 / 7.4])
    assert (model.base_value, Spending(np.ones(1), np.ones(1)).dependence) == (50.0, 0.0)
