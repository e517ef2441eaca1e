"""Reading waves: the list a seller chooses from, what his choice means, what came of it."""

from .counter import Counter, counter_of, counters_of, plan_month
from .marks import kept_by, marks_of, waves_visible_to
from .result import SellerDeals, deal_month, deals_of, kept_in_force, without_deal

__all__ = [
    "Counter",
    "SellerDeals",
    "counter_of",
    "counters_of",
    "deal_month",
    "deals_of",
    "kept_by",
    "kept_in_force",
    "marks_of",
    "plan_month",
    "waves_visible_to",
    "without_deal",
]
