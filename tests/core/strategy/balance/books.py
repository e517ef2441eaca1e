"""Small random books of clients and sellers, and the slow obvious answer to them."""

from dataclasses import replace
from itertools import product
from random import Random

from clientarium.core.strategy import ToFill, ToPlace, worth_of

CITIES, GROUPS = ("Kazan", "Perm", "Omsk"), ("bolts", "nuts", "wire")


def book(seed, *, clients, sellers, hours=False):
    random = Random(seed)
    to_fill = [
        ToFill(
            seller,
            strategy=random.choice(["hunter", "keeper", "deep", "remote", ""]),
            heads=random.randint(0, 1 + clients // sellers),
            hours=float(random.randint(2, 8)) if hours else None,
            cities=frozenset(random.sample(CITIES, random.randint(0, 2))),
            groups=frozenset(random.sample(GROUPS, random.randint(0, 2))),
            languages=frozenset(random.choice([(), ("ru",), ("en", "ru")])),
            held=random.randint(0, 2),
            held_worth=float(random.randint(0, 50_000)),
        )
        for seller in range(1, sellers + 1)
    ]
    return [client(random, number, sellers) for number in range(101, 101 + clients)], to_fill


def client(random, number, sellers):
    present = random.choice([None, *range(1, sellers + 2)])
    return ToPlace(
        number,
        margin=round(random.lognormvariate(9, 1.5), 2) - 500,
        hours=float(random.randint(0, 3)),
        present=present,
        city=random.choice([None, *CITIES]),
        language=random.choice([None, "ru", "en"]),
        groups=frozenset(random.sample(GROUPS, random.randint(0, 3))),
        category=random.choice(["A", "AA", "B", "C", "D", None]),
        past={random.randint(1, sellers): 0.7, sellers + 1: 0.3} if random.random() < 0.7 else {},
        idle=random.random() < 0.3,
    )


def best_by_trying(to_place, to_fill, *, rules):
    """The greatest objective over every placing there is: the same sums, written the plain way."""
    places = [None, *(seller.seller_id for seller in to_fill)]
    return max(
        total
        for at in product(places, repeat=len(to_place))
        if (total := objective(dict(zip((c.client_id for c in to_place), at, strict=True)), to_place, to_fill, rules))
        is not None
    )


def objective(placed, to_place, to_fill, rules):
    """None where a ceiling is passed or a lock is broken."""
    room = sum(seller.heads + seller.held for seller in to_fill)
    filled = min(len(to_place) + sum(seller.held for seller in to_fill), room)
    worth = {client.client_id: max(client.margin, rules.least_worth) for client in to_place}
    all_worth = sum(worth.values()) + sum(seller.held_worth for seller in to_fill)
    taking_part = {seller.seller_id for seller in to_fill}
    total = 0.0
    for client in to_place:
        if client.locked is not None and placed[client.client_id] != client.locked:
            return None
        left = {seller: share for seller, share in client.past.items() if seller != client.present}
        stays_free = client if client.present in taking_part else replace(client, present=None, past=left)
        seller = next((seller for seller in to_fill if seller.seller_id == placed[client.client_id]), None)
        total += worth_of(stays_free, seller, rules=rules).value
    for seller in to_fill:
        own = [client for client in to_place if placed[client.client_id] == seller.seller_id]
        hours = sum(client.hours for client in own)
        if len(own) > seller.heads or (seller.hours is not None and hours > seller.hours):
            return None
        part = (seller.heads + seller.held) / max(room, 1)
        above_heads = len(own) + seller.held - ceil_of(part * filled)
        above_worth = sum(worth[client.client_id] for client in own) + seller.held_worth - part * all_worth
        total -= rules.over_share_money * max(above_heads, 0) + rules.uneven_worth * max(above_worth, 0)
    return total


def ceil_of(amount):
    return int(amount) if amount == int(amount) else int(amount) + 1
