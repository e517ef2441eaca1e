"""The composed catalogue against SQL written by hand for the same columns: time, memory and equal answers.

    python -m bench metrics_against_sql
    python bench/metrics_against_sql.py --lines 2000000 --clients 100000 --threads 2

Facts are generated into parquet files sorted by client, as the ledger keeps them. Called as a file it takes any size,
and prints a table and one line of JSON.
"""

# ruff: noqa: E501 -- SQL reads better unbroken

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from clientarium.core.metrics import Catalogue, compute, load_catalogue, load_norms

HERE = Path(__file__).parent
NORMS = HERE.parent / "definitions" / "norms.yaml"
AS_OF = date(2026, 3, 31)
CLOSE = 1e-9

TITLE = "metrics against sql"
SIZES = {True: (200_000, 10_000), False: (20_000_000, 1_000_000)}
REPEATS = {True: 3, False: 2}
THREADS, MEMORY = 2, "4GB"
MOST_TIMES_SLOWER = 1.5

GENERATED = {
    "sales": """
        SELECT 'i' AS import_id, '1c' AS source, 'D' || (i // 4) AS doc_id, i AS line_no,
          DATE '2023-01-01' + (hash(i // 4) % 1190)::INT AS sold_on,
          (pow((hash((i // 4) + 7) % 1000003) / 1000003.0, 2) * {clients})::BIGINT + 1 AS client_id,
          'P' || (hash(i + 11) % 3000) AS product, (hash(i + 3) % 9 + 1)::DECIMAL(18, 4) AS quantity,
          ((hash(i) % 100000) / 100 - if(hash(i + 5) % 33 = 0, 1200, 0))::DECIMAL(18, 4) AS revenue,
          if(hash(i + 2) % 20 = 0, NULL, (hash(i) % 100000) / 140)::DECIMAL(18, 4) AS cost,
          if(hash(i + 4) % 3 = 0, 10, NULL)::DECIMAL(18, 4) AS discount,
          'RUB' AS currency, 'S' || (hash(i // 4) % 40) AS seller, NULL::VARCHAR AS channel, false AS is_return
        FROM range({lines}) AS t(i) ORDER BY client_id""",
    "touches": """
        SELECT 'i' AS import_id, 'crm' AS source, i::VARCHAR AS touch_id, DATE '2024-01-01' + (hash(i) % 820)::INT AS touched_on,
          (hash(i + 1) % {clients})::BIGINT + 1 AS client_id,
          ['call', 'letter', 'meeting', 'message', 'visit', 'ticket', 'document'][(hash(i + 2) % 7)::INT + 1] AS kind,
          [NULL, 'sales', 'support', 'accounting'][(hash(i + 3) % 4)::INT + 1] AS department, 'S1' AS seller,
          if(hash(i + 4) % 2 = 0, hash(i + 5) % 60, NULL)::DECIMAL(9, 2) AS minutes, NULL::VARCHAR AS direction, NULL::VARCHAR AS result
        FROM range({lines} // 20) AS t(i) ORDER BY client_id""",
    "payments": """
        SELECT 'i' AS import_id, '1c' AS source, i::VARCHAR AS doc_id, DATE '2024-01-01' + (hash(i) % 820)::INT AS due_on,
          if(hash(i + 6) % 9 = 0, NULL, DATE '2024-01-01' + (hash(i) % 820)::INT + (hash(i + 2) % 40)::INT - 20) AS paid_on,
          (hash(i + 1) % {clients})::BIGINT + 1 AS client_id, (hash(i + 3) % 100000 / 100)::DECIMAL(18, 4) AS amount, 'RUB' AS currency
        FROM range({lines} // 10) AS t(i) ORDER BY client_id""",
    "products": """
        SELECT 'i' AS import_id, '1c' AS source, 'P' || i AS product, 'P' || i AS name, 'G' || (i % 40) AS product_group, 'pc' AS unit
        FROM range(3000) AS t(i)""",
}  # fmt: skip


