"""Every write on clients."""

from .card_contacts import several
from .cards import AppliedCards, apply_cards
from .contacts import add_contact, edit_contact, remove_contact
from .copies import put_into_state
from .edit import create_client, edit_client, mark_bad_review, mark_stopped
from .export import note_export
from .fields import define_field, edit_custom_field, remove_field, restore_field, slug_of
from .holdings import holders_from_sales, transfer_client
from .many import (
    SET_AT_ONCE,
    CardWrite,
    hand_many,
    put_many_into_state,
    restore_many,
    unhand_many,
    value_for_many,
    write_many,
)
from .merge_preview import MergePreview, figures_of, preview_merge
from .merge_rule import FoundPair, keep_pairs, merge_sure, set_merge_rule, sure_pairs
from .merging import merge_clients, say_not_duplicate, unmerge_clients
from .new_clients import FirstHolders
from .notes import add_note, edit_note, remove_note
from .publish import publish_state
from .resolve import resolve_clients
from .segments import remove_segment, save_segment
from .undo_cards import UndoneCards, undo_cards

__all__ = [
    "SET_AT_ONCE",
    "AppliedCards",
    "CardWrite",
    "FirstHolders",
    "FoundPair",
    "MergePreview",
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
    "figures_of",
    "hand_many",
    "holders_from_sales",
    "keep_pairs",
    "mark_bad_review",
    "mark_stopped",
    "merge_clients",
    "merge_sure",
    "note_export",
    "preview_merge",
    "publish_state",
    "put_into_state",
    "put_many_into_state",
    "remove_contact",
    "remove_field",
    "remove_note",
    "remove_segment",
    "resolve_clients",
    "restore_field",
    "restore_many",
    "save_segment",
    "say_not_duplicate",
    "set_merge_rule",
    "several",
    "slug_of",
    "sure_pairs",
    "transfer_client",
    "undo_cards",
    "unhand_many",
    "unmerge_clients",
    "value_for_many",
    "write_many",
]
