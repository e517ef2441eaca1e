"""What people decide about the clock."""

from .exceptions import approve_exception, ask_exception, end_exception, refuse_exception
from .versions import OwnRule, follow_the_file, keep_in_step, note_policy, set_firm_rule, set_seller_rule, withdraw_rule

__all__ = [
    "OwnRule",
    "approve_exception",
    "ask_exception",
    "end_exception",
    "follow_the_file",
    "keep_in_step",
    "note_policy",
    "refuse_exception",
    "set_firm_rule",
    "set_seller_rule",
    "withdraw_rule",
]
