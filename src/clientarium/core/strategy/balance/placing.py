"""What is placed and where to: clients without names, sellers with what they can carry."""

from collections.abc import Mapping
from dataclasses import dataclass, field

ANY: frozenset[str] = frozenset()
"""An empty set in a seller's terms: no restriction was said."""


@dataclass(frozen=True)
class ToPlace:
    """A client. `margin` is the money expected of him in 12 months, `hours` the work he needs in a month.

    past: {seller: his share, 0-1, of the client's past}; locked: the seller he must go to; idle: cold with `present`,
    so that taking him away costs no relation, only the hand-over; category: his grade or layer.
    """

    client_id: int
    margin: float
    hours: float = 0.0
    present: int | None = None
    city: str | None = None
    segment: str | None = None
    language: str | None = None
    groups: frozenset[str] = ANY
    category: str | None = None
    past: Mapping[int, float] = field(default_factory=dict)
    locked: int | None = None
    idle: bool = False


@dataclass(frozen=True)
class ToFill:
    """A seller with room for `heads` clients and, where hours are counted, `hours` a month. Empty sets mean any.

    held, held_worth: what he keeps outside this placing; fairness looks at the whole portfolio.
    """

    seller_id: int
    strategy: str = ""
    heads: int = 0
    hours: float | None = None
    cities: frozenset[str] = ANY
    segments: frozenset[str] = ANY
    languages: frozenset[str] = ANY
    groups: frozenset[str] = ANY
    held: int = 0
    held_worth: float = 0.0
