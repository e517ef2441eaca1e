"""Clients and what people know and decided about them."""

from .card import CardChange, Contact, CustomField, Note, Segment
from .client import Client, Holding, SourceKey
from .legal_entity import LegalEntity
from .merge import DuplicatePair, Merge, MergeRule, NotDuplicate
from .state import BareState, StateColumns, StateTable

__all__ = [
    "BareState",
    "CardChange",
    "Client",
    "Contact",
    "CustomField",
    "DuplicatePair",
    "Holding",
    "LegalEntity",
    "Merge",
    "MergeRule",
    "NotDuplicate",
    "Note",
    "Segment",
    "SourceKey",
    "StateColumns",
    "StateTable",
]
