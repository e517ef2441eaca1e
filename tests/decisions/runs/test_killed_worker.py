"""CHECKS.md 1 and 4: a worker is killed at random moments of an import, or stopped for long; nothing shows it afterwards.

CLIENTARIUM_KILLS and CLIENTARIUM_KILL_ROWS make it as long as wanted (by hand: 30 kills, 200000 rows).
"""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from clientarium.core.ledger.locks import tried_lock
from tests.homes import fresh_home

pytestmark = [pytest.mark.reliability, pytest.mark.slow]

KILLS = int(os.environ.get("CLIENTARIUM_KILLS", "4"))
ROWS = int(os.environ.get("CLIENTARIUM_KILL_ROWS", "20000"))
FINISH_SECONDS = 300  # an import and its pulse with the forecast, on a machine that has other work
ALIVE_SECONDS = (0.05, 5.0)  # after taking the run: to the end of the import, and into the pulse
SCRIPT = Path(__file__).with_name("home_process.py")
LONG_AGO = "2000-01-01 00:00:00"
IMPORTED = "not exists (select 1 from runs_run where kind = 'import' and state in ('queued', 'running'))"
IDLE = "not exists (select 1 from runs_run where kind in ('import', 'pulse') and state in ('queued', 'running'))"
TAKEN = f"exists (select 1 from runs_run where state = 'running' and lease_until > '{LONG_AGO}')"
READING = "exists (select 1 from runs_import where state = 'loading')"
WRITING_CLIENTS = "exists (select 1 from runs_import where accepted > 0)"


def sales_file(folder, rows):
    """`rows` lines of 500 clients and 12 sellers in five months, with a refused one in every thousand.

    Under half a year no check of the forecast follows, and the pulses of 500 clients are short.
    """
    path = folder / "sales.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("Дата;Номер;Клиент;Код клиента;Товар;Количество;Сумма;Себестоимость;Менеджер\n")
        for number in range(rows):
            client, day = number * 7919 % 500, number % 28 + 1
            date = "31.02.2026" if number % 1000 == 999 else f"{day:02}.{number % 5 + 1:02}.2025"
            file.write(f"{date};Д-{number // 4};Клиент {client};К{client:05};Товар {number % 50};1;")
            file.write(f"{number % 977 + 1},50;{number % 500},25;Менеджер {client % 12}\n")
    return path


def environment(home):
    return {
        **os.environ,
        "CLIENTARIUM_HOME": str(home),
        "CLIENTARIUM_DATABASE_URL": "",
        "CLIENTARIUM_NIGHTLY_PULSE": "",
    }