class ParquetEngine:
    """DuckDB over the generated files, with the settings the ledger's engine has."""

    def __init__(self, folder: Path, *, threads: int, memory: str) -> None:
        self.connection = duckdb.connect()
        self.connection.execute(f"SET threads = {threads}; SET memory_limit = '{memory}'")
        self.connection.execute(f"SET temp_directory = '{folder}/spill'; SET preserve_insertion_order = false")
        for name in GENERATED:
            self.view(name, f"SELECT * FROM read_parquet('{folder}/{name}.parquet')")
        self.steps: list[tuple[str, float]] = []  # processor seconds: others may be using the machine

    def register(self, name: str, table: pa.Table) -> None:
        self.connection.register("arriving", table)
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS FROM arriving")

    def materialize(self, name: str, sql: str) -> None:
        started = time.process_time()
        self.connection.execute(f"CREATE OR REPLACE TABLE {name} AS {sql}")
        self.steps.append((name, time.process_time() - started))

    def view(self, name: str, sql: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE VIEW {name} AS {sql}")


def generate(folder: Path, *, lines: int, clients: int) -> None:
    connection = duckdb.connect()
    connection.execute(f"SET memory_limit = '4GB'; SET temp_directory = '{folder}/spill'")
    for name, sql in GENERATED.items():
        query = sql.format(lines=lines, clients=clients)
        connection.execute(f"COPY ({query}) TO '{folder}/{name}.parquet' (COMPRESSION zstd, ROW_GROUP_SIZE 250000)")


def run(side: str, folder: Path, arguments: argparse.Namespace) -> dict[str, object]:
    """One side in this process: seconds, peak memory, and its rows kept for the comparison."""
    engine = ParquetEngine(folder, threads=arguments.threads, memory=arguments.memory)
    ids = pa.table({"client_id": pa.array(range(1, arguments.clients + 1), pa.int64())})
    engine.register("metric_clients", ids)
    catalogue, norms = load_catalogue(), load_norms(NORMS)
    started, begun = time.perf_counter(), time.process_time()
    if side == "composed":
        relation = compute(engine, catalogue, as_of=AS_OF, norms=norms, clients=ids, only=compared(catalogue))
    else:
        engine.connection.execute((HERE / "metrics_by_hand.sql").read_text())
        relation = "hand_metrics"
    seconds, cpu = time.perf_counter() - started, time.process_time() - begun
    names = ", ".join(["client_id", *compared(catalogue)])
    engine.connection.execute(f"COPY (SELECT {names} FROM {relation}) TO '{folder}/{side}.parquet'")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    return {"side": side, "seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2), "peak_gb": round(peak, 2),
            "steps": [(name, round(took, 2)) for name, took in engine.steps]}  # fmt: skip


def bench(folder: Path, *, small: bool) -> None:
    """Both sides in turn, each run in a process of its own; the better run of each counts."""
    from bench.report import Figure, measured, publish

    lines, clients = SIZES[small]
    facts = folder / f"metrics_{lines}_{clients}"
    facts.mkdir(exist_ok=True)
    if not (facts / "products.parquet").exists():
        generate(facts, lines=lines, clients=clients)
    asked = argparse.Namespace(clients=clients, threads=THREADS, memory=MEMORY)
    best: dict[str, Figure] = {}
    for _ in range(REPEATS[small]):
        for side in ("hand", "composed"):
            figure = measured(f"{side}, {lines:,} lines, {clients:,} clients", run_of, side, facts, asked)
            if side not in best or figure.seconds < best[side].seconds:
                best[side] = figure
    differences = differing(facts)
    assert not differences, f"columns that differ: {differences}"
    best["composed"].note = f"{len(compared(load_catalogue()))} metrics, equal in every column"
    publish(
        TITLE + (" small" if small else ""),
        list(best.values()),
        ratios={
            "composed / hand": best["composed"].seconds / best["hand"].seconds,
            "processor seconds, composed / hand": best["composed"].details["cpu_seconds"]
            / best["hand"].details["cpu_seconds"],
        },
        limits={"composed / hand": MOST_TIMES_SLOWER},
    )


def run_of(side: str, folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    return dict(run(side, folder, asked))


def compared(catalogue: Catalogue) -> list[str]:
    """The metrics SQL alone can make: not those that stand on a forecast or on checked cards, made by rooms above."""
    told = {name for name, metric in catalogue.metrics.items() if metric.over in ("forecast", "cards")}
    return [name for name in catalogue.metrics if not catalogue.with_needs([name]) & told]


def differing(folder: Path) -> dict[str, int]:
    """How many clients each column differs for."""
    catalogue = load_catalogue()
    columns = []
    for name in compared(catalogue):
        metric = catalogue.metrics[name]
        pair = f"c.{name}, h.{name}"
        if metric.sql_type in ("DOUBLE", "DECIMAL(18, 4)"):
            apart = f"abs(c.{name}::DOUBLE - h.{name}::DOUBLE) > {CLOSE} * greatest(1, abs(h.{name}::DOUBLE))"
            known = f"(c.{name} IS NULL) != (h.{name} IS NULL)"
            columns.append(f"count(*) FILTER ({known} OR {apart}) AS {name}")
        else:
            left, right = pair.split(", ")
            columns.append(f"count(*) FILTER ({left} IS DISTINCT FROM {right}) AS {name}")
    query = f"""SELECT {", ".join(columns)} FROM '{folder}/composed.parquet' AS c
        FULL JOIN '{folder}/hand.parquet' AS h ON c.client_id = h.client_id"""
    row = duckdb.sql(query).fetchall()[0]
    return {name: count for name, count in zip(compared(catalogue), row, strict=True) if count}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=200_000)
    parser.add_argument("--clients", type=int, default=10_000)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory", default="4GB")
    parser.add_argument("--repeat", type=int, default=3, help="runs of each side; the best counts")
    parser.add_argument("--folder", type=Path, help="keep the generated facts here and use them again")
    parser.add_argument("--side", choices=("composed", "hand"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.side:
        print(json.dumps(run(arguments.side, arguments.folder, arguments)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        if not (folder / "products.parquet").exists():
            generate(folder, lines=arguments.lines, clients=arguments.clients)
        compare(folder, arguments)


def compare(folder: Path, arguments: argparse.Namespace) -> None:
    best: dict[str, dict[str, object]] = {}
    for _ in range(arguments.repeat):
        for side in ("hand", "composed"):
            # Each run has a process of its own, so that its peak memory is its own.
            size = [
                "--clients",
                str(arguments.clients),
                "--threads",
                str(arguments.threads),
                "--memory",
                arguments.memory,
            ]
            command = [sys.executable, __file__, "--side", side, "--folder", str(folder), *size]
            result = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            if side not in best or result["seconds"] < best[side]["seconds"]:
                best[side] = result
    ratio = round(float(str(best["composed"]["seconds"])) / float(str(best["hand"]["seconds"])), 2)
    print(f"{'':10}{'seconds':>10}{'peak GB':>10}")
    for side, result in best.items():
        print(f"{side:10}{result['seconds']:>10}{result['peak_gb']:>10}")
    differences = differing(folder)
    print(f"composed / hand = {ratio}; columns that differ: {differences or 'none'}")
    report = {"lines": arguments.lines, "clients": arguments.clients, "threads": arguments.threads,
              "ratio": ratio, "differing": differences, **best}  # fmt: skip
    print(json.dumps(report))


if __name__ == "__main__":
    main()
