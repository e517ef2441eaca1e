"""What a finding is worth in money, and whether it is worth naming."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clientarium.core.strategy.zones.target import ZoneTarget
from clientarium.core.strategy.zones.zone import ZONE_BOTTOM, ZONE_MONEY, ZONE_TOP, ZoneRules

if TYPE_CHECKING:
    import numpy as np

NORMAL_95 = 1.96


@dataclass(frozen=True)
class Weighed:
    """See `Zone`; `is_worth_naming`: far enough, large enough, and not the doing of one client."""

    value: float
    rest: float
    low: float
    high: float
    money: float
    money_share: float | None
    weight_share: float | None
    worth: float
    is_worth_naming: bool


def weigh(mask: "np.ndarray", figures: Mapping[str, "np.ndarray"], *, target: ZoneTarget, rules: ZoneRules) -> Weighed:
    """The target over the clients of `mask` and over the rest, all of them counted."""
    import numpy as np  # noqa: PLC0415 -- slow import

    top, bottom, money = figures[ZONE_TOP], figures[ZONE_BOTTOM], figures[ZONE_MONEY]
    value, rest = _quotient(top[mask], bottom[mask]), _quotient(top[~mask], bottom[~mask])
    if value is None or rest is None:
        return Weighed(0, 0, 0, 0, 0, None, None, 0, is_worth_naming=False)
    mine = float(bottom[mask].sum())
    # The ratio's standard error: what each client adds to top beyond value × bottom, over the whole bottom.
    error = float(np.sqrt(((top[mask] - value * bottom[mask]) ** 2).sum())) / mine
    his_money = float(np.nansum(money[mask]))
    stake = his_money if target.stakes_money else mine
    shares = _share(his_money, float(np.nansum(money))), _share(mine, float(bottom.sum()))
    is_large = max(share or 0.0 for share in shares) >= rules.least_share
    return Weighed(
        value=value - target.minus,
        rest=rest - target.minus,
        low=value - NORMAL_95 * error - target.minus,
        high=value + NORMAL_95 * error - target.minus,
        money=his_money,
        money_share=shares[0],
        weight_share=shares[1],
        worth=(value - rest) * stake,
        is_worth_naming=is_large
        and is_far(value, rest, target=target, rules=rules)
        and _without_the_largest(top[mask], bottom[mask], rest, target=target, rules=rules) * (value - rest) > 0,
    )


def is_far(value: float, rest: float, *, target: ZoneTarget, rules: ZoneRules) -> bool:
    """Whether the difference is worth talking of."""
    difference = abs(value - rest)
    if target.floor == "share":
        return difference >= rules.least_difference * abs(rest)
    return difference >= (rules.least_price if target.floor == "price" else rules.least_points)


def _without_the_largest(
    top: "np.ndarray", bottom: "np.ndarray", rest: float, *, target: ZoneTarget, rules: ZoneRules
) -> float:
    """The difference from the rest once the client who makes most of it is left out; 0 where it is far no more."""
    import numpy as np  # noqa: PLC0415 -- slow import

    added = top - rest * bottom
    largest = int(np.argmax(added if added.sum() > 0 else -added))
    left = np.arange(len(top)) != largest
    value = _quotient(top[left], bottom[left])
    return 0.0 if value is None or not is_far(value, rest, target=target, rules=rules) else value - rest


def _quotient(top: "np.ndarray", bottom: "np.ndarray") -> float | None:
    whole = float(bottom.sum())
    return float(top.sum()) / whole if whole > 0 else None


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole > 0 else None
