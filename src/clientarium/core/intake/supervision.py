"""Inspecting and staging a foreign file in a disposable child process, with limits of memory and time."""

import json
import os
import selectors
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from clientarium.core.ground import N_, UserError
from clientarium.core.intake.layout import Layout
from clientarium.core.intake.limits import LIMITS, MEBIBYTE, Limits
from clientarium.core.intake.staged import Staged
from clientarium.core.intake.understanding import Understanding
from clientarium.core.intake.wire import plain, staged_from_wire, understanding_from_wire, user_error_from_wire

# How often a waiting parent looks whether it was told to stop.
_POLL_SECONDS = 0.2
_STDERR_BYTES = 2000


class Cancelled(UserError):
    """The run was stopped by a person; nothing of it remains."""


def inspect_file(
    path: Path,
    *,
    name: str,
    known_layouts: Sequence[Layout] = (),
    kind: str | None = None,
    sheet: str | None = None,
    today: date,
    limits: Limits = LIMITS,
) -> Understanding:
    """Return what the file at `path`, called `name` by its sender, is understood to be; UserError if it is no table."""
    task = {
        "task": "inspect", "path": str(path), "name": name,
        "known_layouts": [layout.to_dict() for layout in known_layouts],
        "kind": kind, "sheet": sheet, "today": today.isoformat(),
    }  # fmt: skip
    return understanding_from_wire(_run(task, limits=limits, seconds=limits.inspect_seconds))


def stage_file(
    path: Path,
    *,
    name: str,
    layout: Layout,
    out_dir: Path,
    today: date,
    currency: str,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
    limits: Limits = LIMITS,
) -> Staged:
    """Stage the file into parquet files under `out_dir`; UserError if it cannot be, Cancelled if told to stop."""
    out_dir.mkdir(parents=True, exist_ok=True)
    task = {
        "task": "stage", "path": str(path), "name": name, "layout": layout.to_dict(), "out_dir": str(out_dir),
        "today": today.isoformat(), "currency": currency,
    }  # fmt: skip
    seconds = limits.stage_seconds + limits.stage_seconds_per_mebibyte * path.stat().st_size / MEBIBYTE
    return staged_from_wire(_run(task, limits=limits, seconds=seconds, progress=progress, cancelled=cancelled))


def _run(
    task: dict[str, Any],
    *,
    limits: Limits,
    seconds: float,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> dict[str, Any]:
    child = subprocess.Popen(
        [sys.executable, "-m", "clientarium.core.intake.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(),
    )
    assert child.stdin and child.stdout and child.stderr
    try:
        child.stdin.write(json.dumps({**task, "limits": plain(asdict(limits))}).encode())
        child.stdin.close()
        deadline = time.monotonic() + seconds
        for message in _messages(child, deadline=deadline, cancelled=cancelled):
            if "result" in message:
                result: dict[str, Any] = message["result"]
                return result
            if "user_error" in message:
                raise user_error_from_wire(message["user_error"])
            if "out_of_memory" in message:
                raise _exhausts_memory()
            if progress is not None:
                progress(message["progress"])
        raise _death(child)
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
        child.stderr.close()


def _messages(
    child: "subprocess.Popen[bytes]", *, deadline: float, cancelled: Callable[[], bool] | None
) -> Iterator[dict[str, Any]]:
    """Give the child's answers as they come; UserError past the deadline, Cancelled when told to stop."""
    assert child.stdout
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        waiting = b""
        while True:
            if cancelled is not None and cancelled():
                raise Cancelled(N_("The reading of the file was stopped."))
            if time.monotonic() > deadline:
                raise UserError(
                    N_("Reading the file took too long and was stopped."), cure=N_("Split the export by periods.")
                )
            if not selector.select(_POLL_SECONDS):
                continue
            chunk = os.read(child.stdout.fileno(), 65536)
            if not chunk:
                return
            *lines, waiting = (waiting + chunk).split(b"\n")
            yield from map(json.loads, lines)


def _death(child: "subprocess.Popen[bytes]") -> Exception:
    """A child that died without an answer: by a signal it is the file's fault, by an exception it is our bug."""
    assert child.stderr
    trace = child.stderr.read().decode(errors="replace")[-_STDERR_BYTES:]
    code = child.wait()
    if code < 0 or "memory allocation" in trace or "MemoryError" in trace or "std::bad_alloc" in trace:
        return _exhausts_memory()
    if "PanicException" in trace:
        return UserError(
            N_("The workbook cannot be read: it is damaged."), cure=N_("Open it in Excel and save it again.")
        )
    return RuntimeError(f"the reading child failed:\n{trace}")


def _exhausts_memory() -> UserError:
    return UserError(
        N_("Reading the file would exhaust memory; it was refused."),
        cure=N_("Save the table as CSV, or split the export by periods."),
    )


def _environment() -> dict[str, str]:
    """The child gets what Python needs to start, and none of our secrets; one malloc arena keeps its addresses few."""
    kept = {
        name: value
        for name, value in os.environ.items()  # set: the child gets these and nothing secret
        if name in ("PATH", "PYTHONPATH", "VIRTUAL_ENV", "LANG", "TMPDIR")
    }
    return {
        **kept,
        "PYTHONIOENCODING": "utf-8",
        "MALLOC_ARENA_MAX": "2",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "OMP_NUM_THREADS": "2",
        "OPENBLAS_NUM_THREADS": "1",
    }
