"""Clients and what people know and decided about them."""

from .card import CardChange, Contact, CustomField, Note, Segment
from .client import Client, Holding, SourceKey
from .state import BareState, StateColumns, StateTable

__all__ = [
    "BareState",
    "CardChange",
    "Client",
    "Contact",
    "CustomField",
    "Holding",
    "Note",
    "Segment",
    "SourceKey",
    "StateColumns",
    "StateTable",
]