def run(home, *arguments):
    done = subprocess.run(
        [sys.executable, SCRIPT, *map(str, arguments)],
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def start_worker(home, *, log=None):
    with (log or home / "worker.log").open("a") as log:
        return subprocess.Popen(
            [sys.executable, SCRIPT, "worker"], env=environment(home), stderr=log, stdout=log, start_new_session=True
        )


def kill(worker):
    """The worker and its children at once, as when the machine's supervisor does it."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def report(home):
    return json.loads(run(home, "report"))


def expire(home):
    """As if the lease of a dead worker had run out."""
    with closing(database(home)) as connection, connection:
        connection.execute(f"update runs_run set lease_until = '{LONG_AGO}' where state = 'running'")


def wait_until_idle(home, *, seconds, idle=IDLE):
    """The report once no import and no pulse waits or runs any more."""
    wait_for(home, idle, seconds=seconds)
    return report(home)


def finished(home, *, idle=IDLE):
    worker = start_worker(home)
    try:
        return wait_until_idle(home, seconds=FINISH_SECONDS, idle=idle)
    finally:
        kill(worker)


def database(home, *, timeout=20.0):
    return sqlite3.connect(home / "db.sqlite3", timeout=timeout, isolation_level=None)


def wait_for(home, condition, *, seconds=60):
    """Until `condition` is true in the database; asked of the file itself, because a process takes two seconds."""
    until = time.monotonic() + seconds
    with closing(database(home)) as connection:
        while not connection.execute(f"select {condition}").fetchone()[0]:
            assert time.monotonic() < until, (home / "worker.log").read_text()[-3000:]
            time.sleep(0.01)


def stop_between_writes(worker, home, *, seconds=20):
    """SIGSTOP the worker at a moment when it holds no lock.

    A process stopped inside a SQLite transaction keeps every other writer out for as long as it is stopped, and one
    stopped inside the ledger keeps its `flock`: only killing it helps there, which the other tests do. What is tested
    here is the worker that others could and did take the run from. A worker that computed inside a transaction
    would not be caught outside one within `seconds`, and fails here.
    """
    until = time.monotonic() + seconds
    while True:
        os.killpg(worker.pid, signal.SIGSTOP)
        if nothing_is_locked(home):
            return
        os.killpg(worker.pid, signal.SIGCONT)
        assert time.monotonic() < until, "the worker held a lock whenever it was looked at"
        time.sleep(0.02)


def nothing_is_locked(home):
    with tried_lock(home / "ledger" / ".locks" / "writers") as is_free:
        if not is_free:
            return False
    with closing(database(home, timeout=0.1)) as connection:
        try:
            connection.execute("begin immediate")
        except sqlite3.OperationalError:
            return False
        connection.execute("rollback")
    return True


def wait_for_log(home, words, *, seconds=30):
    until = time.monotonic() + seconds
    while words not in (home / "worker.log").read_text():
        assert time.monotonic() < until, (home / "worker.log").read_text()[-3000:]
        time.sleep(0.1)


def new_home(tmp_path, name, file):
    home = fresh_home(tmp_path / name)
    run(home, "prepare", file)
    return home


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return sales_file(tmp_path_factory.mktemp("files"), ROWS)


@pytest.fixture(scope="module")
def expected(tmp_path_factory, file):
    """What the home of an uninterrupted worker looks like."""
    return finished(new_home(tmp_path_factory.mktemp("calm"), "home", file))


def test_import_killed_at_random_moments_ends_like_an_uninterrupted_one(tmp_path, file, expected):
    home = new_home(tmp_path, "killed", file)
    chance = random.Random(20261122)
    for alive in sorted(
        chance.uniform(*ALIVE_SECONDS) for _ in range(KILLS)
    ):  # the longer it lives the further it gets
        worker = start_worker(home)
        wait_for(home, f"{IDLE} or {TAKEN}")
        time.sleep(alive)
        kill(worker)
        expire(home)
    assert finished(home) == expected
    assert expected["imports"] == [["loaded", ROWS - ROWS // 1000, ROWS // 1000, 500]]
    assert expected["loaded_entries"] == 1
    assert expected["staging"] == []


def test_run_of_a_killed_worker_is_resumed_within_a_minute_without_anybody(tmp_path):
    home = new_home(tmp_path, "home", sales_file(tmp_path, 5000))
    worker = start_worker(home)
    wait_for(home, READING)
    kill(worker)
    died = time.monotonic()
    second = start_worker(home)
    try:
        wait_until_idle(home, seconds=60, idle=IMPORTED)  # the pulse after it takes its own time
    finally:
        kill(second)
    assert time.monotonic() - died < 60


def test_stopped_worker_that_wakes_up_writes_nothing_more(tmp_path, file, expected):
    home = new_home(tmp_path, "home", file)
    first = start_worker(home)
    try:
        wait_for(home, WRITING_CLIENTS)
        stop_between_writes(first, home)
        assert [state for kind, state in report(home)["runs"] if kind == "import"] == ["running"]
        expire(home)
        second = start_worker(home)
        try:
            wait_until_idle(home, seconds=FINISH_SECONDS)
        finally:
            kill(second)
        os.killpg(first.pid, signal.SIGCONT)
        wait_for_log(home, "lost")
        assert report(home) == expected
    finally:
        os.killpg(first.pid, signal.SIGCONT)
        kill(first)
