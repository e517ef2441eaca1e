"""Clients to sellers under head-counts, exactly: the transportation problem by successive shortest paths.

1. Maximise sum v[c, s(c)] - sum_s f_s(load of s), f_s convex: nothing up to the equal part, a step per client above it,
   never above the room. The pool is one more seller with room for all and value 0. Values are whole numbers, so
   every sum is exact in doubles and the optimum is one in the strict sense.
2. Prices p_s >= 0 are the dual: each client stands where v[c, s] - p_s is greatest. Any prices give such a standing and
   with it loads that are too high or too low; the prices of a sample of the clients leave little wrong.
3. What is too high is shipped to where it is too low along shortest paths of the *condensed* graph, whose nodes are the
   sellers and the ground T ("an empty place"), so a step costs sellers^2, not clients x sellers:
       s -> t: min over clients c at s of (v[c, s] - v[c, t]) - p_s + p_t
       s -> T: what one more client costs s, less p_s;   T -> t: p_t less what one client fewer saves t
   Dijkstra's distances then correct the prices (Ahuja, Magnanti and Orlin 1993, section 9.7).
4. When all loads are right the prices prove it: sum_c max_s(v - p) + sum_s max_x(p_s x - f_s(x)) equals the value.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

NOBODY = -1
ASKED_EVERY = 64
"""Steps between two questions whether to stop."""
Matrix = Any
"""numpy arrays; clients x sellers where two-dimensional."""


@dataclass(frozen=True)
class Room:
    """Arrays by seller: `heads` at most; above `share` each client costs `step`."""

    heads: Matrix
    share: Matrix
    step: float

    @classmethod
    def of(cls, heads: Matrix) -> "Room":
        whole = np.asarray(heads, dtype=np.int64)
        return cls(whole, whole, 0.0)

    def cost(self, loads: Matrix) -> float:
        return float(self.step * np.maximum(loads - self.share, 0).sum())


@dataclass(frozen=True)
class Transported:
    """`placed`: seller's place in the row or NOBODY; `bound` is the dual value of `prices`."""

    placed: Matrix
    prices: Matrix
    value: float
    bound: float
    steps: int


def transport(values: Matrix, room: Room, *, cancelled: Callable[[], bool] | None = None) -> Transported:
    """The best placing of clients (rows) with sellers (columns); `values` are whole numbers in doubles."""
    flow = Flow(values, room, near_prices(values, room, cancelled=cancelled))
    steps = 0
    while flow.ship_one():
        steps += 1
        if cancelled is not None and steps % ASKED_EVERY == 1 and cancelled():
            raise InterruptedError
    return flow.answer(steps)


SAMPLED = 4
"""One client in four, solved first with a quarter of the room, tells the prices of all nearly enough: what is left to
ship is then some 5 % of the clients instead of nearly all, where everybody wants the same sellers."""

SHIPPED_AT_ONCE = 0.1
"""Where that much or less stands wrong at prices of zero there is nothing to learn from a sample."""

FEWEST_OF_A_SELLER = 16
"""Under this many clients a seller a quarter of them says nothing about prices."""


def near_prices(values: Matrix, room: Room, *, cancelled: Callable[[], bool] | None = None) -> Matrix:
    """Prices to begin with: zero for a small task, else the exact ones of a sample of it."""
    clients, sellers = values.shape
    nothing = np.zeros(sellers)
    if clients < FEWEST_OF_A_SELLER * sellers:
        return nothing
    sought = np.bincount(standing(values, nothing), minlength=sellers + 1)[:sellers]
    if np.maximum(sought - room.heads, 0).sum() <= SHIPPED_AT_ONCE * clients:
        return nothing
    heads = _part_of(room.heads)
    part = Room(heads, np.minimum(_part_of(room.share), heads), room.step)
    return transport(np.ascontiguousarray(values[::SAMPLED]), part, cancelled=cancelled).prices


