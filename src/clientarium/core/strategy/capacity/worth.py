"""What one more place or hour would bring: solved anew for a short list, told by prices for a long one."""

from collections.abc import Callable

import numpy as np

from clientarium.core.strategy.capacity.choice import OneMore
from clientarium.core.strategy.capacity.instance import Instance, Matrix
from clientarium.core.strategy.capacity.solving import CENT, Solved, least_addition, solve

PLACES_TRIED = 4
"""One more, two, three, four: beyond that a scenario of its own is clearer."""


def worth_of_one_more(
    task: Instance,
    found: Solved,
    *,
    seconds_left: Callable[[], float],
    is_short: Callable[[], bool],
    prices: Callable[[], Matrix],
) -> dict[str, OneMore]:
    resources = {limit.resource.name: limit.resource for limit in task.limits}
    worth = {}
    for name, resource in resources.items():
        if not is_short():
            price = float(prices()[task.rows_of(name)].sum())
            worth[name] = OneMore(name, round(price, 2), is_exact=False)
            continue
        count = PLACES_TRIED if resource.is_places else 1
        by_extra = {extra: _gain(task, found, name, extra, seconds=seconds_left()) for extra in range(1, count + 1)}
        first = least_addition(task, name, value=found.value, seconds=seconds_left())
        amount = None if first is None else _rounded_up(first, is_whole=resource.is_places)
        money = _gain(task, found, name, amount, seconds=seconds_left()) if amount else None
        worth[name] = OneMore(name, by_extra[1], True, amount, money, by_extra if resource.is_places else {})
    return worth


def _gain(task: Instance, found: Solved, resource: str, extra: float, *, seconds: float) -> float:
    better = solve(task.with_more(resource, extra), seconds=seconds)
    return round(max(better.value - found.value, 0.0), 2)


def _rounded_up(amount: float, *, is_whole: bool) -> float:
    """To whole places, to hundredths of an hour."""
    parts = 1 if is_whole else 1 / CENT
    return float(np.ceil(round(amount * parts, 4)) / parts)
