"""What people and pulses do to categories."""

from .confirm import confirm_proposals, dismiss_proposals
from .follow_categories import follow_categories
from .follow_proposals import ProposalChanges, follow_proposals
from .meanwhile import decided_meanwhile, show_decisions, with_decisions
from .override import override_category
from .schemes import (
    NORMS,
    POLICY,
    check_scheme,
    norms_path,
    policy_path,
    restore_version,
    save_norms,
    save_policy,
    save_scheme,
    scheme_path,
    text_hash,
    when_policy_saved,
)
from .undo import undo_decision

__all__ = [
    "NORMS",
    "POLICY",
    "ProposalChanges",
    "check_scheme",
    "confirm_proposals",
    "decided_meanwhile",
    "dismiss_proposals",
    "follow_categories",
    "follow_proposals",
    "norms_path",
    "override_category",
    "policy_path",
    "restore_version",
    "save_norms",
    "save_policy",
    "save_scheme",
    "scheme_path",
    "show_decisions",
    "text_hash",
    "undo_decision",
    "when_policy_saved",
    "with_decisions",
]
