"""From contenders and resources to a Choice: the best, the reasons, the worth of more, the rules of thumb beside it."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

import numpy as np

from clientarium.core.strategy.capacity.choice import Choice, Use
from clientarium.core.strategy.capacity.contender import Contender, Resource, Weights
from clientarium.core.strategy.capacity.instance import Instance, Matrix, instance_of
from clientarium.core.strategy.capacity.reasons import reasons_of
from clientarium.core.strategy.capacity.solving import Solved, greedy, is_plain, prices_of, solve
from clientarium.core.strategy.capacity.worth import worth_of_one_more

FEW = 40
"""Up to so many contenders the contrary of each decision is solved anew: some forty small programs, about a second."""

FEW_PLAIN = 300
"""Where everybody takes one place it is a sort: so many more."""

MAIN_PART = 0.8
"""Of the time for the choice itself; the rest is for what one more hour would bring."""


def answer(
    contenders: Sequence[Contender],
    resources: Sequence[Resource],
    *,
    fixed: Mapping[int, bool],
    weights: Weights,
    time_limit: float,
    cancelled: Callable[[], bool],
) -> Choice:
    began = time.perf_counter()
    task = instance_of(contenders, resources, weights=weights, fixed=fixed)
    found = solve(task, seconds=time_limit * MAIN_PART)

    def seconds_left() -> float:
        return time_limit - (time.perf_counter() - began)

    def is_short() -> bool:
        """A short list, and time for it: one solve of it took far less than what is left."""
        few = FEW_PLAIN if is_plain(task) else FEW
        return len(contenders) <= few and found.is_proven and seconds_left() > 0 and not cancelled()

    def contrary(place: int) -> Solved | None:
        if not is_short():
            return None
        side = 0 if task.hand[place] else (-1 if found.taken[place] else 1)
        return solve(task.with_hand(place, side), seconds=seconds_left())

    prices = cache(lambda: prices_of(task))
    more = worth_of_one_more(task, found, seconds_left=seconds_left, is_short=is_short, prices=prices)
    reasons = reasons_of(task, found, contrary=contrary, prices=prices)
    by_hand = _without_hands(task, found, seconds=seconds_left())
    everybody = float(np.where(task.hand == 1, task.values, np.maximum(task.values, 0.0))[task.hand >= 0].sum())
    refused = [one for one, taken in zip(contenders, found.taken, strict=True) if not taken]
    kept = [one for one, taken in zip(contenders, found.taken, strict=True) if taken]
    return Choice(
        taken=tuple(one.key for one in kept),
        refused=tuple(one.key for one in refused),
        value=round(found.value, 2),
        margin=round(sum(one.margin for one in kept), 2),
        expected_penalty=round(sum(one.expected_penalty for one in kept), 2),
        bound=round(found.bound, 2),
        is_proven=found.is_proven,
        seconds=time.perf_counter() - began,
        lost=round(everybody - found.value, 2),
        lost_margin=round(sum(one.margin for one in refused), 2),
        reasons=reasons,
        values={one.key: float(value) for one, value in zip(contenders, task.values, strict=True)},
        uses=_uses(task, found.taken),
        over=tuple(use for use in _uses(task, task.hand == 1) if use.left < -1e-6),
        worth_of_one_more=more,
        greedy_value=round(task.value_of(greedy(task)), 2),
        by_margin_value=round(task.value_of(greedy(task, by_margin=True)), 2),
        fixes_cost=by_hand,
    )


def _uses(task: Instance, taken: Matrix) -> tuple[Use, ...]:
    used = task.needs[taken].sum(axis=0)
    return tuple(
        Use(limit.resource.name, limit.month, round(float(have), 4), float(amount))
        for limit, have, amount in zip(task.limits, used, task.amounts, strict=True)
    )


def _without_hands(task: Instance, found: Solved, *, seconds: float) -> float | None:
    """What the choices by hand cost all together; None where there are none."""
    if not task.hand.any():
        return None
    free = solve(replace(task, hand=np.zeros_like(task.hand)), seconds=seconds)
    return round(max(free.value - found.value, 0.0), 2)
