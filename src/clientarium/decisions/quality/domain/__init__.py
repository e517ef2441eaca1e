"""Every write on the quality of cards."""

from .at_once import BulkOrder
from .bulk import MOST_AT_ONCE, BulkPreview, change_many, preview_bulk, undo_bulk
from .domains import check_domains
from .marks import mark_client, unmark_client
from .points import note_quality
from .refresh import refresh_quality

__all__ = [
    "MOST_AT_ONCE",
    "BulkOrder",
    "BulkPreview",
    "change_many",
    "check_domains",
    "mark_client",
    "note_quality",
    "preview_bulk",
    "refresh_quality",
    "undo_bulk",
    "unmark_client",
]
