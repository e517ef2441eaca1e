"""What a hand edit of a proposal costs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from clientarium.core.strategy.balance.balance import Balance
from clientarium.core.strategy.balance.proposal import check_locks, never, silent

SOLVED_AGAIN_CELLS = 250_000
"""Up to so many clients x sellers the plain transport is solved again for an edit: a tenth of a second."""

SOLVED_AGAIN_EDITS = 20

SOLVED, EXCHANGE = "solved", "exchange"


@dataclass(frozen=True)
class EditCost:
    """`change` of the objective, money a year; below zero it is a loss.

    how: `solved`, the rest placed anew around the edit; `exchange`, by the prices of the places taken and freed: the
    loss is at least this, and more only where the place has to be freed by a chain of moves.
    """

    client_id: int
    seller_id: int | None
    change: float
    how: str


def cost_of(edits: Mapping[int, int | None], balance: Balance) -> dict[int, EditCost]:
    """The cost of each edit by itself: the client fixed with the given seller, None the pool.

    Solved again where the answer was exact, small and of heads only; a gap, however small, would drown one client.
    """
    is_again = is_solved_again(balance) and len(edits) <= SOLVED_AGAIN_EDITS
    return {client: _cost(client, seller, balance, is_again=is_again) for client, seller in edits.items()}


def cost_of_all(edits: Mapping[int, int | None], balance: Balance) -> EditCost:
    """The cost of all edits together; client_id is 0 and seller_id None."""
    if is_solved_again(balance):
        return EditCost(0, None, _difference(edits, balance), SOLVED)
    total = sum(by_prices(client, seller, balance) for client, seller in edits.items())
    return EditCost(0, None, round(total, 2), EXCHANGE)


def is_solved_again(balance: Balance) -> bool:
    cells = len(balance.clients) * len(balance.sellers)
    return balance.method == "transport" and cells <= SOLVED_AGAIN_CELLS


def _cost(client_id: int, seller_id: int | None, balance: Balance, *, is_again: bool) -> EditCost:
    if balance.placed[client_id] == seller_id:
        return EditCost(client_id, seller_id, 0.0, SOLVED)
    if is_again and _has_room(seller_id, balance):
        return EditCost(client_id, seller_id, _difference({client_id: seller_id}, balance), SOLVED)
    return EditCost(client_id, seller_id, round(by_prices(client_id, seller_id, balance), 2), EXCHANGE)


def _difference(edits: Mapping[int, int | None], balance: Balance) -> float:
    return round(with_edits(balance, edits).objective - balance.objective, 2)


def _has_room(seller_id: int | None, balance: Balance) -> bool:
    """Whether locks leave the seller a place at all."""
    if seller_id is None:
        return True
    locked = sum(client.locked == seller_id for client in balance.clients)
    return seller_id in balance.seller and balance.seller[seller_id].heads > locked


def by_prices(client_id: int, seller_id: int | None, balance: Balance) -> float:
    """The client's gain less the prices of the place taken and the place freed."""
    return _net(client_id, seller_id, balance) - _net(client_id, balance.placed[client_id], balance)


def _net(client_id: int, seller_id: int | None, balance: Balance) -> float:
    if seller_id is None:
        return balance.value_of(client_id, None).value
    client = balance.client[client_id]
    worth = max(client.margin, balance.rules.least_worth)
    place = balance.seller_prices.get(seller_id, 0.0) + balance.hour_prices.get(seller_id, 0.0) * client.hours
    return balance.value_of(client_id, seller_id).value - place - balance.uneven_prices.get(seller_id, 0.0) * worth


def with_edits(balance: Balance, edits: Mapping[int, int | None], *, time_limit: float = 60.0) -> Balance:
    """The rest placed anew around the edits. Raises UserError where they pass a ceiling."""
    pooled = frozenset(client for client, seller in edits.items() if seller is None)
    clients = [replace(c, locked=edits[c.client_id]) if c.client_id in edits else c for c in balance.clients]
    check_locks(clients, balance.sellers)
    from clientarium.core.strategy.balance.solving import solve  # noqa: PLC0415 -- slow import: scipy

    return solve(
        clients,
        balance.sellers,
        rules=balance.rules,
        time_limit=time_limit,
        cancelled=never,
        progress=silent,
        pooled=pooled,
    )
