"""Simulated bases for the tests of counts: a rate for each client, gaps by chance, some leave."""

import numpy as np

from clientarium.core.forecast import Histories

FIRST_DAY = 20_000


def simulated_base(clients: int, *, days: int = 730, seed: int = 5, mean_gap: float = 40.0, leaving: float = 0.08,
                   season=None) -> Histories:  # fmt: skip
    """Clients appear in the first half; `season`: day → share of the orders of that day that are kept."""
    chance = np.random.default_rng(seed)
    rows: list[tuple[int, int]] = []
    for client in range(clients):
        day, gap = float(chance.uniform(0, days / 2)), float(chance.gamma(2.0, mean_gap / 2))
        while day < days:
            if season is None or chance.random() < season(day):
                rows.append((client, int(day)))
            if chance.random() < leaving:
                break
            day += max(float(chance.gamma(2.0, gap / 2)), 1.0)
    return base_of(rows, days=days)


def base_of(rows: list[tuple[int, int]], *, days: int) -> Histories:
    """(client, day of 0..days - 1) pairs."""
    kept = sorted(set(rows))
    clients = np.array([client for client, _ in kept], dtype=np.int64)
    ids, starts = np.unique(clients, return_index=True)
    told = np.array([day for _, day in kept], dtype=np.int32) + FIRST_DAY
    money, unknown = np.full(told.size, 10.0), np.full(told.size, np.nan)
    ends = np.concatenate([starts, [told.size]]).astype(np.int64)
    return Histories(ids, ends, told.astype(np.int32), money, unknown, FIRST_DAY + days - 1)
