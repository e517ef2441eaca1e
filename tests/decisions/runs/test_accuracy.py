"""The check of the forecast as a run: when it is queued, what it keeps, and the pulse that follows."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from clientarium.decisions.runs import (
    Backtest,
    Run,
    RunState,
    cancel_run,
    chosen_methods,
    latest_backtest,
    run_now,
    start_accuracy,
    start_pulse,
)
from tests.decisions.runs.company import HEAD, load_file, run_waiting_pulse


def two_years(clients=12):
    """Clients who buy every 20 to 42 days, the same every time."""
    rows = []
    for client in range(clients):
        gap, day = 20 + 2 * client, date(2024, 1, 8) + timedelta(client)
        while day < date(2026, 1, 31):
            rows.append(f"{day:%d.%m.%Y};Д-{client}-{day:%y%m%d};Клиент {client};1000,00;600,00;Анна\n")
            day += timedelta(gap)
    return HEAD + "".join(rows)


@pytest.fixture
def published(home, cast):
    """Two years are loaded and published; a check of the forecast waits."""
    load_file(two_years(), by=cast.owner)
    run_waiting_pulse()
    return cast


def waiting():
    return list(Run.objects.filter(state=RunState.QUEUED).values_list("kind", flat=True))


def test_first_published_pulse_is_followed_by_one_check(published):
    assert waiting() == ["accuracy"]
    check = run_now(Run.objects.get(kind="accuracy"))
    made = latest_backtest()
    assert (check.state, check.result["backtest"], made.as_of, made.run) == ("done", made.pk, date(2026, 1, 26), check)
    assert made.chosen == chosen_methods().as_dict()
    assert made.report["clients"] == 12
    assert waiting() == (["pulse"] if check.result["changed"] else [])
    run_now(start_pulse(by=published.owner))
    assert "accuracy" not in waiting()  # the last one is young and the base the same


def test_check_is_repeated_when_it_is_old_or_the_base_has_grown(published):
    run_now(Run.objects.get(kind="accuracy"))
    Backtest.objects.update(made_at=timezone.now() - timedelta(days=31))
    run_now(start_pulse(by=published.owner))
    assert "accuracy" in waiting()


def test_stopped_check_is_not_begun_again_by_itself(published):
    cancel_run(Run.objects.get(kind="accuracy"), by=published.owner)
    run_now(start_pulse(by=published.owner))
    assert waiting() == []
    assert start_accuracy(by=published.owner).state == RunState.QUEUED


def test_check_is_stopped_between_two_methods(published):
    run = Run.objects.get(kind="accuracy")

    def cancel(_name, done, _total):
        if done == 2 and not Run.objects.get(pk=run.pk).cancel_requested:
            cancel_run(run, by=published.owner)
            import threading

            threading.Event().wait(2.5)  # the heartbeat looks once a second

    assert run_now(run, listener=cancel).state == RunState.CANCELLED
    assert Backtest.objects.count() == 0


def test_young_base_is_not_checked(home, cast):
    load_file(HEAD + "09.01.2026;Д-1;Берёза;1000,00;600,00;Анна\n", by=cast.owner)
    run_waiting_pulse()
    assert waiting() == []


def test_sellers_may_not_start_a_check(published):
    with pytest.raises(PermissionDenied):
        start_accuracy(by=published.anna)
