"""An answer of the solver: who goes to whom, what it is worth, how far from the best it can be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from clientarium.core.strategy.balance.fairness import Fairness
from clientarium.core.strategy.balance.fit import FitRules, Worth, is_move, worth_of
from clientarium.core.strategy.balance.placing import ToFill, ToPlace


@dataclass(frozen=True)
class Balance:
    """Money is a year's, in the money of the base.

    placed: {client: seller, None the pool}; objective: value less what unevenness costs; bound: no placing whatever
    is worth more; gap: (bound - objective) / bound; method: transport (exact) or assignment.
    seller_prices, hour_prices: {seller: what one more place, one more hour a month with him would add};
    uneven_prices: the part of each unit of margin with him that is lost to unevenness.
    greedy_value, round_robin_value: the objective of the rules people use, under the same ceilings.
    terms: {value, over_share, uneven_worth}: the objective's parts.
    """

    placed: Mapping[int, int | None]
    objective: float
    bound: float
    is_proven: bool
    seconds: float
    method: str
    seller_prices: Mapping[int, float]
    hour_prices: Mapping[int, float]
    uneven_prices: Mapping[int, float]
    greedy_value: float
    round_robin_value: float
    terms: Mapping[str, float]
    fairness_before: Fairness
    fairness_after: Fairness
    clients: tuple[ToPlace, ...] = field(repr=False)
    sellers: tuple[ToFill, ...] = field(repr=False)
    rules: FitRules = field(repr=False)

    @property
    def gap(self) -> float:
        return max(self.bound - self.objective, 0.0) / max(abs(self.bound), 1.0)

    @property
    def moves(self) -> dict[int, int | None]:
        """{client: new seller} of those whose seller changes, the pool included."""
        return {each.client_id: self.placed[each.client_id] for each in self.clients if self._changes(each)}

    @cached_property
    def client(self) -> dict[int, ToPlace]:
        return {each.client_id: each for each in self.clients}

    @cached_property
    def seller(self) -> dict[int | None, ToFill]:
        return {each.seller_id: each for each in self.sellers}

    def value_of(self, client_id: int, seller_id: int | None) -> Worth:
        """What the client is worth with the seller, with reasons; unevenness is no matter of one client."""
        return worth_of(self.client[client_id], self.seller.get(seller_id), rules=self.rules)

    def _changes(self, client: ToPlace) -> bool:
        seller = self.placed[client.client_id]
        return is_move(client, seller) or (client.present is None and seller is not None)
