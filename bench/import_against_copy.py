"""A CSV into the ledger, checked row by row and summed, beside DuckDB's bare CSV → Parquet copy of the same file."""

import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from bench.facts import sales_csv
from bench.memory import TreePeak
from bench.report import measured, publish
from clientarium.core.ledger import Ledger
from clientarium.core.pipeline import stage, understand

TITLE = "import against copy"
CLIENTS = {True: 1_000, False: 100_000}
LINES = {True: (10_000, 50_000), False: (1_000_000, 5_000_000)}
MOST_TIMES_SLOWER = 4.0
MOST_MEMORY_GB = 1.0
# Memory "does not grow with the file": a file five times larger may need a quarter more.
MEMORY_GROWTH = 1.25
TODAY = date(2026, 11, 1)


def bench(folder: Path, *, small: bool) -> None:
    figures = []
    for lines in LINES[small]:
        csv = folder / f"sales_{lines}.csv"
        if not csv.exists():
            measured("facts", make_csv, folder, lines, CLIENTS[small])
        note = f"{csv.stat().st_size / 1024**2:.0f} MB"
        for side, work in (("copy", copied), ("import", imported), ("command line", imported_by_command)):
            figures.append(measured(f"{side}, {lines:,} lines", work, csv, note=note))
    copy, ours, command = figures[3:]
    publish(
        TITLE + (" small" if small else ""),
        figures,
        ratios={
            "import / copy": ours.seconds / copy.seconds,
            "command line / copy": command.seconds / copy.seconds,
            "processor time, import / copy": ours.details["cpu_seconds"] / copy.details["cpu_seconds"],
            "processor time, command line / copy": command.details["cpu_seconds"] / copy.details["cpu_seconds"],
            "memory, large / small file": ours.peak_mb / figures[1].peak_mb,
            "peak memory of the import, GB": ours.peak_mb / 1024,
            "peak memory of the command, GB": command.peak_mb / 1024,
        },
        limits={
            "import / copy": MOST_TIMES_SLOWER,
            "memory, large / small file": MEMORY_GROWTH,
            "peak memory of the import, GB": MOST_MEMORY_GB,
            "peak memory of the command, GB": MOST_MEMORY_GB,
        },
    )


def cpu_seconds() -> float:
    """Of this process and its children that ended: steadier than a clock where others use the machine."""
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def make_csv(folder: Path, lines: int, clients: int) -> None:
    sales_csv(folder, lines=lines, clients=clients)
    (folder / "sales.parquet").unlink()


def copied(csv: Path) -> dict[str, Any]:
    """The peer, told how dates and decimals are written so that it makes the same types."""
    target = csv.with_suffix(".copy.parquet")
    with duckdb.connect() as connection:
        connection.execute("set threads = 2; set enable_progress_bar = false")
        started, busy = time.perf_counter(), cpu_seconds()
        connection.execute(
            f"copy (from read_csv('{csv}', delim = ';', decimal_separator = ',', dateformat = '%d.%m.%Y',"
            " types = {'Дата': 'DATE', 'Количество': 'DECIMAL(18,4)', 'Сумма': 'DECIMAL(18,4)',"
            f" 'Себестоимость': 'DECIMAL(18,4)'}})) to '{target}' (format parquet, compression zstd)"
        )
        seconds, busy = time.perf_counter() - started, cpu_seconds() - busy
    target.unlink()
    return {"seconds": seconds, "cpu_seconds": round(busy, 2)}


def imported(csv: Path) -> dict[str, Any]:
    """The same steps as decisions.runs takes, with the clients simply numbered."""
    home = emptied(csv.parent / "import_home")
    started, busy = time.perf_counter(), cpu_seconds()
    known = understand(csv, name=csv.name, today=TODAY)
    understood = time.perf_counter()
    staged = stage(csv, name=csv.name, layout=known.proposal, out_dir=home / "staging", today=TODAY, currency="RUB")
    assert staged.agree and staged.refused == 0, staged
    is_staged = time.perf_counter()
    receipt = Ledger(home / "ledger").load(
        staged.tables, import_id="bench", source="bench", mode="append", keys=numbered(staged.clients)
    )
    ended, busy = time.perf_counter(), cpu_seconds() - busy
    assert receipt.rows["sales"] == staged.accepted
    shutil.rmtree(home)
    steps = {"understand": understood - started, "stage": is_staged - understood, "load": ended - is_staged}
    note = ", ".join(f"{step} {seconds:.1f}" for step, seconds in steps.items())
    return {"seconds": ended - started, "cpu_seconds": round(busy, 2), "note": note, "steps": steps}


def numbered(clients: Path | None) -> pa.Table:
    assert clients
    keys = pq.read_table(clients, columns=["client_key"])["client_key"]
    return pa.table({"client_key": keys, "client_id": pa.array(range(1, len(keys) + 1), pa.int64())})


def imported_by_command(csv: Path) -> dict[str, Any]:
    """`clientarium import` into an empty home: the file kept, clients and their holders made, everything noted."""
    home = emptied(csv.parent / "command_home")
    environment = {**os.environ, "CLIENTARIUM_HOME": str(home), "CLIENTARIUM_DATABASE_URL": ""}
    # The first command in a new home makes its database, which is no part of an import.
    opening = "from clientarium.config.start import open_home; open_home()"
    subprocess.run([sys.executable, "-c", opening], env=environment, check=True)
    command = [sys.executable, "-m", "clientarium.interfaces.cli", "import", str(csv), "--as", "sales", "--json"]
    started, busy = time.perf_counter(), cpu_seconds()
    # Its memory is measured here, so that the bench's own process is not counted with it.
    with (
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        ) as child,
        TreePeak(child.pid) as peak,
    ):
        said, _nothing = child.communicate()
    seconds, busy = time.perf_counter() - started, cpu_seconds() - busy
    assert child.returncode == 0, said[-2000:]
    steps = phases(home)
    shutil.rmtree(home)
    note = ", ".join(f"{step} {took:.1f}" for step, took in steps.items())
    return {
        "seconds": seconds,
        "cpu_seconds": round(busy, 2),
        "peak_mb": round(peak.together_mb),
        "largest_process_mb": round(peak.largest_mb),
        "steps": steps,
        "note": note,
    }


def phases(home: Path) -> dict[str, float]:
    """The phases the run itself noted."""
    with sqlite3.connect(home / "db.sqlite3") as database:
        (text,) = database.execute("select steps from runs_run where kind = 'import'").fetchone()
    return {step["name"]: step["seconds"] for step in json.loads(text)}


def emptied(home: Path) -> Path:
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    return home
