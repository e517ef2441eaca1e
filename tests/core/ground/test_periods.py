from datetime import date

import pytest

from clientarium.core.ground import UserError, Window, add_months


@pytest.mark.parametrize(
    ("day", "months", "moved"),
    [
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 1, 15), -1, date(2024, 12, 15)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2025, 5, 5), 0, date(2025, 5, 5)),
    ],
)
def test_add_months_keeps_the_day_or_takes_the_last_one(day, months, moved):
    assert add_months(day, months) == moved


@pytest.mark.parametrize(
    ("text", "suffix", "after", "until"),
    [
        ("12m", "12m", date(2024, 3, 31), date(2025, 3, 31)),
        ("prev 12m", "prev_12m", date(2023, 3, 31), date(2024, 3, 31)),
        ("1m", "1m", date(2025, 2, 28), date(2025, 3, 31)),
        ("all", "all", None, date(2025, 3, 31)),
    ],
)
def test_window_is_open_at_its_start_and_closed_at_its_end(text, suffix, after, until):
    window = Window.parse(text)
    assert (str(window), window.suffix, window.bounds(date(2025, 3, 31))) == (text, suffix, (after, until))


def test_window_contains_its_last_day_and_not_the_day_before_its_first():
    window, as_of = Window.parse("1m"), date(2025, 3, 31)
    days = [date(2025, 2, 28), date(2025, 3, 1), date(2025, 3, 31), date(2025, 4, 1)]
    assert [window.contains(day, as_of=as_of) for day in days] == [False, True, True, False]


@pytest.mark.parametrize("text", ["", "12", "m", "0m", "prev all", "12 m", "next 12m", "1000m"])
def test_window_of_other_words_is_refused(text):
    with pytest.raises(UserError, match="is not a window of time"):
        Window.parse(text)
