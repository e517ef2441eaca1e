"""How right a client's card is: what is wrong on it, a score with its parts, and what the rules in force need of it."""

from clientarium.core.quality.assessment import (
    Assessment,
    Part,
    PartKind,
    Reason,
    assess,
    cards_table,
)
from clientarium.core.quality.card import NEVER_VERIFIED, CardSeen, ContactSeen, Needs
from clientarium.core.quality.contacts import contact_is_valid, email_is_valid, phone_is_valid
from clientarium.core.quality.faults import FAULTS, SCORED, Fault, FaultKind
from clientarium.core.quality.needs import ALWAYS_NEEDED, fields_needed

__all__ = [
    "ALWAYS_NEEDED",
    "FAULTS",
    "NEVER_VERIFIED",
    "SCORED",
    "Assessment",
    "CardSeen",
    "ContactSeen",
    "Fault",
    "FaultKind",
    "Needs",
    "Part",
    "PartKind",
    "Reason",
    "assess",
    "cards_table",
    "contact_is_valid",
    "email_is_valid",
    "fields_needed",
    "phone_is_valid",
]
