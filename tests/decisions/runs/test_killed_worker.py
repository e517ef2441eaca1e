"""CHECKS.md 1 and 4: a worker is killed at random moments of an import, or stopped for long; nothing shows it afterwards.

CLIENTARIUM_KILLS and CLIENTARIUM_KILL_ROWS make it as long as wanted (by hand: 30 kills, 200000 rows).
"""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

pytestmark = [pytest.mark.reliability, pytest.mark.slow]

KILLS = int(os.environ.get("CLIENTARIUM_KILLS", "10"))
ROWS = int(os.environ.get("CLIENTARIUM_KILL_ROWS", "40000"))
ALIVE_SECONDS = (1.5, 9.0)  # from before the start of the import to its end, and into the pulse
SCRIPT = Path(__file__).with_name("home_process.py")


def sales_file(folder, rows):
    """`rows` lines of 2,000 clients and 12 sellers, with a refused one in every thousand."""
    path = folder / "sales.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("Дата;Номер;Клиент;Код клиента;Товар;Количество;Сумма;Себестоимость;Менеджер\n")
        for number in range(rows):
            client, day = number * 7919 % 2000, number % 28 + 1
            date = "31.02.2026" if number % 1000 == 999 else f"{day:02}.{number % 12 + 1:02}.2025"
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


def start_worker(home):
    with (home / "worker.log").open("a") as log:
        return subprocess.Popen(
            [sys.executable, SCRIPT, "worker"], env=environment(home), stderr=log, stdout=log, start_new_session=True
        )


def kill(worker):
    """The worker and its children at once, as when the machine's supervisor does it."""
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


def report(home):
    return json.loads(run(home, "report"))


def wait_until_idle(home, *, seconds):
    """The report once nothing waits or runs any more."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = report(home)
        if all(state not in ("queued", "running") for _kind, state in found["runs"]):
            return found
        time.sleep(0.5)
    raise AssertionError((home / "worker.log").read_text()[-3000:])


def finished(home):
    worker = start_worker(home)
    try:
        return wait_until_idle(home, seconds=150)
    finally:
        kill(worker)


def new_home(tmp_path, name, file):
    home = tmp_path / name
    home.mkdir()
    run(home, "prepare", file)
    return home


def test_import_killed_at_random_moments_ends_like_an_uninterrupted_one(tmp_path):
    file = sales_file(tmp_path, ROWS)
    expected = finished(new_home(tmp_path, "calm", file))
    home = new_home(tmp_path, "killed", file)
    chance = random.Random(20261122)
    for _ in range(KILLS):
        worker = start_worker(home)
        time.sleep(chance.uniform(*ALIVE_SECONDS))
        kill(worker)
        run(home, "expire")
    assert finished(home) == expected
    assert expected["imports"] == [
        ["loaded", ROWS - ROWS // 1000, ROWS // 1000, 1998]
    ]  # of two clients every line is refused
    assert expected["loaded_entries"] == 1
    assert expected["staging"] == []


def test_run_of_a_killed_worker_is_resumed_within_a_minute_without_anybody(tmp_path):
    home = new_home(tmp_path, "home", sales_file(tmp_path, 5000))
    worker = start_worker(home)
    time.sleep(3.5)
    kill(worker)
    died = time.monotonic()
    second = start_worker(home)
    try:
        wait_until_idle(home, seconds=60)
    finally:
        kill(second)
    assert time.monotonic() - died < 60


def test_stopped_worker_that_wakes_up_writes_nothing_more(tmp_path):
    file = sales_file(tmp_path, 20000)
    expected = finished(new_home(tmp_path, "calm", file))
    home = new_home(tmp_path, "home", file)
    first = start_worker(home)
    time.sleep(3)
    os.killpg(first.pid, signal.SIGSTOP)
    try:
        run(home, "expire")
        second = start_worker(home)
        try:
            wait_until_idle(home, seconds=90)
        finally:
            kill(second)
        os.killpg(first.pid, signal.SIGCONT)
        time.sleep(4)
        assert report(home) == expected
    finally:
        os.killpg(first.pid, signal.SIGCONT)
        kill(first)
