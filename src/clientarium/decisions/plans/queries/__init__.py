"""Reading plans: what is expected, what has come, where the month ends."""

from .bottom_up import BottomUp, basis_of, bottom_up
from .expected import NOTHING, PlanSum, expected_of, plan_of_choice, plans_of_choices
from .lines import LINES_PER_PAGE, ClientLine, SellerLines, line_of, lines_of
from .plan_fact import plan_fact
from .seller_month import Fact, PlanFact

__all__ = [
    "LINES_PER_PAGE",
    "NOTHING",
    "BottomUp",
    "ClientLine",
    "Fact",
    "PlanFact",
    "PlanSum",
    "SellerLines",
    "basis_of",
    "bottom_up",
    "expected_of",
    "line_of",
    "lines_of",
    "plan_fact",
    "plan_of_choice",
    "plans_of_choices",
]
