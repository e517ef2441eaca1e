"""What a search answers, and what it was asked."""

from dataclasses import dataclass, field
from typing import Literal

Method = Literal["shuffle", "holdout"]

ZONE_TOP, ZONE_BOTTOM, ZONE_SCORE, ZONE_MONEY = "zone_top", "zone_bottom", "zone_score", "zone_money"
"""Columns of the rows searched, beside the words: see ZoneTarget."""


@dataclass(frozen=True)
class ZoneRules:
    """What is worth naming. `least_share`: of the clients' money or of what it is spread over.

    `least_difference`: from the rest, relative; `least_points`, `least_price`: the same in parts of one, for growth
    and retention, and for prices. `false_share`: how often one may be found where there is nothing; `shuffles`:
    repetitions of the whole search.
    """

    least_clients: int = 20
    least_share: float = 0.01
    least_difference: float = 0.2
    least_points: float = 0.1
    least_price: float = 0.02
    false_share: float = 0.05
    most: int = 12
    seed: int = 1
    shuffles: int = 199


@dataclass(frozen=True)
class Zone:
    """A segment far from the rest.

    `value` and `rest` are the target's over its clients and over all others; `low`…`high` hold the value with 95 %.
    `worth`: the money a year by which it is above (or below) what the same clients would bring at the rest's value.
    `p_value`: how often chance alone finds anything as far out. `similar`: conditions that choose nearly the same.
    """

    expression: str
    conditions: int
    clients: int
    value: float
    rest: float
    low: float
    high: float
    money: float
    money_share: float | None
    weight_share: float | None
    worth: float
    z: float
    p_value: float
    similar: tuple[str, ...] = ()

    @property
    def is_above(self) -> bool:
        return self.value > self.rest


@dataclass(frozen=True)
class ZoneSearch:
    """The zones of one target, and how they were looked for.

    `words`: how many words were looked at, `tried`: how many conditions; `bar`: the |z| chance passes in one search of
    twenty; `small`: findings that are sure but too small, or rest on one client; `reason`: why nothing was searched.
    """

    zones: tuple[Zone, ...]
    method: Method
    clients: int
    words: int
    tried: int
    value: float | None
    bar: float = 0.0
    small: int = 0
    shuffles: int = 0
    reason: Literal["", "few", "same", "no_words"] = ""
    seconds: float = field(default=0.0, compare=False)
