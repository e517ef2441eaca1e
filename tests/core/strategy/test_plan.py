"""A month's arithmetic: weights of the horizons, the interval, spreading a figure."""

from datetime import date
from decimal import Decimal
from random import Random

import pytest

from clientarium.core.ground import UserError
from clientarium.core.strategy import expected, margin_variance, month_share, rest_share, spread_figure

EVENLY = (30.0, 90.0, 365.0)
"""A client who orders once a day: within any horizon as many orders as days."""


@pytest.mark.parametrize(
    ("as_of", "month", "days"),
    [
        ("2026-03-31", "2026-04-01", 30),
        ("2026-03-31", "2026-05-01", 31),
        ("2026-03-30", "2026-04-01", 30),
        ("2026-01-31", "2026-02-01", 28),
        ("2026-03-31", "2027-02-01", 28),
        ("2026-04-10", "2026-04-01", 30),  # begun already: as long a month from tomorrow on
    ],
)
def test_a_daily_client_orders_as_many_times_as_the_month_has_days(as_of, month, days):
    found = month_share(date.fromisoformat(as_of), date.fromisoformat(month))
    assert found.of(*EVENLY) == pytest.approx(days)


def test_the_next_month_of_thirty_days_is_the_thirty_days_forecast():
    share = month_share(date(2026, 3, 31), date(2026, 4, 1))
    assert (share.within_30d, share.within_90d, share.within_365d) == (1.0, 0.0, 0.0)


def test_may_seen_from_the_end_of_march_lies_between_two_horizons():
    # 1 May is the 31st day ahead, 31 May the 61st: 31 of the 60 days between the horizons.
    share = month_share(date(2026, 3, 31), date(2026, 5, 1))
    assert share.of(3.0, 6.0, 20.0) == pytest.approx((6.0 - 3.0) * 31 / 60)


@pytest.mark.parametrize(
    ("as_of", "days"), [("2026-04-10", 20), ("2026-04-29", 1), ("2026-04-30", 0), ("2026-05-07", 0), ("2026-03-31", 30)]
)
def test_the_rest_of_a_month_is_its_days_after_the_figures(as_of, days):
    found = rest_share(date.fromisoformat(as_of), date(2026, 4, 1)).of(*EVENLY)
    assert found == pytest.approx(days)


def test_a_month_a_year_ahead_is_refused_with_a_cure():
    with pytest.raises(UserError) as refused:
        month_share(date(2026, 3, 31), date(2027, 4, 1))
    assert refused.value.cure is not None


def test_nothing_expected_has_no_interval():
    assert margin_variance(orders=0.0, margin=0.0, p_alive=0.5) == 0
    found = expected(orders=0.0, margin=0.0, variance=0.0)
    assert (found.low, found.high) == (0.0, 0.0)


def test_an_expected_loss_lies_between_two_losses_or_about():
    found = expected(orders=1.0, margin=-100.0, variance=400.0)
    assert found.low < -100 < found.high < 0


def test_the_interval_of_many_is_narrower_than_that_of_each():
    one = margin_variance(orders=2.0, margin=1000.0, p_alive=1.0)
    alone = expected(orders=2.0, margin=1000.0, variance=one)
    hundred = expected(orders=200.0, margin=100_000.0, variance=100 * one)
    assert (hundred.high - hundred.low) / hundred.margin < (alone.high - alone.low) / alone.margin / 3


def test_the_interval_holds_four_of_five_simulated_months():
    """The model by hand: 30 clients, alive or not, Poisson orders, margins spread by c, a month of a good or bad e."""
    from clientarium.core.strategy.plan import COMMON_ERROR, ORDER_SPREAD

    lottery, clients = Random(1), [(0.4 + number % 5, 500.0 * (1 + number % 7), 0.7) for number in range(30)]
    variance = sum(margin_variance(orders=m, margin=m * price, p_alive=p) for m, price, p in clients)
    found = expected(orders=0.0, margin=sum(m * price for m, price, _ in clients), variance=variance)
    shape = 1 / ORDER_SPREAD**2
    held = 0
    for _ in range(2000):
        total = 0.0
        for orders, price, alive in clients:
            if lottery.random() >= alive:
                continue
            waited = lottery.expovariate(orders / alive)
            while waited < 1:
                total += lottery.gammavariate(shape, price / shape)
                waited += lottery.expovariate(orders / alive)
        held += found.low <= total * lottery.gauss(1, COMMON_ERROR) <= found.high
    assert 0.77 < held / 2000 < 0.83


def test_a_figure_is_spread_to_the_kopeck():
    assert spread_figure(Decimal("100.00"), {1: 1.0, 2: 1.0, 3: 1.0}) == {
        1: Decimal("33.33"),
        2: Decimal("33.34"),
        3: Decimal("33.33"),
    }


def test_a_weight_of_nothing_gets_nothing_and_no_weights_at_all_get_the_same():
    assert spread_figure(Decimal(90), {1: 2.0, 2: -5.0, 3: 1.0}) == {1: Decimal(60), 2: Decimal(0), 3: Decimal(30)}
    assert spread_figure(Decimal(90), {1: 0.0, 2: 0.0}) == {1: Decimal(45), 2: Decimal(45)}
    assert spread_figure(Decimal(90), {}) == {}
