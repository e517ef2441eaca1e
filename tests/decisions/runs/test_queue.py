"""Taking runs: one worker each, one of a lane, and again after its worker died."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now

from clientarium.decisions.runs import Run, RunKind, RunState, claim, enqueue
from clientarium.decisions.runs.domain.queue import put_back, renew, settle

pytestmark = pytest.mark.django_db(transaction=True)


def pulse_in(lane=None, key=None):
    return enqueue(RunKind.PULSE, arguments={}, by=None, lane=lane, unique_key=key)


def let_lease_run_out(run):
    Run.objects.filter(pk=run.pk).update(lease_until=Now() - timedelta(seconds=1))


def test_claim_takes_the_oldest_first_and_each_once():
    first, second = pulse_in(), pulse_in()
    taken = [claim("a"), claim("b"), claim("c")]
    assert [run and (run.pk, run.worker, run.attempts, run.token) for run in taken] == [
        (first.pk, "a", 1, 1),
        (second.pk, "b", 1, 1),
        None,
    ]


def test_claim_of_a_lane_waits_until_the_running_one_ends():
    first, second = pulse_in("ledger"), pulse_in("ledger")
    running = claim("a")
    assert running.pk == first.pk
    assert claim("b") is None
    assert settle(running, state=RunState.DONE)
    assert claim("b").pk == second.pk


def test_claim_takes_a_run_whose_lease_is_over_and_fences_the_first_worker():
    run = pulse_in("ledger")
    first = claim("a")
    assert claim("b") is None
    let_lease_run_out(run)
    second = claim("b")
    assert (second.pk, second.token, second.attempts) == (run.pk, 2, 2)
    assert not renew(first)
    assert not settle(first, state=RunState.DONE, result={"late": True})
    assert settle(second, state=RunState.DONE, result={"late": False})
    run.refresh_from_db()
    assert (run.state, run.result, run.worker) == (RunState.DONE, {"late": False}, "b")


def test_claim_takes_a_run_whose_lease_lies_far_ahead_after_the_clock_was_set_back():
    pulse_in()
    run = claim("a")
    Run.objects.filter(pk=run.pk).update(lease_until=Now() + timedelta(hours=1))
    assert claim("b").token == 2


def test_lease_is_kept_by_the_time_of_the_database():
    pulse_in()
    run = claim("a")
    seconds = Run.objects.filter(pk=run.pk, lease_until__gt=Now() + timedelta(seconds=14)).count()
    assert seconds == 1
    assert not Run.objects.filter(pk=run.pk, lease_until__gt=Now() + timedelta(seconds=16)).exists()


def test_enqueue_with_a_key_returns_the_waiting_run_but_not_the_running_one():
    first = pulse_in(key="pulse")
    assert pulse_in(key="pulse").pk == first.pk
    claim("a")
    second = pulse_in(key="pulse")
    assert second.pk != first.pk
    assert Run.objects.count() == 2


def test_put_back_does_not_count_the_attempt():
    run = pulse_in("ledger")
    assert put_back(claim("a"))
    run.refresh_from_db()
    assert (run.state, run.attempts, run.lease_until) == (RunState.QUEUED, 0, None)


def test_put_back_gives_way_to_a_newer_run_of_the_same_key():
    run = pulse_in("ledger", key="pulse")
    taken = claim("a")
    newer = pulse_in("ledger", key="pulse")
    put_back(taken)
    run.refresh_from_db()
    assert run.state == RunState.CANCELLED
    assert claim("b").pk == newer.pk


def test_claim_by_four_workers_at_once_takes_each_run_exactly_once():
    runs = [pulse_in().pk for _ in range(40)]
    taken: list[tuple[str, int]] = []
    errors: list[Exception] = []

    def take_all(name):
        try:
            while run := claim(name):
                taken.append((name, run.pk))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    workers = [threading.Thread(target=take_all, args=(f"worker {number}",)) for number in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert errors == []
    assert sorted(pk for _name, pk in taken) == runs
    assert set(Run.objects.values_list("attempts", flat=True)) == {1}


def test_claim_by_four_workers_at_once_runs_one_of_a_lane():
    for _ in range(8):
        pulse_in("ledger")
    barrier, taken = threading.Barrier(4), []

    def take_one():
        barrier.wait()
        taken.append(claim("x"))
        connection.close()

    workers = [threading.Thread(target=take_one) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(run is not None for run in taken) == 1
    assert Run.objects.filter(state=RunState.RUNNING).count() == 1
