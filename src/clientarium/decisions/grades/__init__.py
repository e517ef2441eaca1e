"""Categories in force, proposals, a person's decisions about them, and the versions of the rules.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import GradeVerb, ProposalState, SchemeVerb
    from .domain import (
        ProposalChanges,
        check_scheme,
        confirm_proposals,
        decided_meanwhile,
        dismiss_proposals,
        follow_categories,
        follow_proposals,
        override_category,
        restore_version,
        save_scheme,
        scheme_path,
        show_decisions,
        text_hash,
        undo_decision,
        with_decisions,
    )
    from .models import CategoryInterval, Proposal, SchemeVersion
    from .queries import category_in_force, history_of, proposals_visible_to, scheme_versions, standing_table

CHOICES = ("GradeVerb", "ProposalState", "SchemeVerb")
MODELS = ("CategoryInterval", "Proposal", "SchemeVersion")
QUERIES = ("category_in_force", "history_of", "proposals_visible_to", "scheme_versions", "standing_table")
DOMAIN = (
    "ProposalChanges",
    "check_scheme",
    "confirm_proposals",
    "decided_meanwhile",
    "dismiss_proposals",
    "follow_categories",
    "follow_proposals",
    "override_category",
    "restore_version",
    "save_scheme",
    "scheme_path",
    "show_decisions",
    "text_hash",
    "undo_decision",
    "with_decisions",
)

__all__ = [*CHOICES, *MODELS, *QUERIES, *DOMAIN]  # noqa: PLE0604 -- names of four rooms, all text

PLACES = {".choices": CHOICES, ".models": MODELS, ".queries": QUERIES, ".domain": DOMAIN}


def __getattr__(name: str) -> Any:
    place = next((place for place, names in PLACES.items() if name in names), None)
    if place is None:
        raise AttributeError(name)
    return getattr(import_module(place, __name__), name)