def _part_of(counts: Matrix) -> Matrix:
    """A quarter of each, rounded so that running sums stay right."""
    return np.diff(np.cumsum(counts) // SAMPLED, prepend=0)


class Flow:
    """Clients standing where the prices send them, and what is still wrong with the loads."""

    def __init__(self, values: Matrix, room: Room, prices: Matrix) -> None:
        self.values, self.room = values, room
        self.clients, self.sellers = values.shape
        self.pool, self.ground = self.sellers, self.sellers + 1
        self.prices = np.append(np.rint(prices), [0.0, 0.0])
        self.heads = np.append(room.heads, self.clients)
        self.share = np.append(room.share, self.clients)
        self.at = standing(values, self.prices[: self.sellers])
        self.loads = np.bincount(self.at, minlength=self.sellers + 1)
        self.members = self._members()
        self.leave = np.full((self.sellers + 1, self.sellers + 1), np.inf)
        for seller in range(self.sellers + 1):
            self._recount(seller, slice(None))

    def ship_one(self) -> bool:
        """Bring one client too many (or one empty place) to where it lacks; False when nothing is wrong."""
        wrong = self._wrong()
        if not (wrong > 0).any():
            return False
        path = self._shortest(wrong)
        for here, there in pairwise(path):
            if self.ground not in (here, there):
                self._move(here, there)
        return True

    def answer(self, steps: int) -> Transported:
        placed = np.where(self.at == self.pool, NOBODY, self.at)
        served = np.flatnonzero(placed >= 0)
        value = float(self.values[served, placed[served]].sum()) - self.room.cost(self.loads[: self.sellers])
        # Below zero is only the price of a seller with nobody; zero keeps everybody away as well, and bounds.
        prices = np.maximum(self.prices[: self.sellers], 0)
        return Transported(placed, prices, value, dual_value(self.values, self.room, prices), steps)

    def _members(self) -> list[list[int]]:
        order = np.argsort(self.at, kind="stable")
        cuts = np.cumsum(self.loads)[:-1]
        return [part.tolist() for part in np.split(order, cuts)]

    def _wrong(self) -> Matrix:
        """Clients too many at each node (negative: too few), the ground the balance of all."""
        step = self.room.step
        low = np.where(self.prices[:-1] > step, self.heads, np.where(self.prices[:-1] > 0, self.share, 0))
        high = np.where(self.prices[:-1] < step, self.share, self.heads)
        high[self.pool] = self.clients
        wrong = self.loads - np.clip(self.loads, low, high)
        return np.append(wrong, -wrong.sum())

    def _shortest(self, wrong: Matrix) -> list[int]:
        """The cheapest path from a node with too much to one with too little; prices follow the distances."""
        count = self.ground + 1
        distance = np.where(wrong > 0, 0.0, np.inf)
        before = np.full(count, NOBODY)
        open_distance = distance.copy()
        while True:
            here = int(open_distance.argmin())
            if wrong[here] < 0:
                break
            reach = distance[here] + self._edges(here)
            open_distance[here] = np.inf
            is_better = reach < distance
            distance[is_better] = reach[is_better]
            open_distance[is_better] = reach[is_better]
            before[is_better] = here
        shift = np.minimum(distance, distance[here])
        self.prices += shift[self.ground] - shift
        path = [here]
        while before[path[-1]] != NOBODY:
            path.append(int(before[path[-1]]))
        return path[::-1]

    def _edges(self, here: int) -> Matrix:
        """Reduced lengths of the edges out of a node; never below zero."""
        if here == self.ground:
            step = self.room.step
            saved = np.where(self.loads > self.share, step, 0.0)
            length = np.where(self.loads > 0, -saved, np.inf)
        else:
            length = self.leave[here]
        ends = np.append(length, self._one_more(here)) + self.prices - self.prices[here]
        return np.maximum(ends, 0.0)

    def _one_more(self, here: int) -> float:
        if here == self.ground or self.loads[here] >= self.heads[here]:
            return np.inf if here != self.pool else 0.0
        return self.room.step if self.loads[here] >= self.share[here] else 0.0

    def _move(self, here: int, there: int) -> None:
        members = np.array(self.members[here])
        client = int(members[(self._value(members, here) - self._value(members, there)).argmin()])
        self.members[here].remove(client)
        self.members[there].append(client)
        self.at[client] = there
        self.loads[here] -= 1
        self.loads[there] += 1
        left = self._row(np.array([client]), here)[0]
        self._recount(here, np.flatnonzero(left <= self.leave[here]))
        self.leave[there] = np.minimum(self.leave[there], self._row(np.array([client]), there)[0])

    def _recount(self, seller: int, columns: Any) -> None:
        """The cheapest client to leave `seller` for each of `columns`."""
        members = np.array(self.members[seller], dtype=np.int64)
        if len(members):
            self.leave[seller, columns] = self._row(members, seller)[:, columns].min(axis=0)
        else:
            self.leave[seller, columns] = np.inf

    def _row(self, members: Matrix, seller: int) -> Matrix:
        """Members x (sellers and the pool): what is lost when each goes there."""
        own = self._value(members, seller)
        lost = np.empty((len(members), self.sellers + 1))
        lost[:, : self.sellers] = own[:, None] - self.values[members]
        lost[:, self.pool] = own
        return lost

    def _value(self, members: Matrix, seller: int) -> Matrix:
        return np.zeros(len(members)) if seller == self.pool else self.values[members, seller]


def standing(values: Matrix, prices: Matrix) -> Matrix:
    """Where each client is worth most at these prices; the number of sellers is the pool."""
    at = np.empty(len(values), dtype=np.int64)
    for part in parts(*values.shape):
        worth = values[part] - prices
        best = worth.argmax(axis=1)
        at[part] = np.where(worth[np.arange(len(best)), best] >= 0, best, len(prices))
    return at


def dual_value(values: Matrix, room: Room, prices: Matrix) -> float:
    """What no placing can exceed, whatever the prices: weak duality."""
    rent = np.maximum(prices, 0) * room.share + np.maximum(prices - room.step, 0) * (room.heads - room.share)
    best = sum(np.maximum((values[part] - prices).max(axis=1), 0).sum() for part in parts(*values.shape))
    return float(best + rent.sum())


CELLS_AT_ONCE = 4_000_000
"""32 MB of doubles: a block stays near the cache and memory never doubles."""


def parts(clients: int, sellers: int) -> list[slice]:
    rows = max(CELLS_AT_ONCE // max(sellers, 1), 1)
    return [slice(begin, min(begin + rows, clients)) for begin in range(0, clients, rows)]
