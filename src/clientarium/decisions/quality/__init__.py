"""The quality of cards: what is wrong, what it puts at stake, mending one by one and many at once.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import BulkAction, MarkKind, QualityVerb
    from .domain import (
        MOST_AT_ONCE,
        BulkOrder,
        BulkPreview,
        change_many,
        check_domains,
        mark_client,
        note_quality,
        preview_bulk,
        refresh_quality,
        undo_bulk,
        unmark_client,
    )
    from .models import BulkChange, BulkRow, ClientMark, MailDomain, QualityPoint
    from .queries import (
        BaseQuality,
        FaultCount,
        SellerQuality,
        assess_clients,
        bulk_changes_visible_to,
        checked_cards,
        marks_of,
        needs_in_force,
        quality_of,
        trend_of,
    )
    from .rules import can_do_at_once, can_mend, can_undo_bulk

__all__ = [
    "MOST_AT_ONCE",
    "BaseQuality",
    "BulkAction",
    "BulkChange",
    "BulkOrder",
    "BulkPreview",
    "BulkRow",
    "ClientMark",
    "FaultCount",
    "MailDomain",
    "MarkKind",
    "QualityPoint",
    "QualityVerb",
    "SellerQuality",
    "assess_clients",
    "bulk_changes_visible_to",
    "can_do_at_once",
    "can_mend",
    "can_undo_bulk",
    "change_many",
    "check_domains",
    "checked_cards",
    "mark_client",
    "marks_of",
    "needs_in_force",
    "note_quality",
    "preview_bulk",
    "quality_of",
    "refresh_quality",
    "trend_of",
    "undo_bulk",
    "unmark_client",
]

PLACES = {
    ".choices": ("BulkAction", "MarkKind", "QualityVerb"),
    ".models": ("BulkChange", "BulkRow", "ClientMark", "MailDomain", "QualityPoint"),
    ".queries": (
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
    ),
    ".rules": ("can_do_at_once", "can_mend", "can_undo_bulk"),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
