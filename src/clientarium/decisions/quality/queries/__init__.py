"""Reading the quality of cards."""

from .cards import assess_clients, checked_cards, marks_of, needs_in_force
from .measure import BaseQuality, FaultCount, SellerQuality, quality_of, trend_of
from .visible import bulk_changes_visible_to

__all__ = [
    "BaseQuality",
    "FaultCount",
    "SellerQuality",
    "assess_clients",
    "bulk_changes_visible_to",
    "checked_cards",
    "marks_of",
    "needs_in_force",
    "quality_of",
    "trend_of",
]
