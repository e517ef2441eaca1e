"""`serve`: the web and the background worker in one command on one port."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer

from ..home import opened_home
from ..language import _, language
from ..printing import note, say

WORKER_STOP_SECONDS = 20  # a worker finishes or gives back its step; then it is killed and another resumes it
WORKER_RESTART_SECONDS = 3
PARENT_WATCH_SECONDS = 2
WEB_THREADS = 4  # pages wait for the database more than they compute; granian warns above twice the cores


def register(app: typer.Typer) -> None:
    """Add `serve` and the hidden `worker` to the command line."""
    app.command(help=_("Serve the web and run background work over the home."))(serve)
    app.command(hidden=True)(worker)


def serve(
    host: Annotated[str, typer.Option(help=_("Address to listen on"))] = "127.0.0.1",
    port: Annotated[int, typer.Option(help=_("Port to listen on"))] = 8000,
) -> None:
    """Serve until Ctrl+C or SIGTERM."""
    home = opened_home(create=True)
    say(
        _("Clientarium is at %(address)s, its home is %(home)s. Ctrl+C stops it.")
        % {"address": address(host, port), "home": home}
    )
    serve_home(host=host, port=port)


def serve_afresh(*, home: Path, host: str, port: int) -> None:
    """Become the process of `serve`; never returns.

    The web runs in forked children, and a process that has read the ledger must not fork: the threads of delta-rs do
    not live on in the child, and every page over the ledger would fail there.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    command = [sys.executable, "-m", "clientarium.interfaces.cli", "--home", str(home), "--lang", language()]
    os.execv(sys.executable, [*command, "serve", "--host", host, "--port", str(port)])


def address(host: str, port: int) -> str:
    """The address to open in a browser."""
    return f"http://{'localhost' if host in ('127.0.0.1', '0.0.0.0', '::') else host}:{port}/"  # noqa: S104 -- shown, not bound


def serve_home(*, host: str, port: int) -> None:
    """Run granian in this process and a worker beside it; when the web ends, so does the worker."""
    from granian import Granian  # noqa: PLC0415 -- only this command needs a server
    from granian.constants import Interfaces  # noqa: PLC0415 -- the same
    from granian.log import LogLevels  # noqa: PLC0415 -- the same

    keeper = WorkerKeeper()
    keeper.start()
    try:
        Granian(
            "clientarium.config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            blocking_threads=WEB_THREADS,
            log_level=LogLevels.warning,
            respawn_failed_workers=True,
            workers_kill_timeout=10,
        ).serve()
    finally:
        keeper.stop()


class WorkerKeeper:
    """Keeps one background worker process alive, and stops it when the web stops."""

    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._changing = threading.Lock()  # none is started any more once it is stopping
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, name="worker-keeper", daemon=True)

    def start(self) -> None:
        """Start the worker and watch it."""
        self._process = _new_worker()
        self._thread.start()

    def _keep(self) -> None:
        while self._process is not None:
            code = self._process.wait()
            if not self._stopping.is_set():
                note(_("The background worker ended with code %(code)s; starting it again.") % {"code": code})
                self._stopping.wait(WORKER_RESTART_SECONDS)
            with self._changing:
                self._process = None if self._stopping.is_set() else _new_worker()

    def stop(self) -> None:
        """Ask the worker to end, kill it if it does not."""
        with self._changing:
            self._stopping.set()
            process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(WORKER_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def _new_worker() -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-m", "clientarium.interfaces.cli", "worker"])


def worker() -> None:
    """Take runs from the queue until told to stop (started by `serve`)."""
    opened_home(create=True, is_service=True)
    from clientarium.decisions.runs import work  # noqa: PLC0415 -- models need an open home

    stopping = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    threading.Thread(target=_watch_parent, args=(stopping,), name="parent-watch", daemon=True).start()
    work(stopping)


def _watch_parent(stopping: threading.Event) -> None:
    """Stop the worker when the server that started it is gone, killed without a word."""
    parent = os.getppid()
    while not stopping.wait(PARENT_WATCH_SECONDS):
        if os.getppid() != parent:
            stopping.set()
