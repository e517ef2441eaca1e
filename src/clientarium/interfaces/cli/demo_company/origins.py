"""Where each client came from, a field of the firm’s own; three origins are zones that the search has to find again.

Only cards know of it: sales and touches are what they would be without it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from .clients import DemoClient
from .size import Size

FIELD_TITLE, FIELD_TITLE_EN, FIELD_SLUG = "Откуда пришёл", "Came from", "source"
ORIGINS = {"Сайт": 34, "Холодный звонок": 28, "Рекомендация": 14, "Выставка": 12, "Тендер": 12}
UNKNOWN_SHARE = 0.05


@dataclass(frozen=True)
class OriginZone:
    """Clients of `patterns` come from `origin` with the chance `draws`; of the others there, `leaves` came elsewhere.

    So the clients of `origin` stand out in `target`.
    """

    target: str
    origin: str
    is_above: bool
    patterns: tuple[str, ...]
    draws: float
    leaves: float


ZONES = (
    OriginZone("margin_per_hour", "Рекомендация", True, ("anchor", "regular", "late_payer", "growing"), 0.5, 0.75),
    OriginZone("growth", "Выставка", True, ("growing",), 0.8, 0.85),
    OriginZone("retention", "Тендер", False, ("lost",), 0.6, 0.5),
)


def with_origins(clients: Sequence[DemoClient], *, size: Size) -> tuple[DemoClient, ...]:
    """The same clients, nearly all with an origin; twins came the same way."""
    found: dict[str, str] = {}
    for client in clients:
        found[client.code] = found[client.twin_of] if client.twin_of else _origin(client, size=size)
    return tuple(replace(client, origin=found[client.code]) for client in clients)


def _origin(client: DemoClient, *, size: Size) -> str:
    rng = client.rng(size.seed, "origin")
    for zone in ZONES:
        if client.pattern.name in zone.patterns and rng.random() < zone.draws:
            return zone.origin
    origin = _any(rng)
    left = {zone.origin: zone.leaves for zone in ZONES if client.pattern.name not in zone.patterns}
    while rng.random() < left.get(origin, 0):
        origin = _any(rng)
    return "" if rng.random() < UNKNOWN_SHARE else origin


def _any(rng: Random) -> str:
    return rng.choices(list(ORIGINS), list(ORIGINS.values()))[0]


def planted_zones() -> list[dict[str, Any]]:
    """What the search has to find: the target, the condition, on which side."""
    return [
        {"target": zone.target, "expression": f"f_{FIELD_SLUG} = '{zone.origin}'", "is_above": zone.is_above}
        for zone in ZONES
    ]
