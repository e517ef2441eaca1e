"""Reading clients: who sees whom, what is published, conditions, pages, totals, search."""

from .conditions import compile_condition
from .duplicates import answers_seen_by, duplicate_pairs, merge_rule, merges_seen_by, told_apart
from .families import (
    aliases_table,
    contacts_of,
    entities_of,
    holdings_of,
    last_merging,
    members_of,
    merges_of,
    merging_is_newer,
    notes_of,
    root_id,
    roots_of,
)
from .fields import custom_field_names, custom_fields
from .identity_cards import identity_cards
from .names import email_key, phone_key, search_name_of
from .paging import LARGEST_PAGE, PAGE_SIZE, Page, Sort, page_states, read_sort
from .publication import StateStamp, current_publication, published_columns, state_as_of, state_model, state_stamp
from .searching import search
from .segments import find_segment, segment_condition, segments_visible_to, states_in_segment
from .sums import Totals, totals
from .tables import clients_table
from .visibility import cards_held_by, cards_visible_to, clients_visible_to, ids_seen_by, states_visible_to
from .vocabulary import vocabulary_for

__all__ = [
    "LARGEST_PAGE",
    "PAGE_SIZE",
    "Page",
    "Sort",
    "StateStamp",
    "Totals",
    "aliases_table",
    "answers_seen_by",
    "cards_held_by",
    "cards_visible_to",
    "clients_table",
    "clients_visible_to",
    "compile_condition",
    "contacts_of",
    "current_publication",
    "custom_field_names",
    "custom_fields",
    "duplicate_pairs",
    "email_key",
    "entities_of",
    "find_segment",
    "holdings_of",
    "identity_cards",
    "ids_seen_by",
    "last_merging",
    "members_of",
    "merge_rule",
    "merges_of",
    "merges_seen_by",
    "merging_is_newer",
    "notes_of",
    "page_states",
    "phone_key",
    "published_columns",
    "read_sort",
    "root_id",
    "roots_of",
    "search",
    "search_name_of",
    "segment_condition",
    "segments_visible_to",
    "state_as_of",
    "state_model",
    "state_stamp",
    "states_in_segment",
    "states_visible_to",
    "told_apart",
    "totals",
    "vocabulary_for",
]
