"""Is the base a lottery? A public definition: what the words mean, and by which numbers.

lottery  half of the margin rests on `few_holders` clients or fewer, or the worst year of ten lacks
         `lottery_shortfall` of the expected margin or more
shaky    the worst year of ten lacks `shaky_shortfall` or more
steady   otherwise

HHI = Σ s², s a client's share of the margin of 12 months (those who bring a loss left out); 1/HHI is the number of
equal clients that would be as concentrated (Herfindahl; Adelman 1969, "numbers equivalent").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from clientarium.core.strategy.stress.chance import YearChance


class LotteryVerdict(StrEnum):
    STEADY = "steady"
    SHAKY = "shaky"
    LOTTERY = "lottery"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class LotteryRules:
    """The thresholds; each is a line of the policy with its reason."""

    lottery_shortfall: float = 0.3
    shaky_shortfall: float = 0.15
    few_holders: int = 3


@dataclass(frozen=True)
class Judged:
    """`by_holders`, `by_chance`: which half of the definition made it a lottery."""

    verdict: LotteryVerdict
    by_holders: bool = False
    by_chance: bool = False


def judged(chance: YearChance, *, half_holders: int, rules: LotteryRules) -> Judged:
    """UNKNOWN where no margin is expected."""
    shortfall = chance.shortfall
    if shortfall is None:
        return Judged(LotteryVerdict.UNKNOWN)
    by_holders = 0 < half_holders <= rules.few_holders
    by_chance = shortfall >= rules.lottery_shortfall
    if by_holders or by_chance:
        return Judged(LotteryVerdict.LOTTERY, by_holders, by_chance)
    return Judged(LotteryVerdict.SHAKY if shortfall >= rules.shaky_shortfall else LotteryVerdict.STEADY)


def lottery_rules_from(policy: Mapping[str, Decimal]) -> LotteryRules:
    """Lines that the policy lacks keep their packaged values."""
    packaged = LotteryRules()
    return LotteryRules(
        float(policy.get("stress_lottery_shortfall", packaged.lottery_shortfall)),
        float(policy.get("stress_shaky_shortfall", packaged.shaky_shortfall)),
        int(policy.get("stress_few_holders", packaged.few_holders)),
    )
