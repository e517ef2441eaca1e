"""CHECKS.md 5: the disk that holds the whole home fills up during an import; afterwards everything is whole and goes on."""

import os
import shutil
import sqlite3
import subprocess
import time
from contextlib import closing

import pytest

from tests.decisions.runs.test_killed_worker import (
    IMPORTED,
    database,
    expire,
    finished,
    kill,
    new_home,
    report,
    run,
    sales_file,
    start_worker,
)

pytestmark = [pytest.mark.reliability, pytest.mark.slow]

ROWS = 1000
DISK_BYTES = 64 * 1024 * 1024
FAILED = f"select {IMPORTED} or exists (select 1 from runs_run where state = 'failed')"
SAME = ("facts", "clients", "keys", "holdings", "loads", "staging", "loaded_entries")


@pytest.fixture
def disk(tmp_path):
    """A disk of 64 MB, where the machine lets us have one."""
    if os.geteuid() != 0:
        pytest.skip("SKIPPED LOUDLY: a small tmpfs needs root; a full disk was tried only by RLIMIT_FSIZE")
    folder = tmp_path / "disk"
    folder.mkdir()
    size = f"size={DISK_BYTES}"
    if subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], check=False).returncode:
        pytest.skip("SKIPPED LOUDLY: mount is not permitted here; a full disk was tried only by RLIMIT_FSIZE")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def leave(disk, free_bytes):
    """Fill the disk up to `free_bytes`; the ballast."""
    ballast = disk / "ballast"
    with ballast.open("wb") as file:
        while (room := shutil.disk_usage(disk).free - free_bytes) > 0:
            file.write(b"\0" * min(room, 1024 * 1024))
            file.flush()
    return ballast


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return sales_file(tmp_path_factory.mktemp("files"), ROWS)


@pytest.fixture(scope="module")
def expected(tmp_path_factory, file):
    return finished(new_home(tmp_path_factory.mktemp("calm"), "home", file), idle=IMPORTED)


@pytest.mark.parametrize("free_bytes", [0, 1_200_000], ids=["nothing", "some"])
def test_import_on_a_full_disk_is_told_and_is_whole_afterwards(disk, tmp_path, file, expected, free_bytes):
    home = new_home(disk, "home", file)
    ballast = leave(disk, free_bytes)
    log = tmp_path / "worker.log"
    worker = start_worker(home, log=log)
    try:
        wait_until_told(home, log)
        assert worker.poll() is None, "the worker outlives a full disk"
    finally:
        kill(worker)
    ballast.unlink()  # before anything is asked: to open its database SQLite needs room beside it
    with closing(database(home)) as connection:
        assert connection.execute("pragma quick_check").fetchall() == [("ok",)]
        told = connection.execute(
            "select kind, json_extract(message, '$.msgid') from runs_run where state = 'failed'"
        ).fetchall()
    assert all("disk is full" in msgid or "no room left" in msgid for _, msgid in told)
    found = report(home)
    if ["import", "done"] in found["runs"]:  # the room sufficed for the import, and ended in its pulse
        assert {name: found[name] for name in SAME} == {name: expected[name] for name in SAME}
    else:
        assert (found["facts"], found["loads"]) == ([], [])
    if "import" in {kind for kind, _ in told}:  # it could be written down: a person frees the disk and starts again
        assert (found["clients"], found["keys"], found["staging"]) == ([], [], [])
        run(home, "prepare", file)
    expire(home)
    after = finished(home, idle=IMPORTED)
    assert {name: after[name] for name in SAME} == {name: expected[name] for name in SAME}
    assert after["imports"][-1] == expected["imports"][-1]


def wait_until_told(home, log, *, seconds=120):
    """Until the import ended or a run is written down as failed, or, where even that has no room, the log says why."""
    until = time.monotonic() + seconds
    while not is_told(home, log):
        assert time.monotonic() < until, log.read_text()[-3000:]
        time.sleep(0.1)


def is_told(home, log):
    if "disk is full" in log.read_text() or "disk I/O error" in log.read_text():
        return True
    with closing(database(home)) as connection:
        try:
            return connection.execute(FAILED).fetchone()[0]
        except sqlite3.OperationalError:  # SQLite itself needs room to open a database
            return False
