"""Every write on clients."""

from .cards import AppliedCards, apply_cards
from .copies import put_into_state
from .edit import create_client, edit_client, mark_bad_review, mark_stopped
from .holdings import holders_from_sales, transfer_client
from .publish import publish_state
from .resolve import resolve_clients
from .undo_cards import UndoneCards, undo_cards

__all__ = [
    "AppliedCards",
    "UndoneCards",
    "apply_cards",
    "create_client",
    "edit_client",
    "holders_from_sales",
    "mark_bad_review",
    "mark_stopped",
    "publish_state",
    "put_into_state",
    "resolve_clients",
    "transfer_client",
    "undo_cards",
]
