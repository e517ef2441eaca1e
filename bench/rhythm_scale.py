"""Forecasting a large base through the door: seconds and memory, for a million clients; a backtest of a real one.

    python bench/rhythm_scale.py --clients 1000000
    python bench/rhythm_scale.py --backtest ../shared/data/online_retail_ii.parquet

Clients are drawn from the story of MBG/CNBD-2 (SCIENCE.md 1.6) with a fixed seed, three years of days.
"""

import argparse
import resource
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from clientarium.core.forecast import DEFAULT_CHOICE, Choice, Histories, accuracy, date_of, day_number, forecast
from clientarium.core.pipeline import file_histories

SEED = 3
DAYS = 3 * 365
UNTIL = day_number(date(2025, 12, 31))
MOST_ORDERS = 60
KIBIBYTES_IN_GIBIBYTE = 1024 * 1024


def drawn(clients: int) -> Histories:
    """Gaps Erlang-2, rates Gamma(1.3, 2.8 weeks), leaving after an order with Beta(0.4, 2)."""
    random = np.random.default_rng(SEED)
    first = UNTIL - random.integers(0, DAYS, clients)
    rate = random.gamma(1.3, 1 / 2.8, clients) / 7
    leaves = random.beta(0.4, 2.0, clients)
    lives = np.minimum(random.geometric(np.clip(leaves, 1e-6, 1.0)), MOST_ORDERS)
    owners = np.repeat(np.arange(clients), lives)
    starts = np.concatenate([[0], np.cumsum(lives)])
    gaps = np.maximum(np.round(random.gamma(2.0, 1.0, owners.size) / np.repeat(rate, lives)), 1)
    gaps[starts[:-1]] = 0
    since = np.cumsum(gaps)
    days = first[owners] + since - np.repeat(since[starts[:-1]], lives)
    is_seen = days <= UNTIL
    counts = np.bincount(owners[is_seen], minlength=clients)
    level = random.lognormal(8, 1, clients)[owners[is_seen]]
    revenue = level * random.lognormal(0, 0.4, level.size)
    return Histories(
        client_ids=np.arange(clients, dtype=np.int64),
        starts=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        days=days[is_seen].astype(np.int32),
        revenue=revenue,
        margin=revenue * 0.3,
        until=UNTIL,
    )


def timed(name: str, work: Callable[[], Any]) -> Any:
    began, processor = time.perf_counter(), time.process_time()
    result = work()
    seconds, spent = time.perf_counter() - began, time.process_time() - processor
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_IN_GIBIBYTE
    print(f"{name}: {seconds:.1f} s by the clock, {spent:.1f} s of processor, peak {memory:.2f} GiB", flush=True)
    return result


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--clients", type=int, default=0)
    arguments.add_argument("--counts", default=DEFAULT_CHOICE.counts)
    arguments.add_argument("--backtest", type=Path)
    asked = arguments.parse_args()
    if asked.clients:
        histories = timed(f"draw {asked.clients} clients", lambda: drawn(asked.clients))
        print(f"{histories.days.size} purchase days")
        choice = Choice(counts=asked.counts, dates=DEFAULT_CHOICE.dates, status=DEFAULT_CHOICE.status)
        timed(
            f"fit and score ({choice.counts})",
            lambda: forecast(histories, as_of=date_of(histories.until), choice=choice),
        )
    if asked.backtest:
        found = timed("read the file", lambda: file_histories(asked.backtest, today=date.today()))
        result = timed("backtest and choice", lambda: accuracy(found.histories))
        print(result.choice.as_dict())


if __name__ == "__main__":
    main()
