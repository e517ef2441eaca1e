"""What a hand edit of a proposal costs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from clientarium.core.strategy.balance.balance import Balance
from clientarium.core.strategy.balance.proposal import propose

SOLVED_AGAIN_CELLS = 250_000
"""Up to this many clients x sellers an edit is priced by solving again: well under a second each."""


@dataclass(frozen=True)
class EditCost:
    """`change` of the objective, money a year, below zero for a loss.

    how: solved (the rest placed anew around the edit) or exchange (by the prices of places: the loss is at least this).
    """

    client_id: int
    seller_id: int | None
    change: float
    how: str


def cost_of(edits: Mapping[int, int | None], balance: Balance) -> dict[int, EditCost]:
    """The cost of each edit by itself: the client fixed with the given seller, None the pool."""
    return {client: _cost(client, seller, balance) for client, seller in edits.items()}


def _cost(client_id: int, seller_id: int | None, balance: Balance) -> EditCost:
    return EditCost(client_id, seller_id, round(by_prices(client_id, seller_id, balance), 2), "exchange")


def by_prices(client_id: int, seller_id: int | None, balance: Balance) -> float:
    """The client's gain less the prices of the place taken and the place freed."""
    client = balance.client[client_id]

    def net(seller: int | None) -> float:
        if seller is None:
            return 0.0
        price = balance.seller_prices.get(seller, 0.0) + balance.hour_prices.get(seller, 0.0) * client.hours
        return balance.value_of(client_id, seller).value - price

    return net(seller_id) - net(balance.placed[client_id])


def with_edits(balance: Balance, edits: Mapping[int, int | None], *, time_limit: float = 60.0) -> Balance:
    """The rest placed anew around the edits: a client sent to the pool is left out, the others are locked."""
    kept = [c if c.client_id not in edits else replace(c, locked=edits[c.client_id]) for c in balance.clients]
    pooled = {client for client, seller in edits.items() if seller is None}
    return propose(
        [client for client in kept if client.client_id not in pooled],
        balance.sellers,
        rules=balance.rules,
        time_limit=time_limit,
    )
