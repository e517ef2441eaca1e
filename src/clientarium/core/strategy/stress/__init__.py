"""What happens if clients vanish: the year by chance, the verdict on the base, who could fill the hole."""

from clientarium.core.strategy.stress.chance import (
    DRAWN_ONE_BY_ONE,
    DRAWS,
    Bin,
    ClientYear,
    ManyYears,
    YearChance,
    life_spread,
    year_chance,
    year_variance,
)
from clientarium.core.strategy.stress.months import MonthAhead, year_ahead
from clientarium.core.strategy.stress.succession import (
    CanGrow,
    GrowthRules,
    RoomSource,
    Succession,
    Successor,
    growth_rules_from,
    succession,
)
from clientarium.core.strategy.stress.verdict import Judged, LotteryRules, LotteryVerdict, judged, lottery_rules_from

__all__ = [
    "DRAWN_ONE_BY_ONE",
    "DRAWS",
    "Bin",
    "CanGrow",
    "ClientYear",
    "GrowthRules",
    "Judged",
    "LotteryRules",
    "LotteryVerdict",
    "ManyYears",
    "MonthAhead",
    "RoomSource",
    "Succession",
    "Successor",
    "YearChance",
    "growth_rules_from",
    "judged",
    "life_spread",
    "lottery_rules_from",
    "succession",
    "year_ahead",
    "year_chance",
    "year_variance",
]
