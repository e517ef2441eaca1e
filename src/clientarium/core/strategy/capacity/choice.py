"""The answer: whom to take, whom to refuse and why, what is lost, what one more place or hour would bring."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from clientarium.core.ground import Message


@dataclass(frozen=True)
class Why:
    """One sentence about one contender. Parameters that begin with `money` are money, with `amount` hours or places.

    `cost`: what doing the contrary would take from the value (taking the refused, refusing the taken; of one fixed by
    hand: what the hand costs); None where it was not counted. `is_exact`: solved anew, not told by prices.
    """

    code: str
    message: Message
    cost: float | None = None
    is_exact: bool = True
    resource: str = ""
    others: tuple[int, ...] = ()


@dataclass(frozen=True)
class Use:
    """How much of a resource the taken need, in one month or in the whole period (month None)."""

    resource: str
    month: date | None
    used: float
    amount: float

    @property
    def left(self) -> float:
        return self.amount - self.used


@dataclass(frozen=True)
class OneMore:
    """What one more place, or one more hour (in each month, where counted by months) would add.

    `first_gain`: the smallest addition that changes the choice, and `first_money` what that brings; None where no
    addition of this resource alone brings anything, or where it was not looked for. `by_extra`: {+1: money, +2: …}.
    """

    resource: str
    money: float
    is_exact: bool
    first_gain: float | None = None
    first_money: float | None = None
    by_extra: Mapping[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Choice:
    """Money in the money of the base. `value` is margin less expected penalties, with the weights if there are any.

    bound: no choice whatever is worth more; lost: what the same list would bring with capacity for everybody, less
    `value`; fixes_cost: what the choices by hand take from it; over: where those by hand need more than there is.
    greedy_value: by value per unit of what is short; by_margin_value: the largest margin first.
    """

    taken: tuple[int, ...]
    refused: tuple[int, ...]
    value: float
    margin: float
    expected_penalty: float
    bound: float
    is_proven: bool
    seconds: float
    lost: float
    lost_margin: float
    reasons: Mapping[int, Why]
    values: Mapping[int, float]
    uses: tuple[Use, ...]
    over: tuple[Use, ...]
    worth_of_one_more: Mapping[str, OneMore]
    greedy_value: float
    by_margin_value: float
    fixes_cost: float | None = None

    @property
    def gap(self) -> float:
        return max(self.bound - self.value, 0.0) / max(abs(self.bound), 1.0)
