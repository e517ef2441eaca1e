"""The client's own time line and the sentence above it, as data."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.utils import translation

from clientarium.interfaces.web.rhythm_strip import Window, rhythm_sentence, rhythm_strip

AS_OF = date(2026, 10, 31)
WINDOW = Window(on=date(2026, 11, 10), early=date(2026, 11, 4), late=date(2026, 11, 20))
DAYS = [date(2026, 9, 1), date(2026, 10, 5)]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_purchases_are_ticks_and_the_window_a_band():
    chart = rhythm_strip(DAYS, window=WINDOW, as_of=AS_OF)
    ticks, expected = chart.option["series"]
    assert ticks["data"] == [["2026-09-01", 0.5], ["2026-10-05", 0.5]]
    assert ticks["markArea"]["data"] == [[{"xAxis": "2026-11-04"}, {"xAxis": "2026-11-20"}]]
    assert ticks["markLine"]["data"] == [{"xAxis": "2026-10-31"}]
    assert expected["data"] == [["2026-11-10", 0.5]]
    axis = chart.option["xAxis"]
    assert (axis["min"], axis["max"]) == ("2024-10-31", "2026-11-20")
    assert [[cell.value for cell in row] for row in chart.rows] == [
        ["Expected order", date(2026, 11, 10)],
        ["not before", date(2026, 11, 4)],
        ["not later than", date(2026, 11, 20)],
        ["Order", date(2026, 10, 5)],
        ["Order", date(2026, 9, 1)],
    ]


def test_without_a_forecast_there_is_no_band_and_a_fortnight_ahead():
    chart = rhythm_strip(DAYS, window=None, as_of=AS_OF)
    assert len(chart.option["series"]) == 1 and "markArea" not in chart.option["series"][0]
    assert chart.option["xAxis"]["max"] == "2026-11-14"
    assert len(chart.rows) == 2


def test_a_window_already_past_keeps_today_in_sight():
    past = Window(on=date(2026, 11, 2), early=date(2026, 10, 1), late=date(2026, 10, 12))
    chart = rhythm_strip(DAYS, window=past, as_of=AS_OF)
    assert chart.option["xAxis"]["max"] == "2026-11-14"


def test_no_purchases_draw_an_empty_strip():
    chart = rhythm_strip([], window=None, as_of=AS_OF)
    assert (chart.option["series"][0]["data"], chart.rows) == ([], [])


@pytest.mark.parametrize("missing", ["next_order_on", "next_order_early", "next_order_late"])
def test_a_window_is_whole_or_none(missing):
    days = {"next_order_on": WINDOW.on, "next_order_early": WINDOW.early, "next_order_late": WINDOW.late}
    assert Window.of(SimpleNamespace(**days)) == WINDOW
    assert Window.of(SimpleNamespace(**days | {missing: None})) is None
    assert Window.of(SimpleNamespace()) is None


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (
            {"forecast_basis": "own", "rhythm": "regular"},
            "The next order is expected about 10.11.2026, with 80 % between 04.11 and 20.11.2026.",
        ),
        (
            {"forecast_basis": "own", "rhythm": "irregular"},
            "Orders as it happens; most likely about 10.11.2026, with 80 % between 04.11 and 20.11.2026.",
        ),
        (
            {"forecast_basis": "base", "order_overdue_days": 5},
            "He has ordered once, so this is how others of the base come back: about 10.11.2026.",
        ),
        (
            {"forecast_basis": "own", "order_overdue_days": 5},
            "His order is late: it was to come by 20.11.2026, 5 d. ago. If he orders, then about 10.11.2026.",
        ),
        (
            {"forecast_basis": "own", "order_overdue_days": None},
            "The next order is expected about 10.11.2026, with 80 % between 04.11 and 20.11.2026.",
        ),
    ],
)
def test_the_sentence_says_how_far_to_trust_it(state, said):
    assert rhythm_sentence(WINDOW, SimpleNamespace(**state)) == said


def test_nothing_foretold_says_nothing():
    assert rhythm_sentence(None, SimpleNamespace(rhythm="regular")) == ""
