"""Good clients on the card of a seller of another region who never served them: what a redistribution has to find.

Only cards know of it: sales and touches stay with those who made them.
"""

from collections.abc import Sequence
from dataclasses import replace

from .clients import DemoClient, hired_on
from .rhythm import purchase_days
from .size import Size
from .words import REGIONS

PAIR_SHARE = 0.0024  # of the list: six pairs of 2 500 whose cards name each other’s seller
PATTERNS = ("anchor", "regular", "growing")


def misplace(clients: Sequence[DemoClient], *, size: Size) -> tuple[DemoClient, ...]:
    """In pairs, so that portfolios keep their size: among the dearest of each seller, but not the very dearest."""
    sellers = [seller for seller in REGIONS if hired_on(seller) <= size.start]
    pairs = max(2, round(PAIR_SHARE * size.clients))
    fitting = {
        seller: _fitting(seller, clients, size=size, count=-(-2 * pairs // len(sellers)) + 1) for seller in sellers
    }
    wrong: dict[str, str] = {}
    for number in range(pairs):
        one, other = sellers[number % len(sellers)], sellers[(number + 1) % len(sellers)]
        if fitting[one] and fitting[other]:
            wrong[fitting[one].pop()], wrong[fitting[other].pop()] = other, one
    return tuple(replace(client, wrong_seller=wrong.get(client.code, "")) for client in clients)


def _fitting(seller: str, clients: Sequence[DemoClient], *, size: Size, count: int) -> list[str]:
    """Codes of his good clients in his region: the dearest `count` after as many that are left in peace."""
    worth = {
        client.code: client.rng(size.seed, "sales").uniform(*client.pattern.order) / gap
        for client in clients
        if client.seller == seller
        and client.pattern.name in PATTERNS
        and client.city in REGIONS[seller]
        and (gap := purchase_days(client, size=size).gap_days)
    }
    dearest = sorted(worth, key=lambda code: -worth[code])
    return (dearest[count : 2 * count] if len(dearest) >= 2 * count else dearest[:count])[::-1]
