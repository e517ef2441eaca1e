"""`serve` answers on one port, keeps a worker beside it, and takes both down in good order."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.homes import fresh_home

pytestmark = pytest.mark.slow
STARTED_WITHIN_SECONDS = 90
STOPPED_WITHIN_SECONDS = 40


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def status_of(url: str) -> int | None:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return answer.status
    except OSError:
        return None


def workers_of(home: Path) -> list[str]:
    """Processes of `clientarium worker` that serve this home."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command, environment = (process / "cmdline").read_bytes(), (process / "environ").read_bytes()
        except OSError:
            continue
        if command.rstrip(b"\0").endswith(b"worker") and f"CLIENTARIUM_HOME={home}".encode() in environment.split(
            b"\0"
        ):
            found.append(process.name)
    return found


def test_serve_answers_and_stops_with_its_worker(tmp_path):
    port, home = free_port(), tmp_path / "home"
    environment = os.environ | {"CLIENTARIUM_HOME": str(home), "CLIENTARIUM_DATABASE_URL": ""}
    command = [sys.executable, "-m", "clientarium.interfaces.cli", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + STARTED_WITHIN_SECONDS
        while time.monotonic() < deadline and (
            status_of(f"http://127.0.0.1:{port}/login/") != 200 or not workers_of(home)
        ):
            time.sleep(0.5)
        assert status_of(f"http://127.0.0.1:{port}/login/") == 200
        assert len(workers_of(home)) == 1
        server.send_signal(signal.SIGTERM)
        assert server.wait(STOPPED_WITHIN_SECONDS) == 0
        assert workers_of(home) == []
    finally:
        server.kill()
        server.wait()


BECOMES_THE_SERVER = """
import sys
from pathlib import Path
from clientarium.core.ledger import Ledger
from clientarium.interfaces.cli.commands.serve import serve_afresh
from tests.homes import fresh_home
home = Path(sys.argv[1])
Ledger(home / "ledger").version()  # starts the threads of delta-rs, which no forked child may use
serve_afresh(home=home, host="127.0.0.1", port=int(sys.argv[2]))
"""


def test_demo_serves_from_a_process_that_never_read_the_ledger(tmp_path):
    port, home = free_port(), fresh_home(tmp_path / "home")
    environment = os.environ | {"CLIENTARIUM_HOME": str(home), "CLIENTARIUM_DATABASE_URL": ""}
    command = [sys.executable, "-c", BECOMES_THE_SERVER, str(home), str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + STARTED_WITHIN_SECONDS
        while time.monotonic() < deadline and status_of(f"http://127.0.0.1:{port}/login/") != 200:
            time.sleep(0.5)
        assert status_of(f"http://127.0.0.1:{port}/login/") == 200
        became = Path(f"/proc/{server.pid}/cmdline").read_bytes().split(b"\0")
        assert b"serve" in became and BECOMES_THE_SERVER.encode() not in became
        server.send_signal(signal.SIGTERM)
        assert server.wait(STOPPED_WITHIN_SECONDS) == 0
    finally:
        server.kill()
        server.wait()
