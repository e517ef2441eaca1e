"""Categories in force, proposals, a person's decisions about them, and the versions of the rules.

The door is lazy: Django imports this package before its models can exist.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .choices import (
        GradeVerb,
        ProposalState,
        SchemeVerb,
    )
    from .domain import (
        NORMS,
        POLICY,
        ProposalChanges,
        check_scheme,
        confirm_proposals,
        decided_meanwhile,
        dismiss_proposals,
        follow_categories,
        follow_proposals,
        norms_path,
        override_category,
        policy_path,
        restore_version,
        save_norms,
        save_policy,
        save_scheme,
        scheme_path,
        show_decisions,
        text_hash,
        undo_decision,
        when_policy_saved,
        with_decisions,
    )
    from .models import (
        CategoryInterval,
        Proposal,
        SchemeVersion,
    )
    from .queries import (
        category_in_force,
        decided_since,
        history_of,
        proposals_visible_to,
        scheme_versions,
        standing_table,
    )

__all__ = [
    "NORMS",
    "POLICY",
    "CategoryInterval",
    "GradeVerb",
    "Proposal",
    "ProposalChanges",
    "ProposalState",
    "SchemeVerb",
    "SchemeVersion",
    "category_in_force",
    "check_scheme",
    "confirm_proposals",
    "decided_meanwhile",
    "decided_since",
    "dismiss_proposals",
    "follow_categories",
    "follow_proposals",
    "history_of",
    "norms_path",
    "override_category",
    "policy_path",
    "proposals_visible_to",
    "restore_version",
    "save_norms",
    "save_policy",
    "save_scheme",
    "scheme_path",
    "scheme_versions",
    "show_decisions",
    "standing_table",
    "text_hash",
    "undo_decision",
    "when_policy_saved",
    "with_decisions",
]

PLACES = {
    ".choices": (
        "GradeVerb",
        "ProposalState",
        "SchemeVerb",
    ),
    ".models": (
        "CategoryInterval",
        "Proposal",
        "SchemeVersion",
    ),
    ".queries": (
        "category_in_force",
        "decided_since",
        "history_of",
        "proposals_visible_to",
        "scheme_versions",
        "standing_table",
    ),
}


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(name)
    place = next((place for place, names in PLACES.items() if name in names), ".domain")
    return getattr(import_module(place, __name__), name)
