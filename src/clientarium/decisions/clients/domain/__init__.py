"""Every write on clients."""

from .cards import AppliedCards, apply_cards
from .contacts import add_contact, edit_contact, remove_contact
from .copies import put_into_state
from .edit import create_client, edit_client, mark_bad_review, mark_stopped
from .export import note_export
from .fields import define_field, edit_custom_field, remove_field, restore_field, slug_of
from .holdings import holders_from_sales, transfer_client
from .new_clients import FirstHolders
from .notes import add_note, edit_note, remove_note
from .publish import publish_state
from .resolve import resolve_clients
from .segments import remove_segment, save_segment
from .undo_cards import UndoneCards, undo_cards

__all__ = [
    "AppliedCards",
    "FirstHolders",
    "UndoneCards",
    "add_contact",
    "add_note",
    "apply_cards",
    "create_client",
    "define_field",
    "edit_client",
    "edit_contact",
    "edit_custom_field",
    "edit_note",
    "holders_from_sales",
    "mark_bad_review",
    "mark_stopped",
    "note_export",
    "publish_state",
    "put_into_state",
    "remove_contact",
    "remove_field",
    "remove_note",
    "remove_segment",
    "resolve_clients",
    "restore_field",
    "save_segment",
    "slug_of",
    "transfer_client",
    "undo_cards",
]
