"""Reading win-back."""

from .cases import (
    Board,
    CaseLine,
    board_of,
    case_lines,
    cases_visible_to,
    latest_case_of,
    of_seller,
    open_case_of,
    open_cases_of,
    past_cases_of,
)
from .expected import ExpectedReturn, expected_of_sellers
from .lost import chances_of, is_dead, latest_reading, lost_visible_to, to_offer
from .next_steps import next_steps_of
from .prefill import Known, known_of
from .report import Breakdown, Cause, LossReport, loss_report
from .results import Apart, MonthResult, SellerResult, apart_of, months_of, results_of, total_of, won_cases

__all__ = [
    "Apart",
    "Board",
    "Breakdown",
    "CaseLine",
    "Cause",
    "ExpectedReturn",
    "Known",
    "LossReport",
    "MonthResult",
    "SellerResult",
    "apart_of",
    "board_of",
    "case_lines",
    "cases_visible_to",
    "chances_of",
    "expected_of_sellers",
    "is_dead",
    "known_of",
    "latest_case_of",
    "latest_reading",
    "loss_report",
    "lost_visible_to",
    "months_of",
    "next_steps_of",
    "of_seller",
    "open_case_of",
    "open_cases_of",
    "past_cases_of",
    "results_of",
    "to_offer",
    "total_of",
    "won_cases",
]
