"""Why each was taken or refused, in one sentence; for a short list what the contrary would cost, solved anew."""

from collections.abc import Callable, Mapping

import numpy as np

from clientarium.core.ground import N_, Message
from clientarium.core.strategy.capacity.choice import Why
from clientarium.core.strategy.capacity.instance import Instance, Matrix
from clientarium.core.strategy.capacity.solving import CENT, Solved

NAMES_SHOWN = 3

Costs = Callable[[int], Solved | None]
"""The best choice with the contrary done to a contender; None where it is not asked (a long list, no time)."""


def reasons_of(task: Instance, found: Solved, *, contrary: Costs, prices: Callable[[], Matrix]) -> dict[int, Why]:
    """{key of the contender: why}."""
    sentences = Sentences(task, found, contrary, prices)
    return {one.key: sentences.of(place) for place, one in enumerate(task.contenders)}


class Sentences:
    def __init__(self, task: Instance, found: Solved, contrary: Costs, prices: Callable[[], Matrix]) -> None:
        self.task, self.found, self.contrary, self.prices = task, found, contrary, prices
        self.left = task.amounts - task.needs[found.taken].sum(axis=0)
        self.held_back = bool((~found.taken & (task.hand == 0) & (task.values > 0)).any())

    def of(self, place: int) -> Why:
        if self.task.hand[place]:
            return self._by_hand(place)
        return self._taken(place) if self.found.taken[place] else self._refused(place)

    def _by_hand(self, place: int) -> Why:
        is_taken = bool(self.found.taken[place])
        other = self.contrary(place)
        cost = None if other is None else round(other.value - self.found.value, 2)
        if cost is not None and cost > CENT:
            text = N_("Taken by hand: the best choice would bring %(money_cost)s more.")
            if not is_taken:
                text = N_("Refused by hand: the best choice would bring %(money_cost)s more.")
            return self._why("by_hand", text, cost=cost, money_cost=cost)
        if cost is None:
            return self._why("by_hand", N_("Taken by hand.") if is_taken else N_("Refused by hand."))
        text = N_("Taken by hand; the best choice takes him, too.")
        if not is_taken:
            text = N_("Refused by hand; the best choice refuses him, too.")
        return self._why("by_hand", text, cost=0.0)

    def _taken(self, place: int) -> Why:
        value = float(self.task.values[place])
        if not self.held_back:
            return self._why("fits", N_("There is enough for everybody who brings something."), cost=value)
        other = self.contrary(place)
        if other is None:
            rent = self._rent(place)
            text = N_("Brings %(money_value)s; what he takes up would bring %(money_rent)s with others.")
            return self._why("worth", text, is_exact=False, money_value=value, money_rent=rent)
        cost = round(self.found.value - other.value, 2)
        if cost <= CENT:
            text = N_("Brings %(money_value)s; somebody else in his place would bring as much.")
            return self._why("worth", text, cost=0.0, money_value=value)
        names = self._names(other.taken & ~self.found.taken)
        if not names:
            text = N_("Brings %(money_value)s; without him nobody would fill his place.")
            return self._why("worth", text, cost=cost, money_value=value)
        text = N_("Brings %(money_value)s; with %(names)s in his place %(money_cost)s would be lost.")
        return self._why("worth", text, cost=cost, money_value=value, money_cost=cost, names=names)

    def _refused(self, place: int) -> Why:
        task = self.task
        if task.values[place] <= 0:
            return self._worthless(place)
        over = np.flatnonzero(task.needs[place] > task.amounts + task.slack)
        if len(over):
            return self._too_large(place, over[0])
        over = np.flatnonzero(task.needs[place] > task.room + task.slack)
        if len(over):
            resource = task.limits[over[0]].resource.name
            text = N_("Those taken by hand leave %(amount_left)s of “%(resource)s”, and he needs %(amount_need)s.")
            left, need = float(task.room[over[0]]), float(task.needs[place, over[0]])
            return self._why("hand_took", text, resource=resource, amount_left=left, amount_need=need)
        other = self.contrary(place)
        cost = None if other is None else round(max(self.found.value - other.value, 0.0), 2)
        better = self._dominating(place)
        if better is not None:
            return self._dominated(place, better, cost)
        if other is None or cost is None:
            return self._priced(place)
        return self._swapped(place, other, cost)

    def _worthless(self, place: int) -> Why:
        one, other = self.task.contenders[place], self.contrary(place)
        cost = None if other is None else round(self.found.value - other.value, 2)
        if one.margin < 0:
            return self._why(
                "loss", N_("Brings a loss of %(money_loss)s before any penalty."), cost=cost, money_loss=-one.margin
            )
        if one.expected_penalty == 0:
            return self._why("nothing", N_("Brings nothing."), cost=cost)
        text = N_("The penalty to be expected, %(money_penalty)s, eats the margin of %(money_margin)s.")
        return self._why(
            "penalty", text, cost=cost, money_penalty=one.expected_penalty, money_margin=one.margin
        )  # fmt: skip

    def _too_large(self, place: int, row: int) -> Why:
        resource, have = self.task.limits[row].resource.name, float(self.task.amounts[row])
        if have <= 0:
            return self._why("no_capacity", N_("There is none of “%(resource)s” at all."), resource=resource)
        text = N_("Needs %(amount_need)s of “%(resource)s”, and there is only %(amount_left)s in all.")
        need = float(self.task.needs[place, row])
        return self._why("too_large", text, resource=resource, amount_need=need, amount_left=have)

    def _dominating(self, place: int) -> int | None:
        """The least of those taken who bring no less and take up no more: his nearest rival."""
        task = self.task
        rivals = np.flatnonzero(
            self.found.taken
            & (task.hand == 0)
            & (task.values >= task.values[place])
            & (task.needs <= task.needs[place]).all(axis=1)
        )
        return min(map(int, rivals), key=lambda one: (task.values[one], -task.returns[one], -one), default=None)

    def _dominated(self, place: int, better: int, cost: float | None) -> Why:
        task, others = self.task, (self.task.contenders[better].key,)
        name = task.contenders[better].name
        value, other = float(task.values[place]), float(task.values[better])
        resource = self._short(place)
        if value == other:
            text = N_("Brings as much as “%(name)s”, who takes up less.")
            if task.returns[better] > task.returns[place] > -np.inf:
                text = N_(
                    "As much as “%(name)s”, whose return on cost is higher: %(share_other)s against %(share_own)s."
                )
                return self._why(
                    "equal", text, cost=cost, others=others, resource=resource, name=name,
                    share_other=float(task.returns[better]), share_own=float(task.returns[place]),
                )  # fmt: skip
            if (task.needs[place] == task.needs[better]).all():
                text = N_("The same as “%(name)s”, who stands higher in the list.")
            return self._why("equal", text, cost=cost, others=others, resource=resource, name=name)
        text = N_("“%(name)s” brings more (%(money_other)s against %(money_value)s) and takes up no more.")
        return self._why(
            "dominated", text, cost=cost, others=others, resource=resource, name=name,
            money_other=other, money_value=value,
        )  # fmt: skip

    def _swapped(self, place: int, other: Solved, cost: float) -> Why:
        gone = self.found.taken & ~other.taken
        resource, names = self._short(place), self._names(gone)
        others = tuple(one.key for one, is_gone in zip(self.task.contenders, gone, strict=True) if is_gone)
        text = N_("To take him, %(names)s would have to go: %(money_cost)s less; “%(resource)s” is short.")
        if cost <= CENT:
            text = N_("In the place of %(names)s he would bring just as much.")
        return self._why("swap", text, cost=cost, others=others, resource=resource, names=names, money_cost=cost)

    def _priced(self, place: int) -> Why:
        value, rent, resource = float(self.task.values[place]), self._rent(place), self._short(place)
        if rent > value:
            text = N_("Brings %(money_value)s; what he asks of “%(resource)s” brings %(money_rent)s with others.")
            return self._why(
                "priced", text, is_exact=False, resource=resource, money_value=value, money_rent=rent
            )  # fmt: skip
        text = N_("Too little of “%(resource)s” is left for him, and no exchange found brings more.")
        return self._why("no_room", text, is_exact=False, resource=resource)

    def _rent(self, place: int) -> float:
        return round(float(self.task.needs[place] @ self.prices()), 2)

    def _short(self, place: int) -> str:
        """The resource he lacks most of, as a part of what there is."""
        lack = (self.task.needs[place] - self.left) / np.maximum(self.task.amounts, CENT)
        return self.task.limits[int(lack.argmax())].resource.name

    def _names(self, which: Matrix) -> str:
        found = [f"«{self.task.contenders[int(place)].name}»" for place in np.flatnonzero(which)]
        return ", ".join(found[:NAMES_SHOWN]) + (f" +{len(found) - NAMES_SHOWN}" if len(found) > NAMES_SHOWN else "")

    def _why(
        self,
        code: str,
        text: str,
        *,
        cost: float | None = None,
        is_exact: bool = True,
        resource: str = "",
        others: tuple[int, ...] = (),
        **params: str | float,
    ) -> Why:
        told: Mapping[str, object] = params | ({"resource": resource} if resource else {})
        return Why(code, Message(text, told), cost, is_exact, resource, others)
