"""What is said of two dates: nothing too early, nothing by chance, and what moved for certain."""

from datetime import date, timedelta

from clientarium.core.readings import OutcomeHeap
from clientarium.decisions.mirror import Direction
from clientarium.decisions.mirror.domain.outcomes import FIGURES, change, dates_shown, heaps_by_date

THEN, NOW = date(2026, 1, 31), date(2026, 7, 31)
RETENTION = next(figure for figure in FIGURES if figure.code == "retention")
EFFECTIVE = next(figure for figure in FIGURES if figure.code == "effective")
HOUR = next(figure for figure in FIGURES if figure.code == "hour")


def heap(day, number, *, stayed, money=100.0, after_service=None, minutes=None):
    return OutcomeHeap(
        as_of=day, heap=number, clients=20, money=money, squares=money**2 / 10, anchors=None, bought=20,
        bought_before=20, stayed=stayed, repeated=10, regular=5, foreseen=None, foreseen_regular=None,
        after_service=after_service, minutes=minutes,
    )  # fmt: skip


def heaps(then, now):
    rows = [heap(THEN, number, stayed=stayed) for number, stayed in enumerate(then)]
    return heaps_by_date(rows + [heap(NOW, number, stayed=stayed) for number, stayed in enumerate(now)])


def said(then, now, **asked):
    return change(RETENTION, heaps(then, now), since=THEN, until=NOW, **asked)


def test_a_move_of_every_heap_is_certain():
    found = said([10, 11] * 10, [14, 15] * 10, least_days=90)
    assert (found.before, found.now, found.direction) == (0.525, 0.725, Direction.BETTER)
    assert said([14, 15] * 10, [10, 11] * 10).direction == Direction.WORSE


def test_a_move_of_one_heap_is_chance():
    assert said([10] * 20, [19] + [10] * 19).direction == Direction.CHANCE


def test_before_the_days_have_passed_it_is_too_early():
    days = (NOW - THEN).days
    assert said([10, 11] * 10, [14, 15] * 10, least_days=days + 1).direction == Direction.EARLY
    assert change(RETENTION, heaps([10] * 20, []), since=THEN, until=THEN).direction == Direction.EARLY


def test_a_few_clients_are_too_few_to_tell():
    assert said([10, 11], [14, 15]).direction == Direction.EARLY


def test_what_a_snapshot_lacks_is_not_nought():
    rows = [heap(THEN, n, stayed=10) for n in range(20)]
    rows += [heap(NOW, n, stayed=10, after_service=500.0 + n, minutes=120.0) for n in range(20)]
    found = change(HOUR, heaps_by_date(rows), since=THEN, until=NOW)
    assert (found.before, round(found.now, 2), found.direction) == (None, 254.75, Direction.UNKNOWN)


def test_equal_clients_are_as_many_as_there_are():
    """20 heaps of ten clients of 10 each: 200 equal ones."""
    found = change(EFFECTIVE, heaps([10] * 20, [10] * 20), since=THEN, until=NOW)
    assert round(found.now, 6) == 200


def test_dates_are_the_last_of_each_month_and_the_start():
    days = [date(2024, 1, 5), date(2024, 1, 31), *(date(2024, 2, 1) + timedelta(days=31 * n) for n in range(30))]
    found = dates_shown(days, began_on=date(2024, 1, 5))
    assert (found[0], len(found), found[-1]) == (date(2024, 1, 5), 25, days[-1])
