"""The published data sets as histories; tests that need them are skipped, loudly, where ../shared is not there."""

from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from clientarium.core.forecast import Histories, Statistics, day_number, histories_of

DATA = Path(__file__).parents[3] / ".." / "shared" / "data"
CDNOW_END, CDNOW_HOLDOUT_END = day_number(date(1997, 9, 30)), day_number(date(1998, 6, 30))
GROCERY_END, GROCERY_HOLDOUT_END = day_number(date(2006, 12, 31)), day_number(date(2007, 12, 31))


@cache
def whole(name: str) -> Histories:
    path = DATA / name
    if not path.exists():
        pytest.skip(f"PUBLISHED NUMBERS NOT CHECKED: {path.resolve()} is not there")
    lines = pd.read_csv(path)
    table = {
        "client_id": pa.array(lines["client_id"].astype("int64")),
        "day": pa.array(pd.to_datetime(lines["date"]).dt.date, pa.date32()),
    }
    if "revenue" in lines:
        table["revenue"] = pa.array(lines["revenue"].astype(float))
    last = int(max(table["day"].cast(pa.int32()).to_numpy()))
    return histories_of(pa.table(table), until=last)


def cdnow() -> Histories:
    """2,357 clients of the sample, 39 weeks."""
    return whole("cdnow_sample.csv").cut(CDNOW_END)


def grocery() -> Histories:
    """1,525 clients, 52 weeks."""
    return whole("grocery_elog.csv").cut(GROCERY_END)


def holdout(name: str, clients: Histories, until: int) -> np.ndarray:
    """Orders of `clients` after their history and up to `until`, int64[n]."""
    found = whole(name)
    is_known = np.isin(found.client_ids, clients.client_ids)
    return found.chosen(is_known).purchases_within(clients.until, until)


def statistics(x, t_x, T) -> Statistics:  # noqa: N803 -- the papers' symbol
    """Clients written out by hand; litt as if the gaps were equal."""
    x, t_x, age = np.broadcast_arrays(*(np.asarray(one, dtype=float) for one in (x, t_x, T)))
    litt = x * np.log(np.maximum(t_x, 1e-9) / np.maximum(x, 1.0))
    return Statistics(x.copy(), t_x.copy(), age.copy(), litt, np.ones(x.size))


def simulated(clients: int, *, r: float, alpha: float, a: float, b: float, k: int, first_flip: int, seed: int = 1):
    """Statistics of simulated clients over 52 weeks or less and their orders in the 52 weeks after, int64[n]."""
    chance = np.random.default_rng(seed)
    rates, leaving = chance.gamma(r, 1 / alpha, clients), chance.beta(a, b, clients)
    age = chance.uniform(20, 52, clients)
    x, t_x, litt, later = (np.zeros(clients) for _ in range(4))
    now = np.zeros(clients)
    here = np.flatnonzero(chance.random(clients) >= leaving * first_flip)
    while here.size:
        gap = chance.gamma(k, 1 / rates[here])
        now[here] += gap
        kept = now[here] <= age[here] + 52
        here, gap = here[kept], gap[kept]
        is_seen = now[here] <= age[here]
        seen = here[is_seen]
        x[seen] += 1
        t_x[seen] = now[seen]
        litt[seen] += np.log(gap[is_seen])
        later[here[~is_seen]] += 1
        here = here[chance.random(here.size) >= leaving[here]]
    return Statistics(x, t_x, age, litt, np.ones(clients)), later
