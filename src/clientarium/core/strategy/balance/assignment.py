"""Clients to sellers under hours, or with money to be divided evenly: the generalised assignment problem.

It is NP-hard, and still small in the end: with many clients to a seller the relaxation leaves hardly more clients in
parts than there are sellers' ceilings (Trick 1992). So
1. `relax` gives the bound, the prices and who goes where for nearly all;
2. HiGHS places the rest whole, over the pairs the prices call nearly as good;
3. pairs whose reduced cost is more than what lies between that placing and the bound cannot stand in a better one:
   where few are left, the best of them is the best of all, and proven.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from clientarium.core.strategy.balance.program import MONEY, program_of
from clientarium.core.strategy.balance.quiet import no_solver_output
from clientarium.core.strategy.balance.relaxed import Relaxed, near_pairs, relax
from clientarium.core.strategy.balance.task import Task
from clientarium.core.strategy.balance.thumb_rules import greedy, with_room
from clientarium.core.strategy.balance.transport import NOBODY, Matrix

PROVEN_GAP = 1e-6
"""HiGHS' own tolerances are of that size; what is nearer to the bound is the best."""

ENOUGH_GAP = 5e-4
"""A twentieth of a per cent: expected margins are never known that well, so proving more gets PROVING_SECONDS only."""

PROVING_SECONDS = 6.0
EXACT_PAIRS = 12_000
"""So many pairs HiGHS goes through whole in seconds; more are tried only near the prices."""

MOST_PAIRS = 500_000
"""Beyond this even reading the program takes HiGHS longer than anybody waits."""

NEAR_GAPS = (0.0, 0.02, 0.1)
"""The parts of the distance to the bound within which pairs are tried, one after the other."""

WHOLE = 1e-6


@dataclass(frozen=True)
class Assigned:
    """`placed`: seller's place in the row or NOBODY; prices by seller: of one more client and of one more hour."""

    placed: Matrix
    bound: float
    is_proven: bool
    prices: Matrix
    hour_prices: Matrix
    uneven_prices: Matrix


def assign(task: Task, *, time_limit: float, cancelled: Callable[[], bool]) -> Assigned:
    until = time.monotonic() + time_limit

    def seconds_left() -> float:
        if cancelled():
            raise InterruptedError
        return until - time.monotonic()

    relaxed = relax(task, seconds_left=seconds_left, cancelled=cancelled)
    search = Search(task, relaxed, seconds_left)
    search.round_off()
    for part in NEAR_GAPS:
        if search.gap > ENOUGH_GAP:
            search.look_near(part)
    search.prove()
    duals = relaxed.duals
    is_proven = search.gap <= PROVEN_GAP
    return Assigned(search.placed, search.bound, is_proven, duals.place, duals.hour, duals.uneven)


class Search:
    """The best placing so far, and the bound it is held against."""

    def __init__(self, task: Task, relaxed: Relaxed, seconds_left: Callable[[], float]) -> None:
        self.task, self.relaxed, self.seconds_left = task, relaxed, seconds_left
        self.placed = max(greedy(task), with_room(task, relaxed.by_heads), key=self._value)
        self.value = self._value(self.placed)
        self.bound = relaxed.bound

    @property
    def gap(self) -> float:
        return max(self.bound - self.value, 0.0) / max(abs(self.bound), 1.0)

    def round_off(self) -> None:
        """Whoever the relaxation places whole stays; the others choose among all sellers."""
        if self.relaxed.program is None or self.relaxed.taken is None:
            return
        self._solve(self._kept(), seconds=self.seconds_left() / 4)

    def look_near(self, part: float) -> None:
        """Pairs the prices call nearly as good as the best, and the placing so far."""
        left = self.seconds_left()
        if left > 0:
            within = max(part * (self.bound - self.value), WHOLE)
            near = near_pairs(self.task, self.relaxed.duals, within=within, most=MOST_PAIRS)
            if near is None:
                return
            self._solve(np.union1d(np.union1d(near, self._kept()), self._own()), seconds=left / 2)

    def prove(self) -> None:
        """All pairs that can stand in a better placing, where they are few enough to go through."""
        left = self.seconds_left()
        if left <= 0 or self.gap <= PROVEN_GAP:
            return
        within = self.bound - self.value + 1.0
        pairs = near_pairs(self.task, self.relaxed.duals, within=within, most=EXACT_PAIRS)
        if pairs is None:
            return
        seconds = left if self.gap > ENOUGH_GAP else min(left, PROVING_SECONDS)
        bound = self._solve(np.union1d(pairs, self._own()), seconds=seconds)
        self.bound = min(self.bound, max(bound, self.value))

    def _solve(self, pairs: Matrix, *, seconds: float) -> float:
        """Take the best placing over `pairs` if it is better; returns the bound over them."""
        program = program_of(self.task, *np.divmod(pairs, self.task.values.shape[1]))
        whole = np.concatenate([np.ones(program.pairs), np.zeros(len(program.cost) - program.pairs)])
        with no_solver_output():
            found = milp(
                program.cost,
                integrality=whole,
                bounds=Bounds(0, program.upper),
                constraints=LinearConstraint(program.rows, ub=program.most),
                options={"time_limit": max(seconds, 1.0), "mip_rel_gap": PROVEN_GAP},
            )
        if found.x is not None:
            taken = found.x[: program.pairs] > 0.5
            placed = np.full(len(self.task.values), NOBODY)
            placed[program.clients[taken]] = program.sellers[taken]
            value = self._value(placed)
            if value > self.value:
                self.placed, self.value = placed, value
        return np.inf if found.mip_dual_bound is None else -found.mip_dual_bound * MONEY

    def _value(self, placed: Matrix) -> float:
        return self.task.objective(placed) + self.task.fixed

    def _kept(self) -> Matrix:
        """Whole pairs of the relaxation, and every pair of the clients it divides."""
        program, taken = self.relaxed.program, self.relaxed.taken
        if program is None or taken is None:
            return np.zeros(0, dtype=np.int64)
        many = self.task.values.shape[1]
        divided = np.zeros(len(self.task.values), dtype=bool)
        divided[program.clients[(taken > WHOLE) & (taken < 1 - WHOLE)]] = True
        is_whole = (taken >= 1 - WHOLE) & ~divided[program.clients]
        whole = program.clients[is_whole] * many + program.sellers[is_whole]
        free = np.flatnonzero(divided)[:, None] * many + np.arange(many)
        return np.union1d(whole, free.ravel())

    def _own(self) -> Matrix:
        served = np.flatnonzero(self.placed >= 0)
        return served * self.task.values.shape[1] + self.placed[served]
