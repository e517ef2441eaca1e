"""Money of orders by season: the same days of earlier years tell of the coming ones, or nothing is told."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pytest

from clientarium.core.forecast import day_number, histories_of
from clientarium.core.forecast.spend_season import factor_of, season_factors

UNTIL = date(2025, 12, 31)


def base(*, years=4, summer=1.0, growth=1.0, clients=30):
    """Every client buys each week for 100, summer orders `summer` times larger, each year `growth` times larger."""
    rows = []
    for week in range(years * 52):
        day = UNTIL - timedelta(days=7 * week)
        amount = 100.0 * growth ** (-week / 52) * (summer if day.month in (6, 7, 8) else 1.0)
        rows += [(client, day, amount) for client in range(clients)]
    names = ("client_id", "day", "revenue")
    table = pa.table({name: [row[i] for row in rows] for i, name in enumerate(names)})
    return histories_of(table, until=day_number(UNTIL))


def test_even_base_has_no_factor():
    assert season_factors(base(), [28, 91]) == {28: pytest.approx(1.0), 91: pytest.approx(1.0)}


def test_summer_ahead_is_foretold_from_earlier_summers():
    spring = base(years=5, summer=1.5).cut(day_number(date(2025, 5, 31)))
    factor = season_factors(spring, [91])[91]
    # Orders of the coming summer are 1.5, of the clients' past about 1.13 on average: 1.33 times more, less the caution.
    assert 1.2 < factor < 1.33


def test_growing_prices_are_foretold():
    assert 1.05 < season_factors(base(years=5, growth=1.2), [91])[91] < 1.5


def test_base_of_two_years_has_nothing_to_compare_with():
    assert season_factors(base(years=2, summer=2.0), [28, 91]) == {28: 1.0, 91: 1.0}


@pytest.mark.parametrize(
    ("misses", "factor"),
    [
        ([], 1.0),
        ([1.5], 1.0),
        ([1.3, 0.77], 1.0),  # one year more, one year less: chance
        ([1.2, 1.2], 1.2 ** (2 / 3)),
        ([1.2, 1.2, 1.2], 1.2 ** (3 / 4)),
        ([9.0, 9.0, 9.0], 2.0),
    ],
)
def test_factor_is_the_cautious_mean_of_what_was_missed(misses, factor):
    assert factor_of(misses) == pytest.approx(factor)


def test_money_unknown_and_nobody_at_all_give_no_factor():
    known = base()
    unknown = type(known)(
        known.client_ids, known.starts, known.days, np.full(known.days.size, np.nan), known.margin, known.until
    )
    assert season_factors(unknown, [91]) == {91: 1.0}
    assert season_factors(known.chosen(np.zeros(known.size, bool)), [91]) == {91: 1.0}
