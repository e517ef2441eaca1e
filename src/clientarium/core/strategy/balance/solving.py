"""From clients and sellers to a Balance: locks aside, the right solver, the rules of thumb beside it."""

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from clientarium.core.strategy.balance.assignment import Assigned, assign
from clientarium.core.strategy.balance.balance import Balance
from clientarium.core.strategy.balance.fairness import Fairness, gini, jain
from clientarium.core.strategy.balance.fit import FitRules, worth_of
from clientarium.core.strategy.balance.placing import ToFill, ToPlace
from clientarium.core.strategy.balance.task import Task, task_of
from clientarium.core.strategy.balance.thumb_rules import greedy, round_robin
from clientarium.core.strategy.balance.transport import NOBODY, Matrix, transport
from clientarium.core.strategy.balance.value_matrix import HUNDREDTHS


def solve(
    to_place: Sequence[ToPlace],
    to_fill: Sequence[ToFill],
    *,
    rules: FitRules,
    time_limit: float,
    cancelled: Callable[[], bool],
    progress: Callable[[str, int, int], None],
    pooled: frozenset[int] = frozenset(),
) -> Balance:
    began = time.perf_counter()
    to_place = without_gone(to_place, to_fill)
    sellers = with_locks(to_place, to_fill, rules=rules)
    free = [client for client in to_place if client.locked is None]
    progress("values", 0, 3)
    task = task_of(free, sellers, rules=rules, pooled=pooled)
    progress("solving", 1, 3)
    left = time_limit - (time.perf_counter() - began)
    found, method = best_of(task, time_limit=max(left, 1.0), cancelled=cancelled)
    progress("comparing", 2, 3)
    greedy_placed, robin_placed = greedy(task), round_robin(task)
    if task.objective(found.placed) < task.objective(greedy_placed):
        found = replace(found, placed=greedy_placed)
    locked = locked_value(to_place, to_fill, rules=rules)
    apart = locked - task.fixed / HUNDREDTHS
    placed = named(found.placed, free, sellers) | {c.client_id: c.locked for c in to_place if c.locked is not None}
    terms = {name: amount / HUNDREDTHS for name, amount in task.terms(found.placed).items()}
    terms["value"] += locked
    progress("comparing", 3, 3)
    return Balance(
        placed={client.client_id: placed[client.client_id] for client in to_place},
        objective=round(sum(terms.values()), 2),
        bound=round(found.bound / HUNDREDTHS + apart, 2),
        is_proven=found.is_proven,
        seconds=time.perf_counter() - began,
        method=method,
        seller_prices=by_seller(found.prices / HUNDREDTHS, sellers),
        hour_prices=by_seller(found.hour_prices / HUNDREDTHS, sellers),
        uneven_prices=by_seller(found.uneven_prices, sellers),
        greedy_value=round(task.objective(greedy_placed) / HUNDREDTHS + locked, 2),
        round_robin_value=round(task.objective(robin_placed) / HUNDREDTHS + locked, 2),
        terms=terms,
        fairness_before=fairness({c.client_id: c.present for c in to_place}, to_place, to_fill),
        fairness_after=fairness(placed, to_place, to_fill),
        clients=tuple(to_place),
        sellers=tuple(to_fill),
        rules=rules,
    )


def best_of(task: Task, *, time_limit: float, cancelled: Callable[[], bool]) -> tuple[Assigned, str]:
    if task.is_transport:
        exact = transport(task.values, task.room, cancelled=cancelled)
        nothing = np.zeros(len(exact.prices))
        return Assigned(exact.placed, exact.bound, True, exact.prices, nothing, nothing), "transport"
    return assign(task, time_limit=time_limit, cancelled=cancelled), "assignment"


def without_gone(to_place: Sequence[ToPlace], to_fill: Sequence[ToFill]) -> list[ToPlace]:
    """Whose seller takes no part must leave him anyway: that is no cost of this placing."""
    taking_part = {seller.seller_id for seller in to_fill}
    return [client if client.present in taking_part else _out_of_pool(client) for client in to_place]


def _out_of_pool(client: ToPlace) -> ToPlace:
    return replace(
        client, present=None, past={seller: share for seller, share in client.past.items() if seller != client.present}
    )


def with_locks(to_place: Sequence[ToPlace], to_fill: Sequence[ToFill], *, rules: FitRules) -> list[ToFill]:
    """The sellers with the locked clients already taken from their room."""
    locked: dict[int, list[ToPlace]] = defaultdict(list)
    for client in to_place:
        if client.locked is not None:
            locked[client.locked].append(client)
    return [_holding(seller, locked[seller.seller_id], rules=rules) for seller in to_fill]


def _holding(seller: ToFill, clients: list[ToPlace], *, rules: FitRules) -> ToFill:
    hours = None if seller.hours is None else max(seller.hours - sum(client.hours for client in clients), 0.0)
    worth = sum(max(client.margin, rules.least_worth) for client in clients)
    return replace(
        seller,
        heads=seller.heads - len(clients),
        hours=hours,
        held=seller.held + len(clients),
        held_worth=seller.held_worth + worth,
    )


def locked_value(to_place: Sequence[ToPlace], to_fill: Sequence[ToFill], *, rules: FitRules) -> float:
    seller = {each.seller_id: each for each in to_fill}
    kept = [(client, client.locked) for client in to_place if client.locked is not None]
    return sum(worth_of(client, seller[locked], rules=rules).value for client, locked in kept)


def named(placed: Matrix, clients: Sequence[ToPlace], sellers: Sequence[ToFill]) -> dict[int, int | None]:
    pairs = zip(clients, placed.tolist(), strict=True)
    return {client.client_id: None if at == NOBODY else sellers[at].seller_id for client, at in pairs}


def by_seller(amounts: Matrix, sellers: Sequence[ToFill]) -> dict[int, float]:
    return {seller.seller_id: float(amount) for seller, amount in zip(sellers, amounts, strict=True)}


def fairness(at: Mapping[int, int | None], clients: Sequence[ToPlace], sellers: Sequence[ToFill]) -> Fairness:
    """Per unit of room, so that a half-time seller with half the clients is treated evenly."""
    worth = {seller.seller_id: seller.held_worth for seller in sellers}
    heads = {seller.seller_id: float(seller.held) for seller in sellers}
    hours = {seller.seller_id: 0.0 for seller in sellers}
    for client in clients:
        seller = at[client.client_id]
        if seller in worth:
            worth[seller] += client.margin
            heads[seller] += 1
            hours[seller] += client.hours
    room = {seller.seller_id: max(seller.heads + seller.held, 1) for seller in sellers}
    amounts = [[by[seller] / room[seller] for seller in by] for by in (worth, heads, hours)]
    numbers = [measure(each) for each in amounts for measure in (gini, jain)]
    return Fairness(*numbers)
