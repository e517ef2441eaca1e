"""Plain rules on clients written out by hand, and on the bases where SCIENCE.md 3.2 tells their errors."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from clientarium.core.forecast import day_number, histories_of
from clientarium.core.forecast.count_rules import (
    DEFAULT_HIATUS,
    BaseMean,
    Hiatus,
    LastWindow,
    PastAverage,
    span_of,
    tuned_hiatus,
)
from tests.core.forecast.real_data import GROCERY_HOLDOUT_END, grocery, holdout

START = date(2026, 1, 1)
UNTIL = day_number(START) + 100


def histories(purchases, *, until=UNTIL):
    """purchases: client → days after START."""
    rows = [(client, START + timedelta(days=day)) for client, days in purchases.items() for day in days]
    table = pa.table({"client_id": pa.array([row[0] for row in rows], pa.int64()),
                      "day": pa.array([row[1] for row in rows], pa.date32())})  # fmt: skip
    return histories_of(table, until=until)


CLIENTS = {1: [0, 20, 40, 60, 80, 100], 2: [0, 10], 3: [90]}


def test_last_window_counts_days_within_it():
    assert LastWindow().forecast(histories(CLIENTS), [30]).expected[30].tolist() == [2.0, 0.0, 1.0]


def test_last_window_longer_than_the_base_takes_its_rate():
    found = LastWindow().forecast(histories(CLIENTS), [202]).expected[202]
    assert found.tolist() == [12.0, 4.0, 2.0]


def test_past_average_is_repeats_over_days():
    assert np.allclose(PastAverage().forecast(histories(CLIENTS), [30]).expected[30], [1.5, 0.3, 0.0])


def test_base_mean_is_the_same_for_everyone():
    assert BaseMean().forecast(histories(CLIENTS), [30]).expected[30].tolist() == [1.0, 1.0, 1.0]


def test_hiatus_leaves_nothing_to_the_silent():
    # Half of the base back: client 1 was silent for 10 days and came again, client 2 for 40 and never did.
    assert tuned_hiatus(histories(CLIENTS), 50) == 14
    assert np.allclose(Hiatus().forecast(histories(CLIENTS), [50]).expected[50], [2.5, 0.0, 0.0])


def test_hiatus_without_a_past_is_the_usual_one():
    everything_on_one_day = histories({1: [100], 2: [100]})
    assert tuned_hiatus(everything_on_one_day, 30) == DEFAULT_HIATUS
    assert Hiatus().p_alive(everything_on_one_day).tolist() == [1.0, 1.0]


@pytest.mark.parametrize("rule", [LastWindow(), PastAverage(), BaseMean(), Hiatus()], ids=lambda rule: rule.name)
def test_rules_answer_an_empty_base_with_nothing(rule):
    empty = histories({})
    assert (span_of(empty), rule.forecast(empty, [30]).expected[30].size) == (0, 0)


def test_silence_tells_who_orders_again_on_grocery():
    """SCIENCE.md 3.2: AUC .887 of a hiatus rule."""
    known = grocery()
    ordered = holdout("grocery_elog.csv", known, GROCERY_HOLDOUT_END) > 0
    alive = Hiatus().p_alive(known)
    pairs = alive[ordered][:, None] - alive[~ordered][None, :]
    assert np.mean((pairs > 0) + 0.5 * (pairs == 0)) == pytest.approx(0.887, abs=5e-4)
