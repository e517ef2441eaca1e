"""Reading clients: who sees whom, what is published, conditions, pages, search."""

from .fields import custom_field_names, custom_fields
from .publication import current_publication, published_columns, state_as_of, state_model
from .visibility import clients_visible_to, states_visible_to

__all__ = [
    "clients_visible_to",
    "current_publication",
    "custom_field_names",
    "custom_fields",
    "published_columns",
    "state_as_of",
    "state_model",
    "states_visible_to",
]
