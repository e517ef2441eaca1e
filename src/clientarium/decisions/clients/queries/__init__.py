"""Reading clients: who sees whom, what is published, conditions, pages, totals, search."""

from .conditions import compile_condition
from .fields import custom_field_names, custom_fields
from .names import email_key, phone_key, search_name_of
from .paging import LARGEST_PAGE, PAGE_SIZE, Page, Sort, page_states, read_sort
from .publication import current_publication, published_columns, state_as_of, state_model
from .searching import search
from .segments import find_segment, segment_condition, segments_visible_to, states_in_segment
from .sums import Totals, totals
from .tables import clients_table
from .visibility import clients_visible_to, states_visible_to
from .vocabulary import vocabulary_for

__all__ = [
    "LARGEST_PAGE",
    "PAGE_SIZE",
    "Page",
    "Sort",
    "Totals",
    "clients_table",
    "clients_visible_to",
    "compile_condition",
    "current_publication",
    "custom_field_names",
    "custom_fields",
    "email_key",
    "find_segment",
    "page_states",
    "phone_key",
    "published_columns",
    "read_sort",
    "search",
    "search_name_of",
    "segment_condition",
    "segments_visible_to",
    "state_as_of",
    "state_model",
    "states_in_segment",
    "states_visible_to",
    "totals",
    "vocabulary_for",
]
