"""Every write on sellers, their terms and absences."""

from .absences import note_absence, remove_absence
from .dismissal import DismissalPreview, dismiss_seller, free_from, preview_dismissal, take_back_dismissal
from .sellers import add_seller
from .terms import TermsWritten, set_terms, undo_terms

__all__ = [
    "DismissalPreview",
    "TermsWritten",
    "add_seller",
    "dismiss_seller",
    "free_from",
    "note_absence",
    "preview_dismissal",
    "remove_absence",
    "set_terms",
    "take_back_dismissal",
    "undo_terms",
]
