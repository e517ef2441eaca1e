"""Calendar effects: found where they are, absent where they are not, refused where nothing can tell."""

from datetime import date

import numpy as np
import pytest

from clientarium.core.forecast import date_of, day_number
from clientarium.core.forecast.calendar_effects import calendar_of, calendar_worth_using, day_of_year
from clientarium.core.forecast.date_learning import learn_dates
from clientarium.core.forecast.gap_grid import CELLS
from clientarium.core.forecast.gap_states import states_now
from tests.core.forecast.test_date_rules import histories

FIRST, LAST = day_number(date(2021, 7, 1)), day_number(date(2025, 6, 30))


def wholesaler(*, rests: bool, clients=150, until=LAST):
    """Clients with periods of 8 to 25 days; where it `rests`, what falls on January 1-14 is ordered on the 15th or later."""
    drawn = np.random.default_rng(2)
    found = []
    for _ in range(clients):
        period, day, days = drawn.uniform(8, 25), FIRST + drawn.integers(0, 20), []
        while day <= until:
            on = date_of(day)
            if rests and on.month == 1 and on.day <= 14:
                day += 15 - on.day + drawn.integers(0, 3)
            days.append(int(day))
            day += max(1, round(drawn.gamma(30, period / 30)))
        found.append([one for one in days if one <= until])
    return histories(found, until=until)


def test_day_of_year_is_the_same_in_leap_years():
    days = np.array([day_number(date(year, 3, 1)) for year in (2023, 2024)])
    assert day_of_year(days).tolist() == [59, 59]
    ends = np.array([day_number(date(2024, 2, 28)), day_number(date(2024, 2, 29)), day_number(date(2024, 12, 31))])
    assert day_of_year(ends).tolist() == [58, 58, 364]


def test_rest_in_january_is_found_and_used():
    learnt = learn_dates(wholesaler(rests=True))
    assert learnt.calendar is not None
    assert learnt.calendar.index[1:13].mean() < 0.45
    assert learnt.calendar.index[40:300].mean() == pytest.approx(1.0, abs=0.1)


def test_calendar_moves_the_chance_out_of_the_rest():
    base = wholesaler(rests=True, until=day_number(date(2024, 12, 28)))
    calendar, states = calendar_of(base), states_now(base)
    even = np.tile(np.linspace(1 / CELLS, 1, CELLS).astype(np.float32), (states.size, 1))
    weighed = calendar.weighed(even, states.last)
    rest = base.until + 4 - states.last, base.until + 16 - states.last  # by January 1, by January 13
    is_near = (states.last > base.until - 30) & (rest[0] > 0)
    rows = np.flatnonzero(is_near)
    less, as_before = (cells[rows, rest[1][rows]] - cells[rows, rest[0][rows]] for cells in (weighed, even))
    assert rows.size > 100 and (less < as_before / 2).all()
    assert np.allclose(weighed[:, -1], 1.0)


def test_base_without_a_calendar_has_none():
    assert learn_dates(wholesaler(rests=False)).calendar is None


def test_under_two_years_nothing_is_tried():
    short = wholesaler(rests=True, until=FIRST + 700)
    assert calendar_worth_using(short, score_gain=lambda *_: 1.0) is None
