"""The numbers of the company's policy the stress test leans on; those of the page may be moved for one look."""

from dataclasses import dataclass

from clientarium.core.strategy import GrowthRules, LotteryRules, growth_rules_from, lottery_rules_from
from clientarium.decisions.contacts import assumed_margin_share, policy_numbers

FEWEST_REGULARS = 30
"""Of fewer regular clients a share of those who left is chance: the policy's stands instead."""


@dataclass(frozen=True)
class FewAssumptions:
    """`leaving_share` stands only where the base has too few regular clients to measure its own."""

    lottery: LotteryRules
    growth: GrowthRules
    assumed_share: float
    leaving_share: float


def rules_in_force() -> FewAssumptions:
    lines = policy_numbers()
    return FewAssumptions(
        lottery_rules_from(lines),
        growth_rules_from(lines),
        assumed_margin_share(),
        float(lines["stress_leaving_share"]),
    )
