"""Win-back: the week given out, forms filled in, cases closed, the firm's reasons."""

from .cases import Answers, close_case, fill_case, is_filled, reopen_case, take_client
from .handing import hand_back, hand_cases
from .reading import follow_purchases, read_lost
from .reasons import remove_reason, save_reason
from .weeks import give_weeks, week_of

__all__ = [
    "Answers",
    "close_case",
    "fill_case",
    "follow_purchases",
    "give_weeks",
    "hand_back",
    "hand_cases",
    "is_filled",
    "read_lost",
    "remove_reason",
    "reopen_case",
    "save_reason",
    "take_client",
    "week_of",
]
