"""Reading plans: what is expected, what has come, where the month ends."""

from .bottom_up import BottomUp, bottom_up
from .expected import NOTHING, PlanSum, expected_of, plan_of_choice
from .plan_fact import plan_fact
from .seller_month import Fact, PlanFact

__all__ = [
    "NOTHING",
    "BottomUp",
    "Fact",
    "PlanFact",
    "PlanSum",
    "bottom_up",
    "expected_of",
    "plan_fact",
    "plan_of_choice",
]
