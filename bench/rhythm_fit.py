"""The rhythm models: BG/NBD on CDNOW beside lifetimes and pymc-marketing; fit and score of a million clients.

The peers live in a Python of their own (var/bench/peers), made here when it is not there. All fit the same statistics.
"""

import json
import subprocess
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from bench.report import Figure, measured, publish
from clientarium.core.forecast import Statistics, day_number, histories_of, statistics_of
from clientarium.core.forecast.bg_nbd import BgNbd
from clientarium.core.forecast.cnbd_k import MbgCnbdK
from clientarium.core.forecast.pareto_nbd import ParetoNbd

TITLE = "rhythm fit"
CDNOW = Path(__file__).parents[2] / "shared" / "data" / "cdnow_sample.csv"
CALIBRATION_END = date(1997, 9, 30)
PACKAGES = {"lifetimes": "lifetimes==0.11.3", "pymc-marketing": "pymc-marketing==0.19.2"}
RUNS = {"lifetimes": 10, "pymc-marketing": 3}
OUR_RUNS = 50
CLIENTS = {True: 10_000, False: 1_000_000}
TIMES_FASTER = 10.0
SAME_LIKELIHOOD = 1e-4
SECONDS_FOR_A_MILLION = 60.0
MB_FOR_A_MILLION = 3_000
DAY = 1 / 7


def bench(folder: Path, *, small: bool) -> None:
    figures: list[Figure] = []
    ratios, limits = {}, {}
    if CDNOW.exists():
        figures, ratios = beside_peers(folder)
        limits = {"lifetimes / ours": TIMES_FASTER}
    clients = CLIENTS[small]
    made = folder / f"rhythm_{clients}.npz"
    if not made.exists():
        measured("clients", generate, made, clients)
    cnbd = measured(f"MBG/CNBD-k: fit (k searched), {clients:,} clients", fit, made, "MbgCnbdK")
    whole = measured(f"MBG/CNBD-k: fit and score, {clients:,} clients", fit_and_score, made)
    pareto = measured(f"Pareto/NBD: fit, {clients:,} clients", fit, made, "ParetoNbd")
    publish(
        TITLE + (" small" if small else ""),
        [*figures, cnbd, whole, pareto],
        ratios={**ratios, "seconds, fit and score": whole.seconds, "MB, fit and score": whole.peak_mb},
        limits={**limits, "seconds, fit and score": SECONDS_FOR_A_MILLION, "MB, fit and score": MB_FOR_A_MILLION},
    )


def beside_peers(folder: Path) -> tuple[list[Figure], dict[str, float]]:
    """BG/NBD on the same 2,357 clients; the best run of each: what others do on the machine slows single runs."""
    python = peers_in(folder)
    with tempfile.TemporaryDirectory() as scratch:
        table = Path(scratch) / "cdnow.csv"
        clients = cdnow()
        pd.DataFrame({"x": clients.x, "t_x": clients.t_x, "T": clients.T}).to_csv(table, index=False)
        ours = measured("BG/NBD on CDNOW: ours, with standard errors", by_us)
        peers = {
            name: measured(f"BG/NBD on CDNOW: {name}", by_peer, python, name, table, RUNS[name]) for name in PACKAGES
        }
    top = ours.details["log_likelihood"]
    for name, figure in peers.items():
        less = top - figure.details["log_likelihood"]
        figure.note = f"log-likelihood {less:.4f} below ours"
        # MAP stands where its priors pull it; lifetimes maximises the same thing as we do.
        assert less > -SAME_LIKELIHOOD, f"{name} found a higher top"
        assert name != "lifetimes" or abs(less) < SAME_LIKELIHOOD, f"{name}: {less}"
    ours.note = f"log-likelihood {top:.4f}"
    ratios = {f"{name} / ours": figure.seconds / ours.seconds for name, figure in peers.items()}
    return [ours, *peers.values()], ratios


def peers_in(folder: Path) -> Path:
    home = folder / "peers"
    python = home / "bin" / "python"
    if not python.exists():
        subprocess.run(["uv", "venv", "-q", "--python", "3.11", home], check=True)
        subprocess.run(["uv", "pip", "install", "-q", "--python", python, *PACKAGES.values()], check=True)
    return python


