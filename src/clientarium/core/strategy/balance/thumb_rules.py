"""The rules people use, to compare with: round robin under a cap; the dearest client first to his best free seller."""

import numpy as np

from clientarium.core.strategy.balance.task import Task
from clientarium.core.strategy.balance.transport import NOBODY, Matrix

LEAST_HOURS = 1e-6


def greedy(task: Task) -> Matrix:
    """The dearest client first, each to the seller where he is worth most among those with room."""
    free = _Free(task)
    placed = np.full(len(task.values), NOBODY)
    for client in np.argsort(-task.values.max(axis=1), kind="stable"):
        fits = np.where(free.fits(client), task.values[client], -1.0)
        seller = int(fits.argmax())
        if fits[seller] >= 0:
            placed[client] = free.take(client, seller)
    return placed


def with_room(task: Task, placed: Matrix) -> Matrix:
    """`placed` as far as hours allow, the dearest hour first; whoever finds no room goes where he is worth most."""
    free = _Free(task)
    kept = np.full(len(placed), NOBODY)
    served = np.flatnonzero(placed >= 0)
    worth = task.values[served, placed[served]] / np.maximum(task.loads[served], LEAST_HOURS)
    for client in served[np.argsort(-worth, kind="stable")].tolist():
        if free.fits(client)[placed[client]]:
            kept[client] = free.take(client, placed[client])
    for client in np.flatnonzero(kept == NOBODY).tolist():
        fits = np.where(free.fits(client), task.values[client], -1.0)
        if fits.max(initial=-1.0) >= 0:
            kept[client] = free.take(client, int(fits.argmax()))
    return kept


def round_robin(task: Task) -> Matrix:
    """The dearest client first, sellers in turn, whoever is full is passed over."""
    free = _Free(task)
    clients, sellers = task.values.shape
    placed = np.full(clients, NOBODY)
    turn = 0
    for client in np.argsort(-task.worth, kind="stable"):
        fits = np.flatnonzero(np.roll(free.fits(client), -turn))
        if len(fits):
            seller = int(turn + fits[0]) % sellers
            placed[client] = free.take(client, seller)
            turn = (seller + 1) % sellers
    return placed


class _Free:
    """What room is left."""

    def __init__(self, task: Task) -> None:
        self.task, self.heads, self.hours = task, task.room.heads.copy(), task.hours.copy()

    def fits(self, client: int) -> Matrix:
        return (self.heads > 0) & (self.hours >= self.task.loads[client])

    def take(self, client: int, seller: int) -> int:
        self.heads[seller] -= 1
        self.hours[seller] -= self.task.loads[client]
        return seller
