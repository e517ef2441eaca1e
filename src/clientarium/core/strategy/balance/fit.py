"""What a client is worth with a seller: money a year, with its reasons.

1. value = worth x (1 - sum of weight x lack) - cost of the move, in money of the base, rounded to its hundredth.
2. worth is the margin expected in 12 months, at least `least_worth`.
3. A lack is between 0 (the seller fits) and 1 (he does not): region, segment, products, strategy, past, language.
   Where the client or the seller says nothing, nothing lacks: the unknown never moves a client.
4. Taking a client from his present seller costs `move_share` of the worth and `move_money`, wherever he goes; from one
   with whom he has gone cold only `move_money`, at most what he is worth; out of the pool, and away from a seller who
   takes no part, nothing.
5. With nobody the client is worth 0, less that cost: what is not served is not counted on.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from decimal import Decimal

from clientarium.core.ground import N_, UserError
from clientarium.core.strategy.balance.placing import ToFill, ToPlace

STRATEGY_CATEGORIES: Mapping[str, frozenset[str]] = {
    "hunter": frozenset({"C", "growth", "prospect", "new", "returned", "lost"}),
    "keeper": frozenset({"A", "B", "anchor", "active"}),
    "deep": frozenset({"A", "anchor"}),
    "remote": frozenset({"D", "E", "tactical", "noise"}),
}
"""Whom a strategy is meant for (DOMAIN part D, the plays): hunters win, keepers hold, remote ones serve the small."""


@dataclass(frozen=True)
class FitRules:
    """Lines `placing_…` of definitions/policy.yaml: weights are parts of the worth, money is a year's.

    over_share_money: a client above the seller's equal part costs it; uneven_worth: the part of each unit of margin
    above an equal part that counts as lost.
    """

    region_weight: float = 0.1
    segment_weight: float = 0.05
    products_weight: float = 0.1
    strategy_weight: float = 0.1
    past_weight: float = 0.2
    language_weight: float = 0.15
    move_share: float = 0.05
    move_money: float = 1000.0
    least_worth: float = 100.0
    over_share_money: float = 50.0
    uneven_worth: float = 0.05
    strategies: Mapping[str, frozenset[str]] = field(default_factory=lambda: STRATEGY_CATEGORIES)

    def __post_init__(self) -> None:
        numbers = [getattr(self, name) for name in NUMBERS]
        if min(numbers) < 0 or sum(self.weights().values()) > 1 or self.move_share > 1:
            raise ValueError(f"no number below zero, weights together and the cost of a move at most 1: {self}")

    def weights(self) -> dict[str, float]:
        return {lack: getattr(self, f"{lack}_weight") for lack in LACKS}


LACKS = ("region", "segment", "products", "strategy", "past", "language")
NUMBERS = tuple(each.name for each in fields(FitRules) if each.name != "strategies")
POLICY_PREFIX = "placing_"


def fit_rules_from(numbers: Mapping[str, Decimal]) -> FitRules:
    """The rules from the policy's numbers; a line the company's policy lacks keeps its packaged value.

    Raises UserError where the company's own numbers do not fit together.
    """
    known = {name: float(numbers[POLICY_PREFIX + name]) for name in NUMBERS if POLICY_PREFIX + name in numbers}
    try:
        return FitRules(**known)  # type: ignore[arg-type]  # every other field is a number
    except ValueError as fault:
        raise UserError(
            N_("The policy's placing_… lines do not fit together."),
            cure=N_("No number below zero; the six weights together, and placing_move_share, at most 1."),
            place="policy.yaml",
        ) from fault


@dataclass(frozen=True)
class Reason:
    """`code`: worth, move, or what lacks; `lack` 0-1 (1 for worth and move); `money` is its part of the value."""

    code: str
    lack: float
    money: float


@dataclass(frozen=True)
class Worth:
    value: float
    reasons: tuple[Reason, ...] = ()


def worth_of(client: ToPlace, seller: ToFill | None, *, rules: FitRules) -> Worth:
    """What `client` is worth a year with `seller`; None is the pool."""
    reasons = list(_kept(client, seller, rules=rules)) if seller else []
    if is_move(client, seller.seller_id if seller else None):
        reasons.append(Reason("move", 1.0, -move_cost(client, rules=rules)))
    return Worth(round(sum(reason.money for reason in reasons), 2), tuple(reasons))


def _kept(client: ToPlace, seller: ToFill, *, rules: FitRules) -> Iterator[Reason]:
    worth = max(client.margin, rules.least_worth)
    yield Reason("worth", 1.0, worth)
    weights = rules.weights()
    for code, lack in lacks_of(client, seller, rules=rules).items():
        if lack and weights[code]:
            yield Reason(code, lack, -worth * weights[code] * lack)


def move_cost(client: ToPlace, *, rules: FitRules) -> float:
    """Gone cold there is no relation left to lose, only the hand-over itself, never dearer than the client."""
    worth = max(client.margin, rules.least_worth)
    return min(rules.move_money, worth) if client.idle else worth * rules.move_share + rules.move_money


def lacks_of(client: ToPlace, seller: ToFill, *, rules: FitRules) -> dict[str, float]:
    return {
        "region": outside(client.city, seller.cities),
        "segment": outside(client.segment, seller.segments),
        "products": unknown_part(client.groups, seller.groups),
        "strategy": outside(category_of(client), rules.strategies.get(seller.strategy, frozenset())),
        "past": 1.0 - past_of(client).get(seller.seller_id, 0.0) if past_of(client) else 0.0,
        "language": outside(client.language, seller.languages),
    }


def is_move(client: ToPlace, seller_id: int | None) -> bool:
    return client.present is not None and client.present != seller_id


def outside(what: str | None, allowed: frozenset[str]) -> float:
    return 0.0 if what is None or not allowed or what in allowed else 1.0


def unknown_part(groups: frozenset[str], known: frozenset[str]) -> float:
    """The part of what the client buys that the seller does not know."""
    return len(groups - known) / len(groups) if groups and known else 0.0


def category_of(client: ToPlace) -> str | None:
    """AA and AAA are A here: severity within a grade chooses no strategy."""
    category = client.category
    if category and category.isupper() and len(set(category)) == 1:
        return category[0]
    return category or None


def past_of(client: ToPlace) -> Mapping[int, float]:
    """Shares of the past; of a client gone cold the present holder's past is no merit."""
    if not client.idle or client.present not in client.past:
        return client.past
    return {seller: share for seller, share in client.past.items() if seller != client.present}