def cdnow() -> Statistics:
    lines = pd.read_csv(CDNOW)
    days = pa.array(pd.to_datetime(lines["date"]).dt.date, pa.date32())
    purchases = pa.table({"client_id": pa.array(lines["client_id"]), "day": days})
    return statistics_of(histories_of(purchases, until=day_number(CALIBRATION_END)))


def by_us() -> dict[str, Any]:
    clients = cdnow()
    BgNbd.fit(clients.rows(slice(0, 200)))  # as for the peers: imports are not the fit
    runs = []
    for _ in range(OUR_RUNS):
        started = time.perf_counter()
        found = BgNbd.fit(clients)
        runs.append(time.perf_counter() - started)
    return {"seconds": min(runs), "median": float(np.median(runs)), "log_likelihood": found.log_likelihood}


def by_peer(python: Path, name: str, table: Path, times: int) -> dict[str, Any]:
    script = Path(__file__).parent / "rhythm_peers.py"
    done = subprocess.run([python, script, name, table, str(times)], check=True, capture_output=True, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    model = BgNbd(**{key: found[key] for key in ("r", "alpha", "a", "b")})
    runs = found["runs"]
    return {
        "seconds": found["seconds"],
        "median": float(np.median(runs)),
        "log_likelihood": model.log_likelihood(cdnow()),
        "parameters": vars(model),
    }


def generate(path: Path, clients: int) -> None:
    """Clients of MBG/CNBD-2 with whole days, known for one day to two years (grocery's parameters)."""
    chance = np.random.default_rng(2026)
    rates, leaving = chance.gamma(1.33, 1 / 2.8, clients), chance.beta(0.42, 0.79, clients)
    age = chance.integers(1, 730, clients) * DAY
    x, t_x, litt = np.zeros(clients), np.zeros(clients), np.zeros(clients)
    here = np.flatnonzero(chance.random(clients) > leaving)
    while here.size:
        gap = np.maximum(np.round(chance.gamma(2.0, 1 / rates[here]) / DAY), 1) * DAY
        kept = t_x[here] + gap <= age[here] + DAY / 2
        here, gap = here[kept], gap[kept]
        t_x[here] += gap
        x[here] += 1
        litt[here] += np.log(gap)
        here = here[chance.random(here.size) > leaving[here]]
    # Sums of sevenths differ in the last digit; days do not.
    np.savez(path, x=x, t_x=np.round(t_x / DAY) / 7, T=np.round(age / DAY) / 7, litt=litt)


def read(path: Path) -> Statistics:
    with np.load(path) as kept:
        return Statistics(kept["x"], kept["t_x"], kept["T"], kept["litt"], np.ones(kept["x"].size))


def fit(path: Path, name: str) -> dict[str, Any]:
    clients = read(path)
    started = time.perf_counter()
    found = {"MbgCnbdK": MbgCnbdK, "ParetoNbd": ParetoNbd}[name].fit(clients)
    seconds = time.perf_counter() - started
    assert found.converged
    return {"seconds": seconds, "note": f"k = {found.k}", "parameters": vars(found.parameters)}


def fit_and_score(path: Path) -> dict[str, Any]:
    """Everything the table `forecast` wants of a model."""
    clients = read(path)
    started = time.perf_counter()
    model = MbgCnbdK.fit(clients).parameters
    columns = [
        model.p_alive(clients),
        model.p_alive(clients, after=7 * DAY),
        *(model.expected_orders(clients, days * DAY) for days in (30, 90, 365)),
        *(model.probability_within(clients, days * DAY) for days in (7, 30)),
        *(model.next_order_quantile(clients, q) for q in (0.1, 0.5, 0.9)),
        *(model.gap_quantile(clients, q) for q in (0.1, 0.9)),
    ]
    seconds = time.perf_counter() - started
    assert all(np.isfinite(column).all() for column in columns)
    return {"seconds": seconds, "note": f"{len(columns)} columns, {clients.compressed().size:,} distinct"}
